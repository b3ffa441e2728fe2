"""Security headers of every response."""

from urllib.parse import urlsplit

from litestar.types import HTTPResponseStartEvent, HTTPScope

from amends.settings import LOOPBACK, Settings
from amends.web import cors
from amends.web.rate_limits import Left
from amends.web.requests import Visit

CONTENT_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types htmx service-worker"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"

Pair = tuple[bytes, bytes]
Headers = dict[bytes, bytes]

KEPT = ("/static/", "/calendar/")
"""Where an answer that is good says itself how long it may be kept; everywhere else, not at all."""

CSP, REFERRER, NO_STORE = b"content-security-policy", b"referrer-policy", (b"cache-control", b"no-store")


def secured(start: HTTPResponseStartEvent, scope: HTTPScope, visit: Visit, same: Headers) -> list[Pair]:
    """The answer's headers with ours in their place (R-43). A handler may give its own content and
    referrer policy.

    `same` are those that every answer of this installation has.
    """
    given = [(name.lower(), value) for name, value in start["headers"]]
    ours = same | {
        CSP: CONTENT_POLICY.format(nonce=visit.nonce).encode(),
        b"x-request-id": visit.request_id.encode(),
    }
    ours.update(cors.headers(scope))
    if visit.left is not None:
        ours.update(limits(visit.left))
    if not (scope["path"].startswith(KEPT) and start["status"] in (200, 304)):
        ours.update([NO_STORE])
    for name, value in given:
        if name in (CSP, REFERRER):
            ours[name] = value
        elif name == b"vary" and name in ours:
            ours[name] += b", " + value
    return [pair for pair in given if pair[0] not in ours] + list(ours.items())


def limits(left: Left) -> Headers:
    """What a token may still ask (RateLimit header fields for HTTP, IETF draft 10)."""
    return {
        b"ratelimit-policy": f'"token";q={left.quota};w=60'.encode(),
        b"ratelimit": f'"token";r={left.left};t={left.seconds}'.encode(),
    }


def same_for_all(settings: Settings) -> Headers:
    """What every answer says, errors too, whatever was asked."""
    headers = {
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": referrer_policy(settings).encode(),
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"permissions-policy": PERMISSIONS.encode(),
    }
    if settings.is_secure:
        headers[b"strict-transport-security"] = b"max-age=31536000"
    return headers


def referrer_policy(settings: Settings) -> str:
    """No address of ours is told to anybody.

    Over plain http from another machine browsers send no Sec-Fetch-Site, and under `no-referrer` their
    Origin is "null": there our own pages, and only they, learn where a form comes from, as R-30 needs.
    """
    is_plain = not settings.is_secure and urlsplit(settings.base_url).hostname not in LOOPBACK
    return "same-origin" if is_plain else "no-referrer"
