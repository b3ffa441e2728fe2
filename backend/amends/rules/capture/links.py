"""Safe links: the addresses that a page may offer to open."""

import re
from urllib.parse import urlsplit

from amends.rules.team.host_names import wire_host

SCHEMES = ("http", "https", "mailto", "tel")
LONGEST = 4_000
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def safe_url(url: str) -> str | None:
    """The address without hidden characters, or None when a person must not be led there (R-42).

    Allowed are http, https, mailto and tel, without a user's name or password in it.
    """
    plain = HIDDEN.sub("", url).strip().replace(" ", "%20")
    if len(plain) > LONGEST or "\\" in plain:
        return None
    try:
        parts = urlsplit(plain)
        host, user, _port = parts.hostname, parts.username or parts.password, parts.port
    except ValueError:
        return None
    if parts.scheme not in SCHEMES:
        return None
    if parts.scheme in ("http", "https"):
        real = host and "%" not in host and wire_host(host)
        return plain if real and user is None and plain.lower().startswith(f"{parts.scheme}://") else None
    return plain if parts.path else None


def is_template(template: str, hole: str) -> bool:
    """Whether this is the address of web pages with `hole` once, in the path, the query or the fragment."""
    address = safe_url(template.replace(hole, "1")) or ""
    _scheme, _, rest = template.partition("://")
    server = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return address.startswith(("http://", "https://")) and template.count(hole) == 1 and hole not in server


def display_host(url: str) -> str:
    """The real host of an address, in its wire form when it is not ASCII, so that look-alikes show."""
    try:
        return wire_host(urlsplit(url).hostname or "") or ""
    except ValueError:
        return ""
