"""Orders of a list of cases: each is some parts one after the other, and each part comes from an index."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from amends.database import run
from amends.rules.vocabulary import OPEN_STAGES, Severity, Stage
from amends.services.desk.cases.filters import ALL, CLOSED, OPEN, CaseFilters
from amends.services.team import members

AT_ONCE = 12
"""So many parts are read by one statement; the next ones only where a page is not full yet."""
LAST = "SELECT stage, severity, owner, due_at, opened_at, number FROM case_file WHERE number = :before"


class Part(msgspec.Struct, frozen=True):
    """Cases that stand together, as those with one `key` in the column of the order, and the order within."""

    condition: str = ""
    key: object = None
    by: tuple[str, ...] = ("number",)


class Order(msgspec.Struct, frozen=True):
    """The parts by the values of a column, `down` the other way round; what has no value comes last."""

    column: str
    parts: tuple[Part, ...]
    down: bool

    def left(self, last: Mapping[str, Any] | None) -> tuple[Part, ...]:
        """The parts from that of the last case of a page on."""
        if last is None:
            return self.parts
        return self.parts[next(place for place, part in enumerate(self.parts) if self._holds(part, last)) :]

    def _holds(self, part: Part, case: Mapping[str, Any]) -> bool:
        if self.column == "due":
            is_dated = case["due_at"] is not None and case["stage"] != Stage.CLOSED
            return is_dated == ("due_at" in part.by) or part is self.parts[-1]
        return part.key == case.get(self.column) or part is self.parts[-1]


async def order_of(filters: CaseFilters) -> Order:
    """The order that the filters ask for."""
    column, down = filters.order.removeprefix("-"), filters.order.startswith("-") or not filters.order
    valued, rest = await _parts(column, filters)
    return Order(column, (*(reversed(valued) if down else valued), *rest), down)


async def _parts(column: str, filters: CaseFilters) -> tuple[Sequence[Part], Sequence[Part]]:
    if column == "due":
        return _by_date(filters)
    if column == "stage":
        stages = OPEN_STAGES if filters.is_open else (*OPEN_STAGES, Stage.CLOSED)
        return [Part("c.stage = :part", stage.value) for stage in stages], ()
    if column == "severity":
        return [Part("c.severity = :part", one.value) for one in Severity], [Part("c.severity IS NULL")]
    if column == "owner":
        everyone = sorted(await members.everyone(), key=lambda member: member.name.casefold())
        return [Part("c.owner = :part", member.id) for member in everyone], [Part("c.owner IS NULL")]
    by = ("opened_at", "number") if filters.opened_from or filters.opened_to else ("number",)
    return [Part(by=by)], ()


def _by_date(filters: CaseFilters) -> tuple[Sequence[Part], Sequence[Part]]:
    """Open cases with a date, then those without one; closed ones are not due any more."""
    undated = f"{OPEN} AND c.due_at IS NULL" if filters.is_open else f"({CLOSED} OR c.due_at IS NULL)"
    rest = () if filters.due_from or filters.due_to else (Part(undated),)
    return [Part(f"{OPEN} AND c.due_at IS NOT NULL", by=("due_at", "number"))], rest


async def last_case(before: int | None) -> Mapping[str, Any] | None:
    """The last case of the page before, as an order knows it; None where there is no such case any more."""
    rows = await run(LAST, before=before) if before else []
    return dict(rows[0]) if rows else None


def scan(part: Part, place: int, *, where: Sequence[str], down: bool, after: bool, limit: int) -> str:
    """The first cases of a part (id, part), `after` the last one of the page before."""
    sign, way = ("<", "DESC") if down else (">", "")
    columns, key = ", ".join(f"c.{name}" for name in part.by), ", ".join(f":last_{name}" for name in part.by)
    own = part.condition.replace(":part", f":part_{place}")
    conditions = [*where, own, f"({columns}) {sign} ({key})" if after else ""]
    ends = ", ".join(f"c.{name} {way}" for name in part.by)
    return (
        f"SELECT c.id AS id, {place} AS part FROM {ALL.tables} "
        f"WHERE {' AND '.join(filter(None, conditions)) or '1 = 1'} ORDER BY {ends} LIMIT {limit}"
    )
