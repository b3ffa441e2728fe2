"""Settings: password, and sessions on this or another machine."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.vocabulary import Role
from amends.services.team import (
    members,
    passkeys,
    passwords,
    proofs,
    providers,
    second_factors,
    sessions,
    teams,
)
from amends.web import dates
from amends.web.confirmation import confirmed
from amends.web.known_browsers import cookies_of
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, redisplayed, saved
from amends.web.passkey_site import hindrance_words
from amends.web.requests import program
from amends.web.security import Policy
from amends.web.sessions import no_cookies
from amends.web.team.browser_names import named

PAGE = "/settings/sign-in"


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A session as the settings show it; `here` is the one that reads them."""

    id: UUID
    program: str
    address: str
    since: dates.Moment
    seen: dates.Moment
    kept: bool
    here: bool


class FactorRow(msgspec.Struct, frozen=True, kw_only=True):
    """How the member's second factor stands; `lacking` when the team wants one and there is none."""

    since: dates.Moment | None
    left: int
    lacking: bool


class PasskeyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A passkey as the settings show it."""

    id: UUID
    name: str
    is_synced: bool
    made: dates.Moment
    used: dates.Moment | None


class LinkedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A provider that signs the member in, as the settings show it."""

    id: UUID
    provider: UUID
    name: str
    is_on: bool
    linked: dates.Moment
    used: dates.Moment | None


class StayForm(msgspec.Struct):
    """Whether members may stay signed in."""

    allowed: bool = False


class OwnPasswordForm(msgspec.Struct):
    """A new password, and the one it replaces."""

    current_password: str
    password: str


async def page(here: Here, *, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    """The password and the sessions; an admin also says whether members may stay signed in."""
    is_admin, linked = here.member.role is Role.ADMIN, await _linked(here)
    return await here.render(
        "settings/sign_in.html",
        status=typed.status,
        sessions=await rows(here),
        may_stay=await sessions.may_stay() if is_admin and await teams.find() else None,
        factor=await _factor(here),
        linked=linked,
        providers=[one for one in await providers.at_work() if one.id not in {of.provider for of in linked}],
        providers_error=typed.of("providers").detail,
        has_password=(await proofs.ways(here.member)).password,
        passkeys=await _passkeys(here),
        hindrance=hindrance_words(here.settings),
        passkeys_error=typed.of("passkeys").detail,
        longest_name=passkeys.LONGEST_NAME,
        wanted=await second_factors.is_wanted(),
        shortest=passwords.SHORTEST,
        error=typed.of("password").detail,
        factor_error=typed.of("second-factor").detail,
        wanted_error=typed.of("wanted").detail,
        wrong=typed.errors,
    )


async def _factor(here: Here) -> FactorRow:
    told = await second_factors.shown(here.member)
    since = dates.moment(told.since, now=here.now) if told.since else None
    return FactorRow(since=since, left=told.left, lacking=here.member.lacks_factor)


async def _linked(here: Here) -> list[LinkedRow]:
    return [
        LinkedRow(
            id=one.id,
            provider=one.provider,
            name=one.name,
            is_on=one.is_on,
            linked=dates.moment(one.linked_at, now=here.now),
            used=dates.moment(one.used_at, now=here.now) if one.used_at else None,
        )
        for one in await providers.linked_to(here.member)
    ]


async def _passkeys(here: Here) -> list[PasskeyRow]:
    return [
        PasskeyRow(
            id=one.id,
            name=one.name,
            is_synced=one.is_synced,
            made=dates.moment(one.made_at, now=here.now),
            used=dates.moment(one.used_at, now=here.now) if one.used_at else None,
        )
        for one in await passkeys.of_member(here.member.id)
    ]


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """How and where the member is signed in."""
    return await page(here)


@post("/settings/password", opt={"policy": Policy.ACCOUNT})
@redisplayed(page, "password")
async def change_password(here: NamedDependency[Here]) -> Response[Any]:
    """A new password for whoever knows the present one (R-19); every other session ends."""
    known = here.visit
    form = await here.form(OwnPasswordForm)
    await proofs.by_password(here.member, form.current_password, now=here.now)
    await members.set_password(here.member.id, form.password, now=here.now)
    fresh = await sessions.begin_for(
        here.member, address=known.address, program=program(here.request), now=here.now, how="password"
    )
    answer = saved(PAGE)
    answer.cookies.extend(cookies_of(fresh, here.request.scope, here.settings, now=here.now))
    return answer


@post("/settings/password/link", opt={"policy": Policy.ACCOUNT})
@confirmed
async def set_password(here: NamedDependency[Here]) -> Redirect:
    """For a member who has none: the page that sets one, by a link that is good once."""
    code = await members.make_link("reset", here.member.id, by=None, now=here.now)
    return Redirect(f"/password?purpose=reset&code={code}", status_code=303)


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


@post("/settings/sessions/{session_id:uuid}/end", opt={"policy": Policy.ACCOUNT})
async def end(here: NamedDependency[Here], session_id: FromPath[UUID]) -> Redirect:
    """Whoever sits there signs in again."""
    await sessions.end(here.act, session_id)
    return Redirect(f"{PAGE}?notice=ended", status_code=303)


@post("/settings/sessions/end-others", opt={"policy": Policy.ACCOUNT})
async def end_others(here: NamedDependency[Here]) -> Redirect:
    """Everywhere but here."""
    await sessions.end_others(here.act, here.visit.session_token)
    return Redirect(f"{PAGE}?notice=ended", status_code=303)


@post("/settings/sessions/end-all", opt={"policy": Policy.ACCOUNT})
async def end_all(here: NamedDependency[Here]) -> Redirect:
    """Everywhere, here too."""
    await sessions.end_all(here.act)
    return Redirect("/sign-in?notice=signed-out", status_code=303, cookies=no_cookies(here.settings))


@post("/settings/sessions/stay", opt={"policy": Policy.ADMIN})
@confirmed
@answered_once
async def let_stay(here: NamedDependency[Here]) -> Redirect:
    """Whether members may stay signed in on a device of their own."""
    form = await here.form(StayForm)
    await sessions.let_stay(here.act, form.allowed)
    return Redirect(f"{PAGE}?notice=saved", status_code=303)


routes = (show, change_password, set_password, end, end_others, end_all, let_stay)
