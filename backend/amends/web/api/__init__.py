"""What do programs ask us, and how is that described?"""

from typing import Any, cast

from litestar import Request, Response, Router, get
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Server

from amends import __version__
from amends.web.api import browsers, captures, cases, health
from amends.web.security import Policy

TOKEN_SCHEME = "token"  # noqa: S105 - the scheme's name


@get("/api/openapi.json", opt={"policy": Policy.PUBLIC}, include_in_schema=False)
async def describe(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """The description of the API. Our structs refuse unknown fields, so their schemas say so too (R-34)."""
    return Response(closed(request.app.openapi_schema.to_schema()))


def description(base_url: str) -> OpenAPIConfig:
    """The head of the description; there is no page for it that would load from elsewhere."""
    scheme = SecurityScheme(type="http", scheme="bearer", description="amends_<prefix>_<secret>")
    return OpenAPIConfig(
        title="Amends",
        version=__version__,
        description="Captures, cases and pairing. Errors are problems as RFC 9457 describes them.",
        servers=[Server(url=base_url)],
        components=Components(security_schemes={TOKEN_SCHEME: scheme}),
        security=[{TOKEN_SCHEME: []}],
        render_plugins=[],
        openapi_controller=cast(Any, describe),  # the one route that is wanted of those the framework adds
        use_handler_docstrings=True,
    )


def closed(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same schema, in which no object with named properties has others."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(part) for name, part in schema.items()}
    if made.get("type") == "object" and "properties" in made:
        made.setdefault("additionalProperties", False)
    return made


router = Router("/api/v1", route_handlers=[browsers.router, captures.router, cases.router])
health_routes = (health.alive, health.ready)
