"""API: exchange of a pairing code for a token, and its revocation."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Router, delete, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from amends.services.team import browsers, teams
from amends.settings import Settings
from amends.web.requests import visit
from amends.web.security import Policy


class PairingCode(msgspec.Struct, forbid_unknown_fields=True):
    """What the extension read on the pairing page, and what this browser is to be called."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class MemberNamed(msgspec.Struct):
    """Whose browser it is now."""

    name: str
    email: str


class BrowserPaired(msgspec.Struct):
    """The token, told this once, and where it is good."""

    token: str
    member: MemberNamed
    team: str
    server: str


@post("/", operation_id="pairBrowser", opt={"policy": Policy.PAIRING})
async def pair(
    data: JSONBody[PairingCode], now: NamedDependency[datetime], settings: NamedDependency[Settings]
) -> BrowserPaired:
    """Exchanges the code of the pairing page for a token."""
    paired = await browsers.pair(data.code, name=data.name, now=now)
    team = await teams.find()
    return BrowserPaired(
        token=paired.token,
        member=MemberNamed(name=paired.member.name, email=paired.member.email),
        team=team.name if team else "Amends",
        server=settings.base_url,
    )


@delete("/current", operation_id="revokeOwnToken", opt={"policy": Policy.TOKEN})
async def revoke(request: Request[Any, Any, Any], now: NamedDependency[datetime]) -> None:
    """The token that asks is dead from now on."""
    holder = visit(request).holder
    assert holder is not None  # the policy asks for a token
    await browsers.revoke(holder.browser_id, by=holder.member, now=now)


router = Router("/browsers", route_handlers=[pair, revoke], tags=["browsers"])
