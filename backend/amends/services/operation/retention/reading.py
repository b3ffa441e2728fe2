"""Reading of the list: cases on notice, kept longer, and under legal hold although their period is over."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import date, datetime
from typing import Annotated

import msgspec

from amends.database import Selected, columns_of, convert, run
from amends.rules.operation.retention import Term
from amends.rules.vocabulary import Nature
from amends.services.operation.retention import plan
from amends.services.operation.retention.conditions import CASES, HELD, IS_HELD, OVER, TERM
from amends.services.team.names import Name

A_PAGE = 100


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A case on the list: since when, when it goes, or until when it is kept, why and by whom."""

    number: Annotated[int, Selected("c.number")]
    title: Annotated[str, Selected("c.title")]
    nature: Annotated[Nature | None, Selected("c.nature")]
    closed_at: Annotated[datetime | None, Selected("c.closed_at")]
    term: Term
    listed_at: datetime
    goes_at: datetime
    kept_until: date | None
    kept_reason: str
    kept_by: Annotated[Name | None, Selected("l.kept_by", join="member")]


class HeldBack(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose period is over, and that is under legal hold."""

    number: int
    title: str
    nature: Nature | None
    closed_at: datetime
    term: Term


LISTED = f"""
SELECT {columns_of(Listed, table="l")} FROM retention_case AS l LEFT JOIN case_file AS c ON c.id = l."case"
LEFT JOIN member ON member.id = l.kept_by
"""
"""LEFT, although each has its case: SQLite then begins with the few that are listed, not with all cases."""
ON_NOTICE = f"{LISTED} WHERE l.kept_until IS NULL ORDER BY l.goes_at, c.number LIMIT {A_PAGE + 1}"
NEXT = f"""
{LISTED} WHERE l.kept_until IS NULL AND (l.goes_at, c.number) > (
    SELECT before.goes_at, shown.number FROM retention_case AS before
    JOIN case_file AS shown ON shown.id = before."case" WHERE shown.number = :after
) ORDER BY l.goes_at, c.number LIMIT {A_PAGE + 1}
"""
KEPT = f"{LISTED} WHERE l.kept_until IS NOT NULL ORDER BY l.kept_until, c.number LIMIT {A_PAGE}"
ONE = f"{LISTED} WHERE c.number = :number"
HELD_BACK = f"""
{HELD} SELECT c.number, c.title, c.nature, c.closed_at, {TERM} AS term FROM {CASES}
WHERE {OVER} AND {IS_HELD} ORDER BY c.number LIMIT {A_PAGE}
"""


async def on_notice(*, after: int = 0) -> tuple[list[Listed], int]:
    """A page of the cases that go, the next ones first; and the number after which more follow, else 0."""
    rows = await (run(NEXT, after=after) if after else run(ON_NOTICE))
    shown = [convert(row, Listed) for row in rows[:A_PAGE]]
    return shown, shown[-1].number if len(rows) > A_PAGE else 0


async def kept() -> list[Listed]:
    """The cases that leads keep longer, those to be looked at first."""
    return [convert(row, Listed) for row in await run(KEPT)]


async def of_case(number: int) -> Listed | None:
    """Where a case stands on the list; None where it does not."""
    rows = await run(ONE, number=number)
    return convert(rows[0], Listed) if rows else None


async def held_back(*, now: datetime) -> list[HeldBack]:
    """The cases whose period is over and that stay because of a legal hold."""
    limits = await plan.limits(await plan.standing(), now=now)
    return [convert(row, HeldBack) for row in await run(HELD_BACK, **limits.values)]
