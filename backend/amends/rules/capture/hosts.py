"""Hosts of platforms: the platform of an address."""

import re
from urllib.parse import urlsplit

from amends.rules.case.platforms import PLATFORMS, WEB
from amends.rules.team.host_names import LONGEST_HOST, wire_host

HOSTS = {
    host: platform.name
    for platform in PLATFORMS.values()
    for host in f"{platform.hosts} {platform.link_hosts}".split()
}
"""Hosts that tell the platform; what people and countries put before them (www, m, fr) does not matter."""
ANYWHERE = frozenset(platform.name for platform in PLATFORMS.values() if platform.runs_anywhere)
"""Software that runs on any host: its posts are known by the platform that the reader saw."""
PATTERNS = {
    platform.address_pattern: platform.name for platform in PLATFORMS.values() if platform.address_pattern
}
"""Host and path together, where the host alone does not tell the platform."""

MIRROR = re.compile(r"^(?:www|m|mobile|old|new|np|sh|amp|i|touch|mbasic|smile)\.")


def platform_of(url: str) -> str:
    """The platform that an address belongs to, by its host; Google's also by its path."""
    host = site_of(url)
    if not host:
        return WEB
    place = host + urlsplit(url.strip()).path
    for pattern, name in PATTERNS.items():
        if pattern.match(place):
            return name
    while host:
        if host in HOSTS:
            return HOSTS[host]
        host = host.partition(".")[2]
    return WEB


def site_of(url: str) -> str:
    """The host without what mobile, old and other views of a site put before it; "" when unreadable."""
    return MIRROR.sub("", host_of(url))


def host_of(url: str) -> str:
    """The host in lower case and in its wire form, without a final dot; "" when the address is broken."""
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return wire_host(host) or host[:LONGEST_HOST]
