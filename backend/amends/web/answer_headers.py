"""Which headers does every answer carry, whatever it is?"""

from urllib.parse import urlsplit

from litestar.types import HTTPResponseStartEvent, HTTPScope

from amends.settings import LOOPBACK, Settings
from amends.web import cross_origin
from amends.web.requests import Visit

CONTENT_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types htmx"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"

Pair = tuple[bytes, bytes]


def secured(start: HTTPResponseStartEvent, scope: HTTPScope, visit: Visit, settings: Settings) -> list[Pair]:
    """The answer's headers with ours in their place (R-43). A handler may give its own content policy."""
    given = {name.lower(): value for name, value in start["headers"]}
    ours = always(visit, settings)
    if policy := given.get(b"content-security-policy"):
        ours["content-security-policy"] = policy.decode("latin-1")
    if not (scope["path"].startswith("/static/") and start["status"] in (200, 304)):
        ours["cache-control"] = "no-store"
    ours.update(cross_origin.headers(scope))
    if "vary" in ours and b"vary" in given:
        ours["vary"] += ", " + given[b"vary"].decode("latin-1")
    kept = [(name, value) for name, value in start["headers"] if name.lower().decode("latin-1") not in ours]
    return kept + [(name.encode("latin-1"), value.encode("latin-1")) for name, value in ours.items()]


def always(visit: Visit, settings: Settings) -> dict[str, str]:
    """What every answer says, errors too."""
    headers = {
        "content-security-policy": CONTENT_POLICY.format(nonce=visit.nonce),
        "x-content-type-options": "nosniff",
        "referrer-policy": referrer_policy(settings),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": PERMISSIONS,
        "x-request-id": visit.request_id,
    }
    if settings.is_secure:
        headers["strict-transport-security"] = "max-age=31536000"
    return headers


def referrer_policy(settings: Settings) -> str:
    """No address of ours is told to anybody.

    Over plain http from another machine browsers send no Sec-Fetch-Site, and under `no-referrer` their
    Origin is "null": there our own pages, and only they, learn where a form comes from, as R-30 needs.
    """
    is_plain = not settings.is_secure and urlsplit(settings.base_url).hostname not in LOOPBACK
    return "same-origin" if is_plain else "no-referrer"
