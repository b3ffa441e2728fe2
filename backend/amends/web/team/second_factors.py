"""Settings: the member's own second factor, and whether the team wants one."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from markupsafe import Markup

from amends.services.team import second_factors
from amends.services.team.second_factors import NoSecondFactor
from amends.web.confirmation import confirmed
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, submit_or_redisplay
from amends.web.security import Policy
from amends.web.team import sessions

PAGE = "/settings/second-factor"


class CodeForm(msgspec.Struct):
    """What the phone shows."""

    code: str = ""


class WantedForm(msgspec.Struct):
    """Whether approvers, leads and admins need one."""

    wanted: bool = False


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The secret as a picture and in letters, and where the first code is typed."""
    import segno

    waiting = await second_factors.begun(here.member, here.secrets)
    if waiting is None:
        raise NoSecondFactor
    picture = segno.make(waiting.address, error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    return await here.render(
        "second_factor/index.html",
        status=typed.status,
        secret=" ".join(waiting.secret[at : at + 4] for at in range(0, len(waiting.secret), 4)),
        picture=Markup(picture),  # noqa: S704 - drawn by the library from our own address
        error=typed.detail,
        wrong=typed.errors,
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The second factor that waits to be confirmed."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ACCOUNT})
@confirmed
async def begin(here: NamedDependency[Here]) -> Response[Any]:
    """A fresh secret."""
    await second_factors.begin(here.act, here.secrets)
    return Redirect(PAGE, status_code=303)


@post(f"{PAGE}/confirm", opt={"policy": Policy.ACCOUNT})
@confirmed
@redisplayed(page)
async def confirm(here: NamedDependency[Here]) -> Response[Any]:
    """The first code was right: recovery codes, told this once."""
    form = await here.form(CodeForm)
    return await _codes(here, await second_factors.confirm(here.act, form.code, here.secrets))


@post(f"{PAGE}/codes", opt={"policy": Policy.ACCOUNT})
@confirmed
async def renew(here: NamedDependency[Here]) -> Response[Any]:
    """Fresh recovery codes; the others are good no more."""
    return await _codes(here, await second_factors.renew_codes(here.act))


async def _codes(here: Here, told: list[str]) -> Response[bytes]:
    return await here.render("second_factor/codes.html", codes=told, by_passkey=False)


@post(f"{PAGE}/off", opt={"policy": Policy.ACCOUNT})
@confirmed
@submit_or_redisplay(sessions.page, "second-factor")
async def turn_off(here: NamedDependency[Here]) -> Response[Any]:
    """The password is enough again."""
    await second_factors.turn_off(here.act)
    return Redirect(f"{sessions.PAGE}?notice=saved", status_code=303)


@post(f"{PAGE}/wanted", opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(sessions.page, "wanted")
async def want(here: NamedDependency[Here]) -> Response[Any]:
    """Whether approvers, leads and admins need one."""
    form = await here.form(WantedForm)
    await second_factors.want(here.act, form.wanted)
    return Redirect(f"{sessions.PAGE}?notice=saved", status_code=303)


routes = (show, begin, confirm, renew, turn_off, want)
