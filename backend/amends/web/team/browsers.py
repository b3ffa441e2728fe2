"""How does a member take a browser's token back?"""

from datetime import datetime
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.team import browsers
from amends.services.team.members import Member
from amends.web.security import Policy


@post("/settings/browsers/{browser_id:uuid}/revoke", opt={"policy": Policy.SIGNED_IN})
async def revoke(
    browser_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Redirect:
    """The browser's token is dead at once; what it has not sent yet waits in it."""
    await browsers.revoke(browser_id, by=member, now=now)
    return Redirect("/settings?notice=removed#browsers", status_code=303)


routes = (revoke,)
