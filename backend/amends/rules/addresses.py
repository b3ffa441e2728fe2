"""Which one form has an address, of all those under which people share it?"""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from amends.rules.links import wire_host
from amends.rules.vocabulary import Platform

HOSTS: dict[str, Platform] = {
    "x.com": Platform.X,
    "twitter.com": Platform.X,
    "reddit.com": Platform.REDDIT,
    "redd.it": Platform.REDDIT,
    "bsky.app": Platform.BLUESKY,
    "threads.net": Platform.THREADS,
    "threads.com": Platform.THREADS,
    "facebook.com": Platform.FACEBOOK,
    "instagram.com": Platform.INSTAGRAM,
    "linkedin.com": Platform.LINKEDIN,
    "tiktok.com": Platform.TIKTOK,
    "youtube.com": Platform.YOUTUBE,
    "youtu.be": Platform.YOUTUBE,
    "trustpilot.com": Platform.TRUSTPILOT,
    "tripadvisor.com": Platform.TRIPADVISOR,
    "yelp.com": Platform.YELP,
    "play.google.com": Platform.PLAY,
    "apps.apple.com": Platform.APPSTORE,
    "news.ycombinator.com": Platform.HACKERNEWS,
    "stackoverflow.com": Platform.STACKEXCHANGE,
}
"""Hosts that tell the platform; what people put before them (www, m, old) does not matter."""

FOLDED = {Platform.X: "x.com", Platform.REDDIT: "www.reddit.com"}
MIRROR = re.compile(r"^(?:www|m|mobile|old|new|np|sh|amp|i)\.")
TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|ttclid|twclid|li_fat_id|igsh|igshid|mc_cid|mc_eid"
    r"|_ga|_gl|_hsenc|_hsmi|srsltid|share_id|shareId|si|feature|trk|trkInfo|rdt|ref|ref_src|ref_url|ref_source"
    r"|__cft__.*|__tn__|__xts__.*|comment_tracking|_branch_match_id)$"
)
OF_X = re.compile(r"^/(?:([A-Za-z0-9_]{1,20})|i(?:/web)?)/status(?:es)?/(\d{1,20})")
OF_REDDIT = re.compile(
    r"^(?:/(?:r|user|u)/[^/]+)?/comments/([a-z0-9]+)(?:/([^/]*)(?:/([a-z0-9_]+))?)?/?", re.I
)
OF_REDD_IT = re.compile(r"^/([A-Za-z0-9]+)/*$")
ITEM = re.compile(r"^[A-Za-z]*[-_]?[0-9][-_0-9A-Za-z]*$")
"""A fragment such as comment-12 names one item of a page; any other only a place on it."""
PORTS = {"http": 80, "https": 443}
ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


def platform_of(url: str) -> Platform:
    """The platform that an address belongs to, by its host."""
    host = site_of(url)
    while host:
        if host in HOSTS:
            return HOSTS[host]
        host = host.partition(".")[2]
    return Platform.WEB


def canonical_url(url: str, platform: Platform | None = None) -> str:
    """The one form of an http or https address: the same for mobile, old, short and tracked ones; idempotent.

    Other addresses, and what cannot be read as one, come back as they are.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = _host(url), parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not host:
        return url
    if folded := _folded(url, platform or platform_of(url)):
        return folded
    path = _escaped(parts.path.rstrip("/"), safe="/:@!$&'()*+,;=") or "/"
    query = urlencode(
        sorted(p for p in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(p[0]))
    )
    fragment = f"#{_escaped(parts.fragment, safe='')}" if ITEM.match(parts.fragment) else ""
    scheme = "https" if MIRROR.sub("", host) in HOSTS else parts.scheme
    port_shown = "" if port in (None, PORTS[parts.scheme], PORTS[scheme]) else f":{port}"
    return f"{scheme}://{host}{port_shown}{path}{'?' + query if query else ''}{fragment}"


def post_id(url: str) -> str | None:
    """The post's own id where the address holds it: a status of X, a post or comment of Reddit."""
    platform = platform_of(url)
    if platform is Platform.WEB:
        return None
    parts = urlsplit(url)
    if platform is Platform.X and (found := OF_X.match(parts.path)):
        return found[2]
    if platform is Platform.REDDIT:
        if _host(url) == "redd.it":
            return f"t3_{found[1].lower()}" if (found := OF_REDD_IT.match(parts.path)) else None
        if found := OF_REDDIT.match(parts.path):
            return f"t1_{found[3].lower()}" if found[3] else f"t3_{found[1].lower()}"
    return None


def folded(url: str) -> str:
    """The address as a browser compares it: without scheme, www, final slash and place on the page."""
    try:
        parts = urlsplit(canonical_url(url))
    except ValueError:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    item = f"#{parts.fragment}" if ITEM.match(parts.fragment) else ""
    return f"{MIRROR.sub('', parts.netloc.lower())}{parts.path.rstrip('/')}{query}{item}"


def site_of(url: str) -> str:
    """The host without what mobile, old and other views of a site put before it; "" when unreadable."""
    return MIRROR.sub("", _host(url))


def _folded(url: str, platform: Platform) -> str | None:
    """Addresses of posts whose site we know by heart."""
    if platform is Platform.X and platform_of(url) is platform and (found := OF_X.match(urlsplit(url).path)):
        return f"https://{FOLDED[platform]}/{found[1] or 'i'}/status/{found[2]}"
    if platform is Platform.REDDIT and platform_of(url) is platform:
        return _folded_reddit(url)
    return None


def _folded_reddit(url: str) -> str | None:
    path = urlsplit(url).path
    if _host(url) == "redd.it" and (found := OF_REDD_IT.match(path)):
        return f"https://www.reddit.com/comments/{found[1]}/"
    if found := OF_REDDIT.match(path):
        return f"https://www.reddit.com{_escaped(found[0].rstrip('/'), safe='/')}/"
    return None


def _host(url: str) -> str:
    """The host in lower case and in its wire form, without a final dot; "" when the address is broken."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return wire_host(host) or host


def _escaped(text: str, *, safe: str) -> str:
    """One spelling of what is escaped: unreserved characters plain, all else as upper-case %XX."""
    plain = ESCAPE.sub(lambda found: _unescaped(found[0]), text)
    return quote(plain, safe=safe + "%~")


def _unescaped(escape: str) -> str:
    letter = chr(int(escape[1:], 16))
    return letter if UNRESERVED.match(letter) else escape.upper()
