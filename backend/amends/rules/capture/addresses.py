"""Canonical form of the address of a post."""

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, unquote_plus, urlencode, urlsplit

from amends.rules.capture.hosts import ANYWHERE, HOSTS, MIRROR, host_of, platform_of, site_of
from amends.rules.capture.permalinks import Permalink, recognised
from amends.rules.case.platforms import PLATFORMS, WEB

__all__ = ["canonical_url", "folded", "kept_url", "permalink", "platform_of", "post_id", "site_of"]

TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|ttclid|twclid|li_fat_id|igsh|igshid|mc_cid|mc_eid"
    r"|_ga|_gl|_hsenc|_hsmi|srsltid|share_id|shareId|si|feature|trk|trkInfo|rdt|ref|ref_src|ref_url|ref_source"
    r"|__cft__.*|__tn__|__xts__.*|comment_tracking|_branch_match_id)$",
    re.ASCII,
)
VIEW = re.compile(r"^(?:www|m|mobile|old)\.")
ITEM = re.compile(r"^[A-Za-z]*[-_]?[0-9][-_0-9A-Za-z]*$")
"""A fragment such as comment-12 names one item of a page; any other only a place on it."""
COUNTRY_OF_GOOGLE = re.compile(r"google\.(?:com?\.)?[a-z]{2,3}")
PORTS = {"http": 80, "https": 443}
ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
BROKEN = re.compile("%(?![0-9A-Fa-f]{2})")
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
IN_PATH = "/:@!$&'()*+,;="


def canonical_url(url: str, platform: str | None = None) -> str:
    """The one form of an http or https address: the same for mobile, old, short and tracked ones; idempotent.

    The platform counts for software that runs on any host. Other addresses, and what cannot be read as one,
    come back as they are.
    """
    parts = _parts(url)
    if not parts:
        return url
    if found := permalink(url, platform):
        return found.url
    path = _escaped(parts.path.rstrip("/"), safe=IN_PATH) or "/"
    pairs = sorted(p for p in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(p[0]))
    query = "&".join(_spelled(pair, parts.query) for pair in pairs)
    fragment = f"#{_escaped(parts.fragment, safe='')}" if ITEM.match(parts.fragment) else ""
    return f"{_origin(url, parts)}{path}{'?' + query if query else ''}{fragment}"


def kept_url(url: str, platform: str | None = None) -> str:
    """The address that a post is kept under and opened by: canonical, on the host of the reader's country.

    Google's forms hold for its own hosts (google.fr), not for those of Maps, which have other paths.
    """
    folded_to = canonical_url(url, platform)
    site, known = site_of(url), PLATFORMS.get(platform_of(url))
    if not known or not known.hosts_by_country or site in ("", site_of(folded_to)):
        return folded_to
    if COUNTRY_OF_GOOGLE.fullmatch(site) or site in known.hosts.split():
        return _on_host(folded_to, f"www.{site}")
    return (
        _on_host(folded_to, site)
        if any(site.endswith(f".{one}") for one in known.hosts.split())
        else folded_to
    )


def _on_host(url: str, host: str) -> str:
    return urlsplit(url)._replace(netloc=host).geturl()


def _spelled(pair: tuple[str, str], query: str) -> str:
    """A parameter in its one spelling; one that came without "=" stays so, as in Phorum's `read.php?1,71`."""
    spelled = urlencode([pair], errors="replace")
    is_bare = not pair[1] and pair[0] in map(unquote_plus, query.split("&"))
    return spelled.removesuffix("=") if is_bare else spelled


def post_id(url: str, platform: str | None = None) -> str | None:
    """The post's own id where the address holds it: a status of X, an answer of Stack Overflow, a review."""
    found = permalink(url, platform)
    return found.id or None if found else None


def permalink(url: str, platform: str | None = None) -> Permalink | None:
    """What an address is among the forms of its site, or None when it has none of them."""
    parts = _parts(url)
    if not parts:
        return None
    known = platform_of(url)
    which = platform if known == WEB and platform in ANYWHERE else known
    forms = PLATFORMS[which].forms if which in PLATFORMS else ()
    return recognised(url.strip(), forms, origin=_origin(url, parts))


def folded(url: str) -> str:
    """A light key of an address, for a browser to know a post again, never to be opened; "" when it has none.

    Only letters count, no site is treated apart: the host without www, m, mobile and old, the path without
    its last slash, the query in order and without what tracks, a fragment that names an item; all unescaped.
    `Amends.folded` in the extension is its twin; `tests/pages/folded.json` tests both.
    """
    parts = _parts(url)
    if not parts or BROKEN.search(url):
        return ""
    pairs = [pair for pair in parts.query.split("&") if pair and not TRACKING.match(pair.partition("=")[0])]
    try:
        path, *query = [unquote(part, errors="strict") for part in (parts.path.rstrip("/"), *pairs)]
    except UnicodeDecodeError:
        return ""
    host = VIEW.sub("", _origin(url, parts).partition("://")[2])
    fragment = f"#{parts.fragment}" if ITEM.match(parts.fragment) else ""
    return f"{host}{path}{'?' if query else ''}{'&'.join(sorted(query))}{fragment}"


def _parts(url: str) -> SplitResult | None:
    """The parts of an http or https address; None when it is none or broken."""
    try:
        parts = urlsplit(url.strip())
        is_whole = parts.scheme in PORTS and (parts.port is None or parts.port >= 0)
    except ValueError:
        return None
    return parts if is_whole and host_of(url) else None


def _origin(url: str, parts: SplitResult) -> str:
    """Scheme, host and port; known sites are always reached by https."""
    host = host_of(url)
    scheme = "https" if MIRROR.sub("", host) in HOSTS else parts.scheme
    port = "" if parts.port in (None, PORTS[parts.scheme], PORTS[scheme]) else f":{parts.port}"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}{port}"


def _escaped(text: str, *, safe: str) -> str:
    """One spelling of what is escaped: unreserved characters plain, all else as upper-case %XX."""
    plain = ESCAPE.sub(lambda found: _unescaped(found[0]), text)
    return quote(plain, safe=safe + "%~", errors="replace")


def _unescaped(escape: str) -> str:
    letter = chr(int(escape[1:], 16))
    return letter if UNRESERVED.match(letter) else escape.upper()
