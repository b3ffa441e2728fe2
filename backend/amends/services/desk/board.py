"""Board of open cases by stage."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from functools import cache
from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.vocabulary import OPEN_STAGES, Stage
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of

COLUMN_ROWS = 15
"""Cases of a stage that are shown; the list shows the rest."""


class Column(msgspec.Struct, frozen=True):
    """One stage with the cases that fall due first; `more` when others do not fit."""

    stage: Stage
    rows: list[CaseRow]
    more: bool


async def columns(*, owner: UUID | None) -> list[Column]:
    """Every open stage in the order of the way, its cases soonest first, of one owner or of everybody."""
    rows = [row_of(row) for row in await run(_statement(mine=owner is not None), quick=True, owner=owner)]
    found = {stage: [row for row in rows if row.stage is stage] for stage in OPEN_STAGES}
    return [Column(stage, few[:COLUMN_ROWS], len(few) > COLUMN_ROWS) for stage, few in found.items()]


@cache
def _statement(*, mine: bool) -> str:
    """One short scan of an index for each stage."""
    owned = " AND owner = :owner" if mine else ""
    parts = (
        f"SELECT * FROM (SELECT id, due_at FROM case_file WHERE stage = '{stage.value}'{owned} "
        f"ORDER BY due_at, id LIMIT {COLUMN_ROWS + 1}) AS s_{stage.value}"
        for stage in OPEN_STAGES
    )
    return (
        f"SELECT {COLUMNS} FROM ({' UNION ALL '.join(parts)}) AS found "
        f"JOIN case_file AS c ON c.id = found.id {JOINS} ORDER BY found.due_at, c.id"
    )
