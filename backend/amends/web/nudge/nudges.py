"""Retry of a dead letter."""

from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.nudge import nudges
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy


@post("/settings/nudges/{nudge_id:uuid}/retry", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def retry(here: NamedDependency[Here], nudge_id: FromPath[UUID]) -> Redirect:
    """The worker tries it again at once."""
    await nudges.retry(here.act, nudge_id)
    return Redirect("/settings/delivery?notice=retried#nudges", status_code=303)


routes = (retry,)
