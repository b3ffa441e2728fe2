"""API: the places to watch that a browser marks as visited when they are opened."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.services.desk import watched_places
from amends.services.team.members import Member
from amends.web.api.etags import tagged
from amends.web.api.idempotency import answered_once
from amends.web.api.kit import Asked
from amends.web.requests import site, visit
from amends.web.security import Policy


class PlaceSent(msgspec.Struct, frozen=True):
    """One place that is due: its id, by which a visit is told, and its page."""

    id: UUID
    url: str


class PlacesSent(msgspec.Struct, frozen=True):
    """The places whose visit is due today or late, and whose turn is the member's who asks; no others."""

    places: list[PlaceSent]


class VisitKept(msgspec.Struct, frozen=True):
    """Whether the visit counts: False where the place was visited already."""

    counted: bool


@get("/", operation_id="listPlaces", opt={"policy": Policy.TOKEN_READ})
async def index(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[PlacesSent | None]:
    """The member's own visits of today; 304 when the browser has them."""
    holder = visit(request).holder
    assert holder is not None  # the policy asks for a token
    site(request).lists.take(str(holder.browser_id), now=now)
    due = await watched_places.due_for(member.id, now=now)
    return tagged(request, PlacesSent([PlaceSent(one.place.id, one.place.address) for one in due.places]))


@post(
    "/{place:uuid}/visits",
    operation_id="addVisit",
    status_code=200,
    opt={"policy": Policy.TOKEN_CAPTURE},
)
@answered_once
async def opened(asked: NamedDependency[Asked], place: FromPath[UUID]) -> VisitKept:
    """The member opened the place in their browser; nothing else of the page is told."""
    kept = await watched_places.visit(asked.act, place, found=None, by_browser=True)
    return VisitKept(counted=kept is not None)


router = Router("/places", route_handlers=[index, opened], tags=["places"])
