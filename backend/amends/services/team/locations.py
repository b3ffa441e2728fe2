"""Locations of the team: its shops and brands, with their public pages."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, columns_of, converter, read, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.capture.location_pages import page_key
from amends.rules.case import locations as rules
from amends.rules.vocabulary import LocationKind
from amends.services.team.members import Act, Member
from amends.services.team.seen import must_be_as_seen


class LocationNameless(Invalid):
    """Give the location a name."""


class LocationThere(Invalid):
    "This location already exists."


class WrongLocationPage(Invalid):
    "This address names no page of a location."


class TooManyLocations(Conflict):
    "Too many locations."


class LocationUnknown(NotFound):
    "Location not found."


class LocationInUse(Conflict):
    "This location is still in use."


class LocationNotOffered(Invalid):
    "This location cannot be chosen."


class LocationShown(msgspec.Struct, frozen=True):
    """One location; `pages` are addresses, one a line, `retired` when it is offered no more."""

    id: UUID
    name: str
    kind: LocationKind
    pages: str
    is_default: bool
    retired: Annotated[bool, Selected("location.retired_at IS NOT NULL")]

    @property
    def addresses(self) -> list[str]:
        """Its public pages."""
        return self.pages.splitlines()


class NewLocation(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said of a location."""

    name: str
    kind: LocationKind = LocationKind.SHOP
    pages: str = ""
    is_default: bool = False


ALL = f"SELECT {columns_of(LocationShown, table='location')} FROM location"  # noqa: S608


async def everything() -> tuple[LocationShown, ...]:
    """All locations by name, retired ones last."""
    found = await read(converter(LocationShown), ALL)
    return tuple(sorted(found, key=lambda one: (one.retired, rules.key_of(one.name), str(one.id))))


async def offered() -> tuple[LocationShown, ...]:
    """Those that can be chosen, by name."""
    return tuple(one for one in await everything() if not one.retired)


async def by_key() -> dict[str, UUID]:
    """Those that can be chosen, by the key of their name."""
    return {rules.key_of(one.name): one.id for one in await offered()}


USED = """
SELECT id FROM location WHERE EXISTS (SELECT 1 FROM case_file AS c WHERE c.location = location.id)
"""


async def used() -> frozenset[UUID]:
    """Those to which cases belong."""
    return frozenset(row["id"] for row in await run(USED))


def values_of(location: LocationShown) -> dict[str, object]:
    """What can be changed of a location, by the names of the fields."""
    return {name: getattr(location, name) for name in NewLocation.__struct_fields__}


def page_keys(locations: tuple[LocationShown, ...]) -> dict[str, UUID]:
    """By which key a page is known, and whose it is, of those that are still offered."""
    return {page_key(page): one.id for one in locations if not one.retired for page in one.addresses}


async def choosable(location: UUID) -> LocationShown:
    """The location, to be given to a case now. Raises LocationNotOffered."""
    chosen = next((one for one in await offered() if one.id == location), None)
    if chosen is None:
        sentence = _("This location is offered no more. Choose another one.")
        raise LocationNotOffered(sentence, fields={"location": sentence})
    return chosen


async def make(act: Act, new: NewLocation, *, location_id: UUID | None = None) -> UUID:
    """One more location; its id, which may be chosen.

    Raises LocationNameless, LocationThere, WrongLocationPage, TooManyLocations.
    """
    async with transaction():
        standing = await everything()
        if len(standing) >= rules.MOST:
            raise TooManyLocations(_("There are already %(most)s. Remove one first.") % {"most": rules.MOST})
        values = _checked(new, standing, but=None)
        location_id = location_id or uuid4()
        if not await add(tables.Location, unless="key", id=location_id, made_at=act.now, **values):
            raise _there(str(values["name"]))  # another lead was faster
        await _only_default(location_id, new)
    return location_id


async def change(location_id: UUID, new: NewLocation, *, by: Member, seen: str = "") -> None:
    """Other words for a location; its cases stay its own, those to come go by the new pages.

    `seen` is the fingerprint of what stood before. Raises as `make`, and LocationUnknown, ChangedMeanwhile.
    """
    table = tables.Location
    async with transaction():
        await table.update({table.name: table.name}).where(table.id == location_id)
        standing = await everything()
        old = _found(location_id, standing)
        values = _checked(new, standing, but=location_id)
        wanted = {name: values[name] for name in NewLocation.__struct_fields__}
        must_be_as_seen(seen, values_of(old), wanted)
        changed: dict[Any, Any] = {getattr(table, name): value for name, value in values.items()}
        await table.update(changed).where(table.id == location_id)
        await _only_default(location_id, new)


async def retire(act: Act, location_id: UUID) -> None:
    """It is offered no more, and stays on its cases. Raises LocationUnknown."""
    await _set_retired(location_id, act.now)


async def bring_back(location_id: UUID, *, by: Member) -> None:
    """It is offered again. Raises LocationUnknown."""
    await _set_retired(location_id, None)


async def remove(location_id: UUID, *, by: Member) -> None:
    """Takes a location out of the list that no case has. Raises LocationUnknown, LocationInUse."""
    async with transaction():
        _found(location_id, await everything())
        case = tables.Case
        if await case.exists().where(case.location == location_id):
            raise LocationInUse(
                _("Some cases belong to this location. Retire it instead: it will no longer be offered.")
            )
        await tables.Location.delete().where(tables.Location.id == location_id)


async def _set_retired(location_id: UUID, at: datetime | None) -> None:
    table = tables.Location
    values: dict[Any, Any] = {table.retired_at: at}
    if at:
        values[table.is_default] = False
    if not await table.update(values).where(table.id == location_id).returning(table.id):
        raise LocationUnknown


async def _only_default(location_id: UUID, new: NewLocation) -> None:
    """Step: no other one is the default."""
    table = tables.Location
    if new.is_default:
        await table.update({table.is_default: False}).where(table.id != location_id)


def _checked(new: NewLocation, standing: tuple[LocationShown, ...], *, but: UUID | None) -> dict[str, Any]:
    """The columns of a location. Raises LocationNameless, LocationThere, WrongLocationPage."""
    called = rules.checked_name(new.name)
    if not called:
        raise LocationNameless(fields={"name": _("Give the location a name.")})
    others = tuple(one for one in standing if one.id != but)
    key = rules.key_of(called)
    if any(rules.key_of(one.name) == key for one in others):
        raise _there(called)
    pages = _checked_pages(new.pages, others)
    values = msgspec.structs.asdict(msgspec.structs.replace(new, name=called, pages=pages))
    return {**values, "kind": new.kind.value, "key": key}


def _checked_pages(typed: str, others: tuple[LocationShown, ...]) -> str:
    """The addresses, one a line, each once. Raises WrongLocationPage with a sentence for the field."""
    pages = dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip())
    if len(pages) > rules.MOST_PAGES:
        raise _wrong_page(_("At most %(most)s pages.") % {"most": rules.MOST_PAGES})
    taken = {page_key(page): one.name for one in others for page in one.addresses}
    for page in pages:
        key = page_key(page)
        if not key:
            sentence = _(
                "“%(page)s” names no page of a location. Open the page itself and copy its whole address; "
                "short links lead nowhere here."
            )
            raise _wrong_page(sentence % {"page": page[:80]})
        if key in taken:
            sentence = _("“%(page)s” is already a page of %(name)s.")
            raise _wrong_page(sentence % {"page": page[:80], "name": taken[key]})
    return "\n".join(pages)


def _wrong_page(sentence: str) -> WrongLocationPage:
    return WrongLocationPage(sentence, fields={"pages": sentence})


def _there(called: str) -> LocationThere:
    return LocationThere(fields={"name": _("There is already a location “%(name)s”.") % {"name": called}})


def _found(location_id: UUID, standing: tuple[LocationShown, ...]) -> LocationShown:
    found = next((one for one in standing if one.id == location_id), None)
    if found is None:
        raise LocationUnknown
    return found
