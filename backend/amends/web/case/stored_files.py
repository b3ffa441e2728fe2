"""Responses for stored files: display copies inline, both kinds in a sandbox (R-52)."""

from typing import Any

from litestar import Response

SANDBOX = "sandbox; default-src 'none'"
"""The content policy of everything that came from a stranger."""
PNG = b"\x89PNG"
"""How a PNG begins; what is redrawn is that or WebP."""


def picture(content: bytes) -> Response[Any]:
    """A picture as it was redrawn from its pixels; never the bytes that came in (R-51)."""
    return Response(
        content,
        media_type="image/png" if content.startswith(PNG) else "image/webp",
        headers={"content-security-policy": SANDBOX, "content-disposition": "inline"},
    )
