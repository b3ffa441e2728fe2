"""How does a browser's extension become this member's, with one click?"""

from datetime import datetime, timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

from amends.services.team import browsers, codes, teams
from amends.services.team.members import Member
from amends.settings import Settings
from amends.web import templating
from amends.web.capture.bookmarklet import bookmark
from amends.web.security import Policy

JUST_NOW = timedelta(minutes=10)


@get("/pair", opt={"policy": Policy.SIGNED_IN})
async def show(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """The page whose code the extension reads when its button is clicked here."""
    team = await teams.find()
    return await templating.render(
        request,
        "pair/index.html",
        code=await codes.make("pair", member.id, now=now),
        server=settings.base_url,
        team=team.name if team else "Amends",
        minutes=codes.LIFETIMES["pair"].seconds // 60,
        paired=await _just_paired(member, now),
        bookmark=bookmark(settings.base_url),
    )


@get("/pair/browsers", opt={"policy": Policy.SIGNED_IN})
async def show_paired(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The part of the page that changes when the browser has been paired."""
    return await templating.render(
        request, "pair/_paired.html", frame=None, paired=await _just_paired(member, now)
    )


async def _just_paired(member: Member, now: datetime) -> list[browsers.BrowserShown]:
    found = await browsers.of_member(member.id, now=now)
    return [browser for browser in found if now - browser.created_at < JUST_NOW]


routes = (show, show_paired)
