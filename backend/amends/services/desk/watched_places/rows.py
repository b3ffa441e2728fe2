"""Reading of places to watch: the list with whose turn it is, what is due for one member, visits."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from amends.database import Selected, columns_of, convert, run
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.desk import watched_places as rules
from amends.services.team import absences, members, teams

MOST_PLACES = 200
MOST_VISITS = 50
"""Visits that the page of a place shows, the newest first."""


class PlaceUnknown(NotFound):
    "This place to watch no longer exists."


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One place with its last visit, if there was any; `found` is None while nobody said what was found."""

    id: UUID
    version: int
    name: str
    address: str
    every: int
    members: list[UUID]
    turn: int
    due_on: date
    reminded_on: date | None
    visit: Annotated[UUID | None, Selected("v.id")]
    visited_at: Annotated[datetime | None, Selected("v.at")]
    visited_by: Annotated[str | None, Selected("visitor.name")]
    found: Annotated[int | None, Selected("v.found")]
    by_browser: Annotated[bool | None, Selected("v.by_browser")]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A place, whose turn it is as absences stand, and their name; None where no member of it is here."""

    place: PlaceRow
    whose: UUID | None
    whose_name: str


class Due(msgspec.Struct, frozen=True):
    """The places that one member visits today, those that are late first, by the day `today` of the team."""

    places: list[Shown]
    today: date


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One visit; `by` is empty once the member is gone."""

    id: UUID
    at: datetime
    by: Annotated[str, Selected("COALESCE(visitor.name, '')")]
    found: int | None
    by_browser: bool


LAST = "(SELECT id FROM place_visit WHERE place = p.id ORDER BY at DESC, id LIMIT 1)"
PLACES = f"""
SELECT {columns_of(PlaceRow, table="p")} FROM watched_place AS p
LEFT JOIN place_visit AS v ON v.id = {LAST} LEFT JOIN member AS visitor ON visitor.id = v.member
"""
LISTED = f"{PLACES} ORDER BY p.due_on, p.name LIMIT {MOST_PLACES}"
DUE = f"{PLACES} WHERE p.due_on <= :today ORDER BY p.due_on, p.name LIMIT {MOST_PLACES}"
ONE = f"{PLACES} WHERE p.id = :place"
VISITS = f"""
SELECT {columns_of(Visit, table="v")} FROM place_visit AS v
LEFT JOIN member AS visitor ON visitor.id = v.member
WHERE v.place = :place ORDER BY v.at DESC, v.id LIMIT {MOST_VISITS}
"""


async def today(now: datetime) -> date:
    """The day that it is for the team."""
    return now.astimezone(ZoneInfo((await teams.calendar()).zone)).date()


async def listed(*, now: datetime) -> list[Shown]:
    """All places, the next visit first."""
    return await _shown([convert(row, PlaceRow) for row in await run(LISTED)], now)


async def find(place: UUID, *, now: datetime) -> Shown:
    """One place. Raises PlaceUnknown."""
    rows = await run(ONE, place=place)
    if not rows:
        raise unknown()
    [shown] = await _shown([convert(rows[0], PlaceRow)], now)
    return shown


async def due_for(member: UUID, *, now: datetime) -> Due:
    """The places that are due today or late and that this member visits."""
    day = await today(now)
    rows = [convert(row, PlaceRow) for row in await run(DUE, today=day)]
    shown = await _shown(rows, now) if rows else []
    return Due([one for one in shown if one.whose == member], day)


async def visits_of(place: UUID) -> list[Visit]:
    """The last visits to a place, the newest first."""
    return [convert(row, Visit) for row in await run(VISITS, place=place)]


async def absent(now: datetime) -> Mapping[UUID, UUID | None]:
    """Who visits nothing at this instant, with who stands in: members who are away, and those who left."""
    gone = [one.id for one in await members.everyone() if one.disabled]
    return {**await absences.away(now=now), **dict.fromkeys(gone)}


async def _shown(places: list[PlaceRow], now: datetime) -> list[Shown]:
    away = await absent(now)
    names = {one.id: one.name for one in await members.everyone()}
    turns = [(one, rules.whose_turn(one.members, one.turn, away)) for one in places]
    return [
        Shown(place=one, whose=whose, whose_name=names.get(whose, "") if whose else "")
        for one, whose in turns
    ]


def unknown() -> PlaceUnknown:
    """The error for a place that was removed."""
    return PlaceUnknown(_("This place was removed. Go back to the list."))
