"""Places to watch: the list, one place with its visits, and its forms (P1, P2, P41)."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.vocabulary import Role
from amends.services.desk import watched_places
from amends.services.desk.watched_places import Given
from amends.services.desk.watched_places.rows import today
from amends.services.team import members
from amends.web.desk import watched_places_view as view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, submit_or_redisplay
from amends.web.security import Policy

PAGE = view.PAGE
ONE = f"{PAGE}/{{place:uuid}}"


class PlaceForm(msgspec.Struct, kw_only=True):
    """What a lead writes of a place, and the version that they saw."""

    name: str = ""
    address: str = ""
    every: int = 0
    member: list[UUID] = []
    version: int = 0

    def given(self) -> Given:
        """The same as the command takes it."""
        return Given(name=self.name, address=self.address, every=self.every, members=self.member)


class VisitForm(msgspec.Struct):
    """How many cases were found, and whether the form stands on Today."""

    found: int = 0
    today: Annotated[str, msgspec.Meta(max_length=2)] = ""


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The places, the reader's own visits first; what a lead may add."""
    return await _list(here)


async def _list(here: Here, *, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    leads = here.member.role.reaches(Role.LEAD)
    day = await today(here.now)
    places = [
        view.place(one, reader=here.member.id, today=day, now=here.now)
        for one in await watched_places.listed(now=here.now)
    ]
    return await here.render(
        "places/index.html",
        status=typed.status,
        mine=[one for one in places if one.is_mine],
        others=[one for one in places if not one.is_mine],
        suggestions=[view.suggestion(one) for one in await watched_places.suggested()] if leads else [],
        leads=leads,
        problem=typed.detail,
    )


async def _new_page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    query = {name: here.query.get(name, "") for name in ("name", "address")}
    return await here.render(
        "places/new.html",
        status=typed.status,
        typed=view.typed_values(typed, None, query),
        members=view.ticks(await members.everyone(), typed.several.get("member", ()), here.member.id),
        intervals=view.intervals(),
        wrong=typed.errors,
        problem=typed.problem,
    )


@get(f"{PAGE}/new", opt={"policy": Policy.LEAD})
async def ask_new(here: NamedDependency[Here]) -> Response[bytes]:
    """The form for one more place; a suggestion fills it in."""
    return await _new_page(here)


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_new_page, "new")
async def add(here: NamedDependency[Here]) -> Response[Any]:
    """One more place."""
    await watched_places.add_place(here.act, (await here.form(PlaceForm)).given())
    return Redirect(f"{PAGE}?notice=saved", status_code=303)


async def _page(here: Here, *, place: UUID, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    shown = await watched_places.find(place, now=here.now)
    row = shown.place
    chosen = typed.several.get("member", ()) if typed.values else tuple(map(str, row.members))
    return await here.render(
        "places/show.html",
        status=typed.status,
        place=view.place(shown, reader=here.member.id, today=await today(here.now), now=here.now),
        visits=[view.visit(one, now=here.now) for one in await watched_places.visits_of(place)],
        leads=here.member.role.reaches(Role.LEAD),
        typed=view.typed_values(typed, row, {}),
        members=view.ticks(await members.everyone(), chosen, here.member.id),
        version=row.version,
        intervals=view.intervals(),
        wrong=typed.errors,
        problem=typed.problem,
    )


@get(ONE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], place: FromPath[UUID]) -> Response[bytes]:
    """One place."""
    return await _page(here, place=place)


@post(ONE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "place")
async def change(here: NamedDependency[Here], place: FromPath[UUID]) -> Response[Any]:
    """Another name, page, interval or other members."""
    form = await here.form(PlaceForm)
    await watched_places.change(here.act, place, form.given(), version=form.version)
    return Redirect(f"{PAGE}/{place}?notice=saved", status_code=303)


@post(f"{ONE}/remove", opt={"policy": Policy.LEAD})
@answered_once
async def remove(here: NamedDependency[Here], place: FromPath[UUID]) -> Response[Any]:
    """It is watched no more."""
    await watched_places.remove(here.act, place)
    return Redirect(f"{PAGE}?notice=removed", status_code=303)


@post(f"{ONE}/visits", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_list, "visit")
async def visit(here: NamedDependency[Here], place: FromPath[UUID]) -> Response[Any]:
    """The reader was there, and found so many cases."""
    form = await here.form(VisitForm)
    await watched_places.visit(here.act, place, found=form.found)
    return Redirect(f"{'/' if form.today else PAGE}?notice=visited", status_code=303)


@post(f"{ONE}/visits/{{visited:uuid}}/found", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_list, "visit")
async def say_found(
    here: NamedDependency[Here], place: FromPath[UUID], visited: FromPath[UUID]
) -> Response[Any]:
    """What a visit found that a browser had marked."""
    await watched_places.say_found(here.act, place, visited, (await here.form(VisitForm)).found)
    return Redirect(f"{PAGE}?notice=saved", status_code=303)


@post(f"{ONE}/visits/{{visited:uuid}}/undo", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def undo(here: NamedDependency[Here], place: FromPath[UUID], visited: FromPath[UUID]) -> Response[Any]:
    """There was no visit after all."""
    await watched_places.undo(here.act, place, visited)
    return Redirect(f"{PAGE}?notice=undone", status_code=303)


routes = (index, ask_new, add, show, change, remove, visit, say_found, undo)
