"""Public pages of locations, and the location that a captured post is about."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit
from uuid import UUID

from amends.rules.capture.hosts import platform_of, site_of
from amends.rules.capture.links import safe_url
from amends.rules.case.platforms import WEB

SHORT_LINKS = frozenset(
    {"maps.app.goo.gl", "goo.gl", "g.page", "g.co", "fb.me", "bit.ly", "tinyurl.com", "t.co", "tr.ee"}
)
"""Hosts of addresses that only lead to another one, which nothing here follows."""
NUMBERS = {
    "google": re.compile(r"0x[0-9a-f]+:(0x[0-9a-f]{1,16})\b|[?&#](?:ludocid|cid)=([0-9]{1,20})\b"),
    "tripadvisor": re.compile(r"-g[0-9]+-(d[0-9]+)\b"),
    "facebook": re.compile(r"[?&]id=([0-9]+)\b|/(?:pages|people)/[^/?#]+/([0-9]+)\b|/p/[^/?#]+-([0-9]+)/?"),
}
"""By what some platforms number their pages, wherever it stands in an address."""
ALWAYS_NUMBERED = frozenset({"google", "tripadvisor"})
"""There names repeat: two shops of a chain are told apart by their numbers alone."""
GOOGLE = re.compile(r"(?:[a-z]+\.)?google\.(?:com?\.)?[a-z]{2,3}")
"""Its search shows reviews of places as well as its maps do."""
OF_EVERYBODY = frozenset({
    "biz", "c", "channel", "company", "explore", "groups", "home", "i", "in", "login", "p", "pages",
    "people", "posts", "r", "reel", "review", "reviews", "search", "status", "t", "u", "user",
    "users", "watch",
})  # fmt: skip
"""First words of paths under which platforms have the pages of everybody."""
MOST_PARTS = 8
LONGEST = 2_000


def page_key(address: str) -> str:
    """By what a public page is known in addresses of posts on it; "" where the address names no page.

    A number of the platform where it has one; else the site with its path.
    """
    keys = keys_of(address)
    platform = _platform(address)
    if not keys or (platform in ALWAYS_NUMBERED and not keys[0].startswith(f"{platform}#")):
        return ""
    site, _, path = keys[0].partition("/")
    return "" if keys[0] == platform or (site == platform and path in OF_EVERYBODY) else keys[0]


def keys_of(address: str) -> list[str]:
    """The keys of the pages that an address may stand on, the narrowest first."""
    safe = safe_url(address) if len(address) <= LONGEST else None
    if not safe or site_of(safe) in SHORT_LINKS or urlsplit(safe).scheme not in ("http", "https"):
        return []
    platform = _platform(safe)
    parts = [part for part in unquote(urlsplit(safe).path).casefold().split("/") if part][:MOST_PARTS]
    site = site_of(safe) if platform == WEB else platform
    prefixes = ["/".join((site, *parts[:length])) for length in range(len(parts), -1, -1)]
    return [*_numbers(platform, unquote(safe).casefold()), *prefixes]


def _platform(address: str) -> str:
    return "google" if GOOGLE.fullmatch(site_of(address)) else platform_of(address)


def _numbers(platform: str, address: str) -> list[str]:
    """The one number that the address has, as a key; none where there are several."""
    matches = NUMBERS[platform].finditer(address) if platform in NUMBERS else ()
    found = {_number(next(filter(None, match.groups()))) for match in matches}
    return [f"{platform}#{number}" for number in found] if len(found) == 1 else []


def _number(written: str) -> str:
    """Google writes one number in two ways."""
    return str(int(written, 16)) if written.startswith("0x") else written


def location_of(addresses: Iterable[str], pages: Mapping[str, UUID]) -> UUID | None:
    """The location on whose page these addresses stand; None where none is, or where two are.

    `pages` are the keys of public pages with their locations.
    """
    found = {location for address in addresses if (location := _narrowest(address, pages))}
    return found.pop() if len(found) == 1 else None


def _narrowest(address: str, pages: Mapping[str, UUID]) -> UUID | None:
    return next((pages[key] for key in keys_of(address) if key in pages), None)
