"""Commands on places to watch: add, change, remove."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec

from amends import tables
from amends.database import add, columns_of, convert, run, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name
from amends.rules.desk import watched_places as rules
from amends.rules.team.calendars import is_working_day
from amends.services.desk.watched_places.rows import MOST_PLACES, today, unknown
from amends.services.team import members, teams
from amends.services.team.members import Act

LONGEST_NAME = 80
LONGEST_ADDRESS = 2_000


class WrongPlace(Invalid):
    "This place to watch is not valid."


class PlaceChanged(Conflict):
    "Someone else has changed this place to watch in the meantime."


class TooManyPlaces(Conflict):
    """Too many places to watch."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a lead writes of a place: its page, every how many days it is visited, and by whom, in turns."""

    name: str
    address: str
    every: int
    members: Sequence[UUID]


async def add_place(act: Act, given: Given) -> UUID:
    """One more place; its first visit is due today. Raises WrongPlace, TooManyPlaces, MemberIsDisabled."""
    place = uuid4()
    columns = _checked(given)
    async with transaction():
        await _must_be_here(given.members)
        if await tables.WatchedPlace.count() >= MOST_PLACES:
            raise TooManyPlaces(
                _("No more than %(most)s can be watched. Remove one first.") % {"most": MOST_PLACES}
            )
        due_on = await today(act.now)
        made: dict[str, Any] = {"made_by": act.by.id, "made_at": act.now, "due_on": due_on}
        await add(tables.WatchedPlace, id=place, **columns, **made)
    return place


async def change(act: Act, place: UUID, given: Given, *, version: int) -> None:
    """Another name, page, interval or other members, whose turns begin anew.

    Raises PlaceUnknown, PlaceChanged, WrongPlace, MemberIsDisabled.
    """
    columns = _checked(given)
    async with transaction():
        await _must_be_here(given.members)
        standing = await take(place, version=version)
        turn = standing.turn if list(given.members) == standing.members else 0
        due_on = standing.due_on if given.every == standing.every else await _due_anew(act, place, given)
        await write(place, {**columns, "turn": turn, "due_on": due_on})


async def _due_anew(act: Act, place: UUID, given: Given) -> date:
    """When a place is due that is visited at other intervals from now on: never before today."""
    day, calendar = await today(act.now), await teams.calendar()
    rows = await run(LAST_VISIT, place=place)
    if not rows:
        return day
    visited = rows[0]["at"].astimezone(ZoneInfo(calendar.zone)).date()
    return max(day, rules.next_visit(visited, given.every, partial(is_working_day, calendar)))


LAST_VISIT = "SELECT at FROM place_visit WHERE place = :place ORDER BY at DESC, id LIMIT 1"


async def remove(act: Act, place: UUID) -> None:
    """It is watched no more; its visits go with it. Raises PlaceUnknown."""
    table = tables.WatchedPlace
    if not await table.delete().where(table.id == place).returning(table.id):
        raise unknown()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A place as it is, held by the transaction."""

    version: int
    members: list[UUID]
    turn: int
    every: int
    due_on: date


TAKE = f"""
UPDATE watched_place SET version = version + 1 WHERE id = :place
RETURNING {columns_of(Standing, table="watched_place")}
"""  # noqa: S608 - the statement is ours alone


async def take(place: UUID, *, version: int | None = None) -> Standing:
    """Step: the place, held until the transaction ends; `version` is the one that the member saw.

    Raises PlaceUnknown, PlaceChanged.
    """
    rows = await run(TAKE, place=place)
    if not rows:
        raise unknown()
    standing = convert(rows[0], Standing)
    if version is not None and standing.version != version + 1:
        raise PlaceChanged(_("Someone else has changed this place. Look at it again, then decide."))
    return standing


async def write(place: UUID, values: dict[str, Any]) -> None:
    """Step: other values for some columns."""
    table = tables.WatchedPlace
    columns: dict[Any, Any] = {getattr(table, name): value for name, value in values.items()}
    await table.update(columns).where(table.id == place)


async def _must_be_here(chosen: Sequence[UUID]) -> None:
    for member in chosen:
        await members.present(member, field="members")


def _checked(given: Given) -> dict[str, Any]:
    """The columns of what was typed. Raises WrongPlace with a sentence per field."""
    name = clean_name(given.name, limit=LONGEST_NAME + 1)
    address = given.address.strip()
    wrong = {
        "name": not 1 <= len(name) <= LONGEST_NAME
        and _("Give it a name of up to %(most)s characters.") % {"most": LONGEST_NAME},
        "address": not (len(address) <= LONGEST_ADDRESS and rules.is_page(address))
        and _("Enter the address of a page that begins with https://."),
        "every": given.every not in rules.INTERVALS and _("Choose how often it is visited."),
        "members": (not given.members or len(set(given.members)) < len(given.members))
        and _("Choose at least one active member."),
    }
    if fields := {field: sentence for field, sentence in wrong.items() if sentence}:
        raise WrongPlace(fields=fields)
    chosen = [str(one) for one in given.members]
    return {"name": name, "address": address, "every": given.every, "members": chosen}
