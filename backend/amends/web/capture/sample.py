"""Sample post to try a capture on."""

from datetime import timedelta

from litestar import Response, get
from litestar.di import NamedDependency

from amends.web import dates
from amends.web.page_kit import Here
from amends.web.security import Policy


@get("/sample", opt={"policy": Policy.WORK})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """A page with one post, marked up as many sites mark theirs."""
    posted_at = (here.now - timedelta(minutes=40)).replace(second=0, microsecond=0)
    return await here.render("sample/index.html", posted=dates.moment(posted_at, now=here.now))


routes = (show,)
