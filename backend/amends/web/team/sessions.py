"""Ending sessions on this or another machine."""

from uuid import UUID

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.team import sessions
from amends.web import dates
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy
from amends.web.team.browser_names import named


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A session as the settings show it; `here` is the one that reads them."""

    id: UUID
    program: str
    address: str
    since: dates.Moment
    seen: dates.Moment
    kept: bool
    here: bool


class StayForm(msgspec.Struct):
    """Whether members may stay signed in."""

    allowed: bool = False


async def rows(here: Here) -> list[SessionRow]:
    """The member's sessions, this one first."""
    return [
        SessionRow(
            id=one.id,
            program=named(one.program),
            address=one.address,
            since=dates.moment(one.created_at, now=here.now),
            seen=dates.moment(one.seen_at, now=here.now),
            kept=one.kept,
            here=one.here,
        )
        for one in await sessions.of_member(here.member.id, token=here.visit.session_token, now=here.now)
    ]


@post("/settings/sessions/{session_id:uuid}/end", opt={"policy": Policy.SIGNED_IN})
async def end(here: NamedDependency[Here], session_id: FromPath[UUID]) -> Redirect:
    """Whoever sits there signs in again."""
    await sessions.end(session_id, by=here.member)
    return Redirect("/settings?notice=ended#sessions", status_code=303)


@post("/settings/sessions/end-others", opt={"policy": Policy.SIGNED_IN})
async def end_others(here: NamedDependency[Here]) -> Redirect:
    """Everywhere but here."""
    await sessions.end_others(here.visit.session_token, by=here.member)
    return Redirect("/settings?notice=ended#sessions", status_code=303)


@post("/settings/sessions/stay", opt={"policy": Policy.ADMIN})
@answered_once
async def let_stay(here: NamedDependency[Here]) -> Redirect:
    """Whether members may stay signed in on a device of their own."""
    form = await here.form(StayForm)
    await sessions.let_stay(here.act, form.allowed)
    return Redirect("/settings?notice=saved#sessions", status_code=303)


routes = (end, end_others, let_stay)
