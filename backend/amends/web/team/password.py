"""Choosing a password by an invitation or reset link."""

from typing import Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.errors import Invalid
from amends.services.team import codes, members
from amends.settings import Settings
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed
from amends.web.security import Policy
from amends.web.team.sign_in import signed_in


class PasswordForm(msgspec.Struct):
    """The link's own words, and the new password."""

    purpose: Literal["invite", "reset"]
    code: str
    password: str


def link(purpose: codes.Purpose, code: str, settings: Settings) -> str:
    """The address to give to the member; it is good once (R-16, R-17)."""
    return f"{settings.base_url}/password?purpose={purpose}&code={code}"


async def _page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    asked = typed.values or here.query
    purpose: codes.Purpose = "reset" if asked.get("purpose") == "reset" else "invite"
    code = asked.get("code", "")
    return await here.render(
        "password/index.html",
        status=typed.status,
        owner=await members.find(await codes.owner_of(purpose, code, now=here.now)),
        purpose=purpose,
        code=code,
        wrong=typed.errors,
    )


@get("/password", opt={"policy": Policy.PUBLIC})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The form, as long as the link is good. Raises CodeIsSpent."""
    return await _page(here)


@post("/password", opt={"policy": Policy.PUBLIC})
@redisplayed(_page, only=Invalid)
async def choose(here: NamedDependency[Here]) -> Response[Any]:
    """Sets the password, ends every other session, and signs the member in here."""
    form = await here.form(PasswordForm)
    member = await members.choose_password(form.purpose, form.code, form.password, now=here.now)
    notice = "password-set" if form.purpose == "invite" else "password"
    return await signed_in(here, member, f"/?notice={notice}")


routes = (show, choose)
