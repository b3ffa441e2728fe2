"""What do programs ask us?"""

from litestar import Router

from amends.web.api import (
    batches,
    browsers,
    captures,
    cases,
    description,
    health,
    hello,
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
unversioned = (description.describe, health.alive, health.ready)
