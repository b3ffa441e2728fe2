"""Pairing of a browser extension."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from amends.services.team import browsers, codes, teams
from amends.web.capture.bookmarklet import bookmark
from amends.web.confirmation import confirmed
from amends.web.page_kit import Here
from amends.web.security import Policy


@get("/pair", opt={"policy": Policy.SIGNED_IN})
@confirmed
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The page whose code the extension reads when its button is clicked here."""
    team = await teams.find()
    code = await codes.make("pair", here.member.id, now=here.now)
    return await here.render(
        "pair/index.html",
        code=code,
        code_hash=codes.hash_of(code),
        server=here.settings.base_url,
        team=team.name if team else "Amends",
        minutes=codes.LIFETIMES["pair"].seconds // 60,
        paired=None,
        bookmark=bookmark(here.settings.base_url),
    )


@get("/pair/browsers", opt={"policy": Policy.SIGNED_IN})
async def show_paired(here: NamedDependency[Here], code: FromQuery[str] = "") -> Response[bytes]:
    """The part of the page that changes when its own code, named by its hash, has paired a browser."""
    paired = await browsers.paired_with(code, here.member.id, now=here.now)
    return await here.render("pair/_paired.html", frame=None, paired=paired, code_hash=code[:64])


routes = (show, show_paired)
