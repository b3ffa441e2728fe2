"""Cases as lists show what is due on them: with the date and kind that count there."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from amends.database import instant
from amends.rules.desk.danger import Danger, danger
from amends.rules.follow_up.kinds import WITH_OWN_OWNER
from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.vocabulary import FollowUpKind
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.follow_up import active, due_cases

WHOSE = "COALESCE((SELECT name FROM member WHERE id = f.owner), '')"


def _shown(value: str, *, mine: bool) -> str:
    """A value of the follow-up `f` that is due on a case which was found by its follow-ups."""
    return f"""
CASE WHEN found.is_asked = 1 THEN (SELECT {value} FROM follow_up AS f WHERE f."case" = c.id
    AND f.due_at = found.due_at AND {due_cases.MINE if mine else "1 = 1"}
    AND {active.condition(now=":now@")} ORDER BY f.id LIMIT 1) END"""


SHOWN = {
    mine: f"{_shown('f.kind', mine=mine)} AS shown_kind, {_shown(WHOSE, mine=mine)} AS shown_whose"
    for mine in (False, True)
}
"""What is due on a case that was found by its follow-ups, and who was asked for it."""
NEVER = datetime.max.replace(tzinfo=UTC)


def select(found: str, *, mine: bool, rest: str = "") -> str:
    """The cases of a query `found` (id, due_at, is_asked), in no order; `rest` are other columns of it.

    They are put in order by `soonest_first`: a database moves whole rows for it, which takes a third of its
    time.
    """
    shown = f"found.is_asked, {SHOWN[mine]}, {instant('found.due_at', 'shown_at')}"
    cases = f"({found}) AS found JOIN case_file AS c ON c.id = found.id {JOINS}"
    return f"SELECT {rest}{COLUMNS}, {shown} FROM {cases}"


def due_row_of(row: Mapping[str, Any]) -> CaseRow:
    """The case of such a row with what is due on it; what is asked there does not sleep."""
    case = row_of(row)
    if not row["is_asked"]:
        return case
    kind = FollowUpKind(row["shown_kind"])
    whose = row["shown_whose"] if kind in WITH_OWN_OWNER else ""
    return replace(case, due_at=row["shown_at"], due_kind=kind, due_whose=whose, snoozed_until=None)


def danger_of(case: CaseRow) -> Danger:
    """How dangerous it is to leave this case alone."""
    return danger(
        stage=case.stage,
        severity=case.severity,
        not_fixed=case.facts.answer is CheckInAnswer.BADLY,
        came_back=case.came_back_at is not None,
    )


def gravest_first(case: CaseRow) -> tuple[Danger, datetime, UUID]:
    """The key of the order of Today: by danger, then by date."""
    return danger_of(case), *soonest_first(case)


def soonest_first(case: CaseRow) -> tuple[datetime, UUID]:
    """The key of their order; what has no date comes last."""
    return case.due_at or NEVER, case.id
