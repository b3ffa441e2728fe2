"""HTTP API for programs and extensions, under /api/v1."""

from litestar import Router
from litestar.types import ControllerRouterHandler

from amends.web.api import (
    batches,
    browsers,
    captures,
    cases,
    description,
    health,
    hello,
    metrics,
    places,
    posts,
    replies,
)

router = Router(
    "/api/v1",
    route_handlers=[
        browsers.router,
        batches.router,
        captures.router,
        replies.router,
        cases.router,
        posts.router,
        places.router,
        hello.hello,
    ],
)


def unversioned(*, is_measured: bool) -> tuple[ControllerRouterHandler, ...]:
    """What is not under /api/v1; where no token for monitors was set there is no address for metrics."""
    always = (description.describe, health.alive, health.ready)
    return (*always, metrics.show) if is_measured else always
