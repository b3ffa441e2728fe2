"""Cases as lists show what is due on them: with the date and kind that count there."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from amends.database import instant
from amends.rules.desk.danger import Danger, comes_first, danger
from amends.rules.follow_up.kinds import WITH_OWN_OWNER
from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.vocabulary import FollowUpKind
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.follow_up import active, due_cases

WHOSE = "COALESCE((SELECT name FROM member WHERE id = f.owner), '')"


SAME_DATE = "f.due_at = found.due_at"
TOGETHER = """
(f.due_at = found.due_at OR (found.due_at <= :now@ AND f.due_at <= :now@)
    OR (found.due_at > :now@ AND found.due_at < :midnight@ AND f.due_at < :midnight@))"""
"""Late together with all that is late, today with all that is due by midnight."""
NEVER = datetime.max.replace(tzinfo=UTC)


def _due(*, mine: bool, within: str) -> str:
    """The follow-ups `f` that are due on a case `c` together with the one for which it was found."""
    whose = f"{within} AND {due_cases.MINE_OF_CASE if mine else '1 = 1'}"
    return f'follow_up AS f WHERE f."case" = c.id AND {whose} AND {active.condition(now=":now@")}'


def _shown(value: str, due: str) -> str:
    """A value of the weightiest of them, on a case that was found by its follow-ups."""
    first = f"SELECT {value} FROM {due} ORDER BY {due_cases.WEIGHT}, f.due_at, f.id LIMIT 1"
    return f"CASE WHEN found.is_asked = 1 THEN ({first}) END"


def select(found: str, *, mine: bool, within: str = SAME_DATE, rest: str = "") -> str:
    """The cases of a query `found` (id, due_at, is_asked), in no order; `rest` are other columns of it.

    Each with what matters most of all that is due on it `within` the same time as the follow-up for which it
    was found, `TOGETHER` wherever cases of one day stand side by side, so that a case has the same date
    there; how much that is, is counted where it is more than the very same date.
    They are put in order by `soonest_first`: a database moves whole rows for it, which takes a third of its
    time.
    """
    due = _due(mine=mine, within=within)
    count = "0" if within == SAME_DATE else f"(SELECT COUNT(*) FROM {due})"
    shown = (
        f"found.is_asked, {_shown('f.kind', due)} AS shown_kind, {_shown(WHOSE, due)} AS shown_whose, "
        f"{instant(_shown('f.due_at', due), 'shown_at')}, {count} AS due_count"
    )
    cases = f"({found}) AS found JOIN case_file AS c ON c.id = found.id {JOINS}"
    return f"SELECT {rest}{COLUMNS}, {shown} FROM {cases}"


def due_row_of(row: Mapping[str, Any]) -> CaseRow:
    """The case of such a row with what is due on it; what is asked there does not sleep."""
    case, more = row_of(row), max(row["due_count"] - 1, 0)
    if not row["is_asked"]:
        return replace(case, due_more=more) if more else case
    kind = FollowUpKind(row["shown_kind"])
    whose = row["shown_whose"] if kind in WITH_OWN_OWNER else ""
    shown = {"due_at": row["shown_at"], "due_kind": kind, "due_whose": whose, "due_more": more}
    return replace(case, **shown, snoozed_until=None)


def danger_of(case: CaseRow) -> Danger:
    """How dangerous it is to leave this case alone."""
    return danger(
        stage=case.stage,
        severity=case.severity,
        not_fixed=case.facts.answer is CheckInAnswer.BADLY,
        came_back=case.came_back_at is not None,
    )


def is_first(case: CaseRow, grave: Danger, *, due_at: datetime | None, midnight: datetime) -> bool:
    """Whether it stands in the first lane of Today, being so dangerous, where it is found by this date."""
    answered_badly = case.facts.answer is CheckInAnswer.BADLY
    came_back = case.came_back_at is not None
    return comes_first(grave, not_fixed=answered_badly, came_back=came_back, due_at=due_at, midnight=midnight)


def gravest_first(case: CaseRow) -> tuple[Danger, datetime, int]:
    """The key of the order of Today: by danger, then by date."""
    return danger_of(case), *soonest_first(case)


def soonest_first(case: CaseRow) -> tuple[datetime, int]:
    """The key of their order, which is `due_cases.FIRST`; what has no date comes last."""
    return case.due_at or NEVER, case.number
