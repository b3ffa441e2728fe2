"""Revocation of a browser's token."""

from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.team import browsers
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy


@post("/settings/browsers/{browser_id:uuid}/revoke", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def revoke(here: NamedDependency[Here], browser_id: FromPath[UUID]) -> Redirect:
    """The browser's token is dead at once; what it has not sent yet waits in it."""
    await browsers.revoke(browser_id, by=here.member, now=here.now)
    return Redirect("/settings?notice=removed#browsers", status_code=303)


routes = (revoke,)
