"""What do programs ask us?"""

from litestar import Router

from amends.web.api import browsers, captures, cases, description, health

router = Router("/api/v1", route_handlers=[browsers.router, captures.router, cases.router])
unversioned = (description.describe, health.alive, health.ready)
