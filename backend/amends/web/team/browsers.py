"""Settings: paired browsers, and revocation of a browser's token."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.team import browsers
from amends.web import dates
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy

PAGE = "/settings/browsers"


@get(PAGE, opt={"policy": Policy.WORK})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The member's browsers; an admin sees everybody's."""
    shown = [
        (
            browser,
            dates.moment(browser.created_at, now=here.now),
            dates.moment(browser.seen_at, now=here.now) if browser.seen_at else None,
        )
        for browser in await browsers.shown_to(here.member, now=here.now)
        if not browser.is_program
    ]
    return await here.render("settings/browsers.html", browsers=shown)


@post("/settings/browsers/{browser_id:uuid}/revoke", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def revoke(here: NamedDependency[Here], browser_id: FromPath[UUID]) -> Redirect:
    """The browser's token is dead at once; what it has not sent yet waits in it."""
    await browsers.revoke(browser_id, by=here.member, now=here.now)
    return Redirect(f"{PAGE}?notice=removed", status_code=303)


routes = (show, revoke)
