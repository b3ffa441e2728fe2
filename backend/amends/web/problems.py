"""Error responses: problem+json (RFC 9457), or a page."""

import json
from html import escape
from typing import Any
from urllib.parse import urlencode

from litestar import MediaType, Request, Response
from litestar.datastructures import Headers
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Redirect
from litestar.types import HTTPScope, Receive, Scope, Send

from amends import logs
from amends.database import from_driver_error
from amends.errors import AmendsError, Invalid
from amends.i18n import N_
from amends.i18n import gettext as _
from amends.web import templating
from amends.web.page_frame import frame
from amends.web.requests import Visit, page_here, visit

NEWER = N_("This server does not know a field that was sent. If the extension is newer, update the server.")

TOO_LARGE = N_(
    "Send less at once: smaller files, or fewer. Your browser’s Back button leads to the form; "
    "what you typed is usually still there."
)

log = logs.logger(__name__)

FRAMEWORK = {
    400: ("malformed-request", N_("This request could not be read.")),
    404: ("nothing-here", N_("There is no page at this address.")),
    405: ("wrong-method", N_("This address does not accept this kind of request.")),
    413: ("too-large", N_("This is larger than the server accepts.")),
    415: ("wrong-media-type", N_("This kind of content is not accepted here.")),
    422: ("invalid", N_("Something in what was sent is missing or wrong.")),
    500: ("unexpected", N_("Something went wrong on the server. It has been logged.")),
}
"""What the framework itself refuses, as slug and sentence by status."""


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A problem (RFC 9457) under /api, else a page in the reader's language; never a traceback (R-57)."""
    told = from_driver_error(error) or error
    problem = described(told)
    if problem["status"] >= 500:
        log.error("request failed", request_id=visit(request).request_id, exc_info=error)
    problem["request_id"] = visit(request).request_id
    headers = _headers(told, problem)
    if request.scope["path"].startswith("/api/"):
        body = json.dumps(problem, ensure_ascii=False).encode("utf-8", "replace")
        return Response(
            body, media_type="application/problem+json", status_code=problem["status"], headers=headers
        )
    if problem["type"].endswith(":not-signed-in"):
        return _to_sign_in(request)
    page = templating.framed(
        request,
        "problem.html",
        status=problem["status"],
        problem=problem,
        frame=visit(request).frame,
        back=visit(request).form_page,
    )
    if "hx-request" in request.headers:  # the page says what went wrong; it is not a piece of the case
        headers["hx-retarget"] = "body"
    page.headers.update(headers)
    return page


async def prepare(error: Exception, scope: Scope) -> None:
    """What stands around the page for a problem, which is answered where nothing can be awaited."""
    known: Visit = scope["state"]["visit"]
    if known.member is not None and described(error)["status"] < 500:
        known.frame = await frame(known.member, now=known.now)


def described(error: Exception) -> dict[str, Any]:
    """The members of the problem: type, title, status, detail, and `fields` where some are wrong."""
    if isinstance(error, AmendsError):
        title = _(error.title())
        detail = title if error.detail == error.title() else error.detail
        problem = _problem(error.slug(), error.status, title, detail)
        if isinstance(error, Invalid) and error.fields:
            problem["fields"] = error.fields
        return problem
    status = error.status_code if isinstance(error, HTTPException) else 500
    if isinstance(error, ValidationException):
        status = 422
    slug, sentence = FRAMEWORK.get(status, FRAMEWORK[400 if status < 500 else 500])
    problem = _problem(slug, status, _(sentence), _(sentence))
    if status == 413:
        problem["detail"] = _(TOO_LARGE)
    if isinstance(error, ValidationException):
        problem["fields"] = _fields(error)
        if any("unknown field" in words for words in problem["fields"].values()):
            problem["detail"] = _(NEWER)
    return problem


async def send(error: Exception, scope: HTTPScope, receive: Receive, send: Send) -> None:
    """Answers with the problem from outside of any route."""
    request: Request[Any, Any, Any] = Request(scope, receive, send)
    response = answer(request, error)
    await response.to_asgi_response(app=None, request=request)(scope, receive, send)


async def send_plainly(error: Exception, visit: Visit, send: Send) -> None:
    """The last resort, when even the page for problems fails."""
    sentence = escape(_(FRAMEWORK[500][1]))
    body = f"<!doctype html><title>500</title><p>{sentence}<p>{visit.request_id}".encode()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _problem(slug: str, status: int, title: str, detail: str) -> dict[str, Any]:
    return {"type": f"urn:amends:problem:{slug}", "title": title, "status": status, "detail": detail}


def _headers(error: Exception, problem: dict[str, Any]) -> dict[str, str]:
    headers = {}
    if isinstance(error, AmendsError) and (seconds := error.extra.get("retry_after")):
        headers["retry-after"] = str(seconds)
    if isinstance(error, HTTPException) and (allowed := Headers(error.headers or {}).get("allow")):
        headers["allow"] = allowed.replace("GET", "GET, HEAD")
    if problem["type"].endswith((":token-is-not-good", ":token-is-missing")):
        headers["www-authenticate"] = "Bearer"
    return headers


def _fields(error: ValidationException) -> dict[str, str]:
    """The framework's words are for programmers, and so is the API."""
    extra = error.extra if isinstance(error.extra, list) else []
    return {
        str(one.get("key", "body")): str(one.get("message", "")) for one in extra if isinstance(one, dict)
    }


def _to_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """To the sign-in page, and from there back to the page that was asked for, or on which the form stood."""
    page = _page_to_go_back_to(request)
    target = "/sign-in" + (f"?{urlencode({'next': page})}" if page not in ("", "/") else "")
    if request.headers.get("hx-request") == "true":
        return Response(b"", status_code=401, media_type=MediaType.HTML, headers={"hx-redirect": target})
    return Redirect(target, status_code=303)


def _page_to_go_back_to(request: Request[Any, Any, Any]) -> str:
    """A part of a page and a form say where they stand; a form that does not leads to Today."""
    is_form = request.method not in ("GET", "HEAD")
    if is_form and not visit(request).form_page and "hx-current-url" not in request.headers:
        return ""
    return page_here(request)
