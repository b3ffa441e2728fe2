"""API: greeting with version and clock, for pairing."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency

from amends import __version__
from amends.services.team import teams
from amends.web.requests import site, visit
from amends.web.security import Policy


class Hello(msgspec.Struct, frozen=True, rename="camel"):
    """Who answers, and whether anybody has set it up."""

    name: str
    version: str
    now: datetime
    set_up: bool


@get("/hello", operation_id="sayHello", opt={"policy": Policy.PUBLIC}, tags=["hello"], security=[{}])
async def hello(request: Request[Any, Any, Any], now: NamedDependency[datetime]) -> Hello:
    """What anybody may know, so that an extension can find out what stands between it and the server."""
    site(request).greetings.take(visit(request).network, now=now)
    return Hello(name="Amends", version=__version__, now=now, set_up=await teams.find() is not None)
