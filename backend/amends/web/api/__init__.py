"""What do programs ask us?"""

from litestar import Router
from litestar.types import ControllerRouterHandler

from amends.settings import Settings
from amends.web.api import (
    batches,
    browsers,
    captures,
    cases,
    description,
    health,
    hello,
    metrics,
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
        hello.hello,
    ],
)


def unversioned(settings: Settings) -> tuple[ControllerRouterHandler, ...]:
    """What is not under /api/v1; without a token for it there is no address for metrics."""
    always = (description.describe, health.alive, health.ready)
    return (*always, metrics.show) if settings.metrics_token else always
