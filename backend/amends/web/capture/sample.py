"""Which post can one capture to try everything out? A made-up complaint that belongs to nobody."""

from datetime import datetime, timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

from amends.web import dates
from amends.web.security import Policy
from amends.web.templating import render


@get("/sample", opt={"policy": Policy.SIGNED_IN})
async def show(request: Request[Any, Any, Any], now: NamedDependency[datetime]) -> Response[bytes]:
    """A page with one post, marked up as many sites mark theirs."""
    posted_at = (now - timedelta(minutes=40)).replace(second=0, microsecond=0)
    return await render(request, "sample/index.html", posted=dates.moment(posted_at, now=now))


routes = (show,)
