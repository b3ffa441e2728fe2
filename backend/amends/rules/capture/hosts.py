"""Hosts of platforms: the platform of an address."""

import re
from urllib.parse import urlsplit

from amends.rules.capture.links import wire_host
from amends.rules.vocabulary import Platform

HOSTS_OF = {
    Platform.X: "x.com twitter.com",
    Platform.REDDIT: "reddit.com redd.it",
    Platform.BLUESKY: "bsky.app",
    Platform.THREADS: "threads.net threads.com",
    Platform.FACEBOOK: "facebook.com fb.com fb.watch",
    Platform.INSTAGRAM: "instagram.com instagr.am",
    Platform.LINKEDIN: "linkedin.com lnkd.in",
    Platform.TIKTOK: "tiktok.com",
    Platform.YOUTUBE: "youtube.com youtu.be youtube-nocookie.com",
    Platform.TRUSTPILOT: "trustpilot.com",
    Platform.GOOGLE: "maps.app.goo.gl g.page",
    Platform.TRIPADVISOR: """
        tripadvisor.com tripadvisor.at tripadvisor.be tripadvisor.ca tripadvisor.ch tripadvisor.cl
        tripadvisor.cn tripadvisor.co tripadvisor.co.hu tripadvisor.co.id tripadvisor.co.il
        tripadvisor.co.kr tripadvisor.co.nz tripadvisor.co.uk tripadvisor.co.za tripadvisor.com.ar
        tripadvisor.com.au tripadvisor.com.br tripadvisor.com.eg tripadvisor.com.gr tripadvisor.com.hk
        tripadvisor.com.mx tripadvisor.com.my tripadvisor.com.pe tripadvisor.com.ph tripadvisor.com.sg
        tripadvisor.com.tr tripadvisor.com.tw tripadvisor.com.ve tripadvisor.com.vn tripadvisor.cz
        tripadvisor.de tripadvisor.dk tripadvisor.es tripadvisor.fi tripadvisor.fr tripadvisor.ie
        tripadvisor.in tripadvisor.it tripadvisor.jp tripadvisor.nl tripadvisor.pt tripadvisor.rs
        tripadvisor.ru tripadvisor.se tripadvisor.sk
    """,
    Platform.AMAZON: """
        amazon.com amazon.ae amazon.ca amazon.cn amazon.co.jp amazon.co.uk amazon.co.za amazon.com.au
        amazon.com.be amazon.com.br amazon.com.mx amazon.com.tr amazon.de amazon.eg amazon.es amazon.fr
        amazon.ie amazon.in amazon.it amazon.nl amazon.pl amazon.sa amazon.se amazon.sg
    """,
    Platform.YELP: """
        yelp.com yelp.at yelp.be yelp.ca yelp.ch yelp.cl yelp.co.jp yelp.co.nz yelp.co.uk yelp.com.ar
        yelp.com.au yelp.com.br yelp.com.hk yelp.com.mx yelp.com.ph yelp.com.sg yelp.com.tr yelp.com.tw
        yelp.cz yelp.de yelp.dk yelp.es yelp.fi yelp.fr yelp.ie yelp.it yelp.my yelp.nl yelp.no yelp.pl
        yelp.pt yelp.se
    """,
    Platform.PLAY: "play.google.com",
    Platform.APPSTORE: "apps.apple.com itunes.apple.com",
    Platform.HACKERNEWS: "news.ycombinator.com",
    Platform.STACKEXCHANGE: """
        stackoverflow.com stackexchange.com superuser.com serverfault.com askubuntu.com mathoverflow.net
        stackapps.com
    """,
}
HOSTS = {host: platform for platform, hosts in HOSTS_OF.items() for host in hosts.split()}
"""Hosts that tell the platform; what people and countries put before them (www, m, fr) does not matter."""
ANYWHERE = frozenset({Platform.MASTODON, Platform.DISCOURSE, Platform.LEMMY})
"""Software that runs on any host: its posts are known by the platform that the reader saw."""

MIRROR = re.compile(r"^(?:www|m|mobile|old|new|np|sh|amp|i|touch|mbasic|smile)\.")
MAPS = re.compile(r"(?:maps\.google\.(?:com?\.)?[a-z]{2,3}|google\.(?:com?\.)?[a-z]{2,3}/maps)(?:/|\Z)")


def platform_of(url: str) -> Platform:
    """The platform that an address belongs to, by its host; Google's also by its path."""
    host = site_of(url)
    if host and MAPS.match(host + urlsplit(url.strip()).path):
        return Platform.GOOGLE
    while host:
        if host in HOSTS:
            return HOSTS[host]
        host = host.partition(".")[2]
    return Platform.WEB


def site_of(url: str) -> str:
    """The host without what mobile, old and other views of a site put before it; "" when unreadable."""
    return MIRROR.sub("", host_of(url))


def host_of(url: str) -> str:
    """The host in lower case and in its wire form, without a final dot; "" when the address is broken."""
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return wire_host(host) or host
