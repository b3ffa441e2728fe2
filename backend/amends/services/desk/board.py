"""Board of open cases by stage."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from amends.database import bound, counted, instant, read, run
from amends.rules.team.wall_clocks import end_of_day
from amends.rules.vocabulary import OPEN_STAGES, Stage
from amends.services.desk.cases import due_rows
from amends.services.desk.cases.due_rows import NEVER, due_row_of, soonest_first
from amends.services.desk.cases.rows import CaseRow
from amends.services.follow_up import due_cases
from amends.services.follow_up.due_cases import CASES, ELSEWHERE, FIRST, OPEN
from amends.services.team.members import Act

COLUMN_ROWS = 10
"""Cases of a stage that are shown; the list shows the rest."""


ASKED = f"""
SELECT id, due_at, 1 AS is_asked FROM (
    SELECT asked.id, asked.due_at,
        ROW_NUMBER() OVER (PARTITION BY c.stage ORDER BY asked.due_at, asked.number) AS place
    FROM asked JOIN {CASES} ON c.id = asked.id WHERE c.{OPEN}{{owned}}) AS ranked
WHERE place <= {COLUMN_ROWS + 1} LIMIT {(COLUMN_ROWS + 1) * len(OPEN_STAGES)}"""
"""The first cases of each stage that are shown for their follow-ups.

The limit leaves none out: it tells PostgreSQL how few there are, and not to read all cases for them.
"""


class Column(msgspec.Struct, frozen=True):
    """One stage with the cases that fall due first; `total` counts those that do not fit, too."""

    stage: Stage
    rows: list[CaseRow]
    total: int

    @property
    def more(self) -> bool:
        """Whether there are others that do not fit."""
        return self.total > len(self.rows)


async def columns(act: Act, *, owner: UUID | None) -> list[Column]:
    """Every open stage in the order of the way, its cases soonest first, of one owner or of everybody."""
    statement = _statement(bound().engine_type, mine=owner is not None)
    midnight = end_of_day(act.now, act.by.zone)
    rows = await read(_found, statement, owner=owner, now=act.now, midnight=midnight)
    rows.sort()
    found = {stage: [row for _at, _number, row in rows if row.stage is stage] for stage in OPEN_STAGES}
    full = tuple(stage for stage, few in found.items() if len(few) > COLUMN_ROWS)
    totals = dict((await run(_totals(full, mine=owner is not None), owner=owner))[0]) if full else {}
    return [
        Column(stage, sorted(few[:COLUMN_ROWS], key=soonest_first), totals.get(stage.value, len(few)))
        for stage, few in found.items()
    ]


def _found(row: Mapping[str, Any]) -> tuple[datetime, int, CaseRow]:
    """A case by the date for which it was found: what does not fit is what was found last."""
    case = due_row_of(row)
    return row["found_at"] or NEVER, case.number, case


@cache
def _totals(stages: tuple[Stage, ...], *, mine: bool) -> str:
    """How many cases there are in the stages that do not fit."""
    owned = " AND c.owner = :owner" if mine else ""
    in_stage = f"{CASES} WHERE c.stage = '%s'{owned}"
    return "SELECT " + ", ".join(f"{counted(in_stage % stage.value)} AS {stage.value}" for stage in stages)


@cache
def _statement(engine: str, *, mine: bool) -> str:
    """What is due by its follow-ups, then a short scan of an index for each stage."""
    owned = " AND c.owner = :owner" if mine else ""
    parts = [
        f"SELECT id, due_at, 0 AS is_asked FROM {CASES} WHERE stage = '{stage.value}' "
        f"AND {ELSEWHERE}{owned} ORDER BY {FIRST} LIMIT {COLUMN_ROWS + 1}"
        for stage in OPEN_STAGES
    ]
    found = due_cases.union([ASKED.format(owned=owned), *parts])
    rest = f"{instant('found.due_at', 'found_at')}, "
    selected = due_rows.select(found, mine=False, within=due_rows.TOGETHER, rest=rest)
    return f"WITH {due_cases.asked(mine=False)} {selected}"
