"""Pairing of a browser extension."""

from datetime import datetime, timedelta

from litestar import Response, get
from litestar.di import NamedDependency

from amends.services.team import browsers, codes, teams
from amends.services.team.members import Member
from amends.web.capture.bookmarklet import bookmark
from amends.web.confirmation import confirmed
from amends.web.page_kit import Here
from amends.web.security import Policy

JUST_NOW = timedelta(minutes=10)


@get("/pair", opt={"policy": Policy.SIGNED_IN})
@confirmed
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The page whose code the extension reads when its button is clicked here."""
    team = await teams.find()
    return await here.render(
        "pair/index.html",
        code=await codes.make("pair", here.member.id, now=here.now),
        server=here.settings.base_url,
        team=team.name if team else "Amends",
        minutes=codes.LIFETIMES["pair"].seconds // 60,
        paired=await _just_paired(here.member, here.now),
        bookmark=bookmark(here.settings.base_url),
    )


@get("/pair/browsers", opt={"policy": Policy.SIGNED_IN})
async def show_paired(here: NamedDependency[Here]) -> Response[bytes]:
    """The part of the page that changes when the browser has been paired."""
    return await here.render(
        "pair/_paired.html", frame=None, paired=await _just_paired(here.member, here.now)
    )


async def _just_paired(member: Member, now: datetime) -> list[browsers.BrowserShown]:
    found = await browsers.of_member(member.id, now=now)
    return [browser for browser in found if now - browser.created_at < JUST_NOW]


routes = (show, show_paired)
