"""Web app manifest and share target."""

import json
from typing import Any

from litestar import Request, Response, get

from amends.i18n import LANGUAGES, language, use_language
from amends.i18n import gettext as _
from amends.web.security import Policy
from amends.web.static_files import static

PAPER, INK = "#f8f7f2", "#11181b"
"""The ground of the pages by day and by night, as tokens.css has it."""


@get("/manifest.webmanifest", opt={"policy": Policy.PUBLIC})
async def show(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The web app manifest, in the language that the page asks for: browsers fetch it without a cookie."""
    wanted = request.query_params.get("language", "")
    with use_language(wanted if wanted in LANGUAGES else language()):
        content = json.dumps(manifest(), ensure_ascii=False).encode()
    return Response(content, media_type="application/manifest+json")


def manifest() -> dict[str, Any]:
    """What a phone needs to know; sharing only fills in a form, and opens nothing by itself."""
    return {
        "id": "/",
        "name": "Amends",
        "short_name": "Amends",
        "description": _("Customer cases that begin in public: captured, answered, resolved."),
        "lang": language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static("icons/amends.svg"), "sizes": "any", "type": "image/svg+xml"},
            _png("amends-192", 192),
            _png("amends-512", 512),
            {**_png("amends-maskable-512", 512), "purpose": "maskable"},
        ],
        "shortcuts": [{"name": _("New case"), "url": "/cases/new"}, {"name": _("Cases"), "url": "/cases"}],
        "share_target": {
            "action": "/share",
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }


def _png(name: str, side: int) -> dict[str, str]:
    return {"src": static(f"icons/{name}.png"), "sizes": f"{side}x{side}", "type": "image/png"}


routes = (show,)
