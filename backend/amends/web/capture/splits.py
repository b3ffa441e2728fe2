"""Splitting a post off a case."""

from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.capture import splits
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy


@post("/cases/{number:int}/posts/{post_id:uuid}/split", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def split(here: NamedDependency[Here], number: FromPath[int], post_id: FromPath[UUID]) -> Redirect:
    """A new case of one of several posts."""
    made = await splits.split(here.act, number, post_id)
    return Redirect(f"/cases/{made}?notice=split", status_code=303)


routes = (split,)
