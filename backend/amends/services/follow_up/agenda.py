"""Agenda queries: open follow-ups by date, of a member, of nobody or of everybody."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Literal
from uuid import UUID

import msgspec

from amends.database import COUNT_LIMIT, counted, read, run
from amends.rules.vocabulary import FollowUpKind, Nature, Repeats
from amends.services.follow_up import active
from amends.services.follow_up.follow_ups import FollowUpUnknown
from amends.services.team.members import Act, Member
from amends.services.team.names import Name

Whose = Literal["mine", "team", "everybody"]
"""The member's own, what nobody owns, or all."""

DAY_LIMIT = 99
"""What is due on one day is counted up to here."""

RUNS = "f.state = 'due' AND f.paused_at IS NULL"
WITHIN = f"{RUNS} AND f.due_at >= :start AND f.due_at < :end"
LATE = f"f.due_at <= :now AND {active.looked_up()}"
OWNED: dict[Whose, str] = {"mine": "f.owner = :by AND ", "team": "f.owner IS NULL AND ", "everybody": ""}

COLUMNS = """
f.id, f.kind, f.words, f.generation, f.due_at, f.created_at, f.repeats, f.owner,
member.name AS owner_name, c.number, c.title, c.lang, c.nature, c.snoozed_until
"""
JOINS = 'JOIN case_file AS c ON c.id = f."case" LEFT JOIN member ON member.id = f.owner'


class AgendaEntry(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One follow-up and its case, as an agenda shows them; `words` are a promise's or a reminder's."""

    id: UUID
    kind: FollowUpKind
    words: str
    generation: int
    due_at: datetime
    created_at: datetime
    repeats: Repeats | None
    owner: Name | None
    number: int
    title: str
    lang: str
    nature: Nature | None
    snoozed_until: datetime | None


class DayEntries(msgspec.Struct, frozen=True):
    """The first entries of a day, and how many there are in all; above DAY_LIMIT one more."""

    entries: list[AgendaEntry]
    many: int


class AgendaPage(msgspec.Struct, frozen=True):
    """Some entries, soonest first, and the key of the page after them."""

    entries: list[AgendaEntry]
    next_after: UUID | None


def _entry(row: Mapping[str, Any]) -> AgendaEntry:
    return AgendaEntry(
        id=row["id"],
        kind=FollowUpKind(row["kind"]),
        words=row["words"],
        generation=row["generation"],
        due_at=row["due_at"],
        created_at=row["created_at"],
        repeats=Repeats(row["repeats"]) if row["repeats"] else None,
        owner=Name(row["owner"], row["owner_name"]) if row["owner"] else None,
        number=row["number"],
        title=row["title"],
        lang=row["lang"],
        nature=Nature(row["nature"]) if row["nature"] else None,
        snoozed_until=row["snoozed_until"],
    )


async def spread(edges: Sequence[datetime], *, whose: Whose, by: Member, most: int) -> list[DayEntries]:
    """What is due between each two edges: the first `most` of each day, and how many more there are."""
    values: dict[str, Any] = {f"edge_{place}": edge for place, edge in enumerate(edges)}
    found = await read(_placed, _spread(len(edges) - 1, whose), by=by.id, most=most, **values)
    days: list[DayEntries] = [DayEntries([], 0) for _ in edges[1:]]
    for place, many, entry in found:
        days[place] = DayEntries([*days[place].entries, entry], many)
    return days


def _placed(row: Mapping[str, Any]) -> tuple[int, int, AgendaEntry]:
    return row["place"], row["many"], _entry(row)


@cache
def _spread(days: int, whose: Whose) -> str:
    """A short scan of the index for each day; only what is shown is looked up."""
    parts = " UNION ALL ".join(
        f"SELECT * FROM ({_day(place, whose)}) AS day_{place}" for place in range(days)
    )
    return (
        f"SELECT found.place, found.many, {COLUMNS} FROM ({parts}) AS found "
        f"JOIN follow_up AS f ON f.id = found.id {JOINS} ORDER BY f.due_at, f.id"
    )


def _day(place: int, whose: Whose) -> str:
    due = f"{OWNED[whose]}{RUNS} AND f.due_at >= :edge_{place} AND f.due_at < :edge_{place + 1}"
    many = counted(f"follow_up AS f WHERE {due}", limit=DAY_LIMIT)
    first = f"SELECT f.id FROM follow_up AS f WHERE {due} ORDER BY f.due_at, f.id LIMIT :most"
    return f"SELECT first.id, {place} AS place, {many} AS many FROM ({first}) AS first"


async def page(
    start: datetime, end: datetime, *, whose: Whose, by: Member, limit: int, after: UUID | None = None
) -> AgendaPage:
    """What is due from `start` until before `end`, soonest first; `after` ended the page before."""
    return await _page(WITHIN, start, end, whose=whose, by=by, limit=limit, after=after)


async def overdue(act: Act, *, whose: Whose, limit: int, after: UUID | None = None) -> AgendaPage:
    """What is active and late, the oldest first."""
    return await _page(LATE, act.now, act.now, whose=whose, by=act.by, limit=limit, after=after)


class OverdueCount(msgspec.Struct, frozen=True):
    """How many follow-ups are active and late, and on how many cases, which is what Today counts."""

    follow_ups: int
    cases: int


async def count_overdue(act: Act, *, whose: Whose) -> OverdueCount:
    """How many are late; more than COUNT_LIMIT are not counted."""
    due = f"{OWNED[whose]}{LATE}"
    few = f'SELECT f."case" AS one FROM follow_up AS f WHERE {due}'
    [row] = await run(
        f"SELECT COUNT(*) AS late, COUNT(DISTINCT one) AS cases FROM ({few} LIMIT {COUNT_LIMIT + 1}) AS few",
        now=act.now,
        by=act.by.id,
    )
    return OverdueCount(row["late"], row["cases"])


async def _page(
    when: str,
    start: datetime,
    end: datetime,
    *,
    whose: Whose,
    by: Member,
    limit: int,
    after: UUID | None,
) -> AgendaPage:
    key = " AND (f.due_at, f.id) > (SELECT k.due_at, k.id FROM follow_up AS k WHERE k.id = :after)"
    due = f"{OWNED[whose]}{when}{key if after else ''}"
    found = await read(
        _entry,
        f"SELECT {COLUMNS} FROM follow_up AS f {JOINS} WHERE {due} ORDER BY f.due_at, f.id LIMIT {limit + 1}",
        quick=True,
        **{"start": start, "end": end, "now": end, "by": by.id, "after": after},
    )
    return AgendaPage(found[:limit], found[limit - 1].id if len(found) > limit else None)


async def find(follow_up_id: UUID, *, by: Member) -> AgendaEntry:
    """One follow-up that is still due. Raises FollowUpUnknown."""
    found = await read(
        _entry,
        f"SELECT {COLUMNS} FROM follow_up AS f {JOINS} WHERE f.id = :id AND f.state = 'due'",
        quick=True,
        id=follow_up_id,
    )
    if not found:
        raise FollowUpUnknown
    return found[0]
