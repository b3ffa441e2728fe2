"""OpenAPI description as one JSON document."""

from typing import Any

from litestar import Litestar, Request, Response, Router, get
from litestar.config.app import AppConfig
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Server
from litestar.plugins import InitPlugin

from amends import __version__
from amends.web.api.operations import completed
from amends.web.security import Policy

TOKEN_SCHEME = "token"  # noqa: S105 - the scheme's name


@get("/api/openapi.json", opt={"policy": Policy.PUBLIC}, include_in_schema=False)
async def describe(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """The description of the API."""
    return Response(whole(request.app))


def whole(app: Litestar) -> dict[str, Any]:
    """The description, completed. Our structs refuse unknown fields, so their schemas say so too (R-34)."""
    described: dict[str, Any] = closed(completed(app.openapi_schema.to_schema(), app))
    return described


def configuration(base_url: str) -> OpenAPIConfig:
    """The head of the description."""
    scheme = SecurityScheme(type="http", scheme="bearer", description="amends_<prefix>_<secret>")
    return OpenAPIConfig(
        title="Amends",
        version=__version__,
        description="Captures, cases and pairing. Errors are problems as RFC 9457 describes them.",
        servers=[Server(url=base_url)],
        components=Components(security_schemes={TOKEN_SCHEME: scheme}),
        security=[{TOKEN_SCHEME: []}],
        render_plugins=[],
        use_handler_docstrings=True,
    )


class WithoutItsPages(InitPlugin):
    """Takes out the routes that the framework adds for the description; it runs after all other plugins."""

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """Leaves the routes that are ours."""
        app_config.route_handlers = [
            route
            for route in app_config.route_handlers
            if not (isinstance(route, Router) and route.path == "/schema")
        ]
        return app_config


def last(app_config: AppConfig) -> AppConfig:
    """Sees to it that WithoutItsPages has the last word."""
    app_config.plugins.append(WithoutItsPages())
    return app_config


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
