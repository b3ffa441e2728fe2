"""Locations and brands of the team, in the settings."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.vocabulary import LocationKind
from amends.services.team import locations
from amends.services.team.locations import LocationShown, NewLocation
from amends.services.team.seen import fingerprint
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/locations"
ONE = f"{PAGE}/{{location_id:uuid}}"
KINDS = {LocationKind.SHOP: N_("Shop, hotel or office"), LocationKind.BRAND: N_("Brand")}


class LocationFields(msgspec.Struct):
    """What a location is called, what it is, and where its customers write."""

    name: str = ""
    kind: LocationKind = LocationKind.SHOP
    pages: str = ""
    is_default: bool = False
    seen: str = ""

    def new(self) -> NewLocation:
        """The same for the service."""
        return NewLocation(name=self.name, kind=self.kind, pages=self.pages, is_default=self.is_default)


class LocationRow(msgspec.Struct, frozen=True, kw_only=True):
    """One location with its form; `used` where cases belong to it."""

    id: UUID
    name: str
    kind: LocationKind
    kind_name: str
    pages: str
    is_default: bool
    retired: bool
    used: bool
    seen: str


async def _page(
    here: Here, *, typed: Typed = NOTHING_TYPED, location_id: UUID | None = None
) -> Response[bytes]:
    used = await locations.used()
    return await here.render(
        "settings/locations.html",
        status=typed.status,
        rows=[_row(one, used=one.id in used) for one in await locations.everything()],
        kinds=[(kind.value, _(words)) for kind, words in KINDS.items()],
        form=str(location_id) if location_id else typed.form,
        typed=typed.values,
        wrong=typed.errors,
        problem=typed.problem,
    )


def _row(one: LocationShown, *, used: bool) -> LocationRow:
    return LocationRow(
        id=one.id,
        name=one.name,
        kind=one.kind,
        kind_name=_(KINDS[one.kind]),
        pages=one.pages,
        is_default=one.is_default,
        retired=one.retired,
        used=used,
        seen=fingerprint(locations.values_of(one)),
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The list."""
    return await _page(here)


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "new")
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """One more location."""
    await locations.make(here.act, (await here.form(LocationFields)).new())
    return saved(PAGE)


@post(ONE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def change(here: NamedDependency[Here], location_id: FromPath[UUID]) -> Response[Any]:
    """Another name, other pages."""
    form = await here.form(LocationFields)
    await locations.change(location_id, form.new(), by=here.member, seen=form.seen)
    return saved(PAGE)


@post(f"{ONE}/retire", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def retire(here: NamedDependency[Here], location_id: FromPath[UUID]) -> Response[Any]:
    """It is offered no more."""
    await locations.retire(here.act, location_id)
    return saved(PAGE)


@post(f"{ONE}/bring-back", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def bring_back(here: NamedDependency[Here], location_id: FromPath[UUID]) -> Response[Any]:
    """It is offered again."""
    await locations.bring_back(location_id, by=here.member)
    return saved(PAGE)


@post(f"{ONE}/remove", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def remove(here: NamedDependency[Here], location_id: FromPath[UUID]) -> Response[Any]:
    """It leaves the list; no case belongs to it."""
    await locations.remove(location_id, by=here.member)
    return saved(PAGE)


routes = (show, make, change, retire, bring_back, remove)
