"""ETag and conditional requests (RFC 9110)."""

import hashlib
from typing import Any

import msgspec
from litestar import MediaType, Request, Response


def tagged(request: Request[Any, Any, Any], content: msgspec.Struct) -> Response[Any]:
    """The content with its ETag, written as JSON once; 304 when that is what the browser holds already."""
    body = msgspec.json.encode(content)
    headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(None, status_code=304, headers=headers)
    return Response(body, media_type=MediaType.JSON, headers=headers)


def version_tag(version: int) -> dict[str, str]:
    """The header that says which version of a case was sent."""
    return {"ETag": f'"{version}"'}
