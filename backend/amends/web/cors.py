"""CORS for browser extensions on token routes; never with a cookie."""

import re

from litestar.datastructures import Headers
from litestar.types import HTTPResponseStartEvent, HTTPScope

from amends import __version__
from amends.errors import Forbidden
from amends.i18n import gettext as _

EXTENSION = re.compile(r"(?:chrome|moz)-extension://[A-Za-z0-9-]{1,64}")
ROUTES = "/api/v1/"
METHODS = ("GET", "PUT", "POST", "DELETE")
REQUEST_HEADERS = ("Authorization", "Content-Type", "If-None-Match", "Content-Digest", "Amends-Redacted")


SIGNATURE = b"amends-version"
"""On every answer of the API: without it, something in front of Amends has answered in its place."""


class NotAnExtension(Forbidden):
    """Only the browser extension may ask this from another origin."""


def headers(scope: HTTPScope) -> dict[bytes, bytes]:
    """The headers that let an extension read an answer (R-29), and tell it from a proxy's.

    On its routes always `Vary: Origin` and our signature.
    """
    if not scope["path"].startswith(ROUTES):
        return {}
    always = {b"vary": b"Origin", SIGNATURE: __version__.encode()}
    origin = Headers.from_scope(scope).get("origin", "")
    if not EXTENSION.fullmatch(origin):
        return always
    return always | {
        b"access-control-allow-origin": origin.encode(),
        b"access-control-expose-headers": b"ETag, Retry-After, Amends-Version",
    }


def preflight(scope: HTTPScope) -> HTTPResponseStartEvent | None:
    """The answer to an extension's question before its request; None for every other request.

    Raises NotAnExtension for any other OPTIONS request.
    """
    if scope["method"] != "OPTIONS":
        return None
    asked = Headers.from_scope(scope)
    wanted = {name.strip().lower() for name in asked.get("access-control-request-headers", "").split(",")}
    if (
        not scope["path"].startswith(ROUTES)
        or not EXTENSION.fullmatch(asked.get("origin", ""))
        or asked.get("access-control-request-method") not in METHODS
        or not wanted - {""} <= {name.lower() for name in REQUEST_HEADERS}
    ):
        raise NotAnExtension(_("Only the browser extension may ask this from another origin."))
    allowed = {
        "access-control-allow-methods": ", ".join(METHODS),
        "access-control-allow-headers": ", ".join(REQUEST_HEADERS),
        "access-control-allow-private-network": "true",
        "access-control-max-age": "600",
    }
    pairs = [(name.encode(), value.encode()) for name, value in allowed.items()]
    return {"type": "http.response.start", "status": 204, "headers": pairs}
