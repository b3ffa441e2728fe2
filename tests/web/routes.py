"""Which routes are there, and how does a test call each of them? Read from the application itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

NOBODYS_ID = UUID("00000000-0000-4000-8000-000000000000")
VALUES = {"uuid": str(NOBODYS_ID), "int": "999999", "str": "nothing", "path": "nothing.css"}


@dataclass(frozen=True)
class Call:
    """One method of one route, with an address whose parts name nothing that exists."""

    method: str
    path: str
    pattern: str
    handler: HTTPRouteHandler

    def __str__(self) -> str:
        return f"{self.method} {self.pattern}"


def calls(app: Litestar) -> Iterator[Call]:
    """Every call but the OPTIONS that the framework adds: the edge answers those."""
    for route in app.routes:
        assert isinstance(route, HTTPRoute), f"{route.path}: only HTTP routes are covered by these tests"
        for handler in route.route_handlers:
            for method in sorted(handler.http_methods - {"OPTIONS"}):
                yield Call(method, address(route), route.path, handler)


def address(route: HTTPRoute) -> str:
    parts = [
        part if isinstance(part, str) else VALUES[str(part.full).rpartition(":")[2]]
        for part in route.path_components
    ]
    return "/" + "/".join(parts)
