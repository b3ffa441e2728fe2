"""Table of platforms: review sites, with the address forms of their reviews."""

import re

from amends.rules.case.platforms.definition import Form, Platform, SiteKind
from amends.rules.vocabulary import PostKind

REVIEW = PostKind.REVIEW
MAPS = re.compile(
    r"(?:maps\.google\.(?:com?\.)?[a-z]{2,3}|google\.(?:com?\.)?[a-z]{2,3}/maps|business\.google\.com)(?:/|\Z)"
)
"""Google is told by host and path: its reviews stand in Maps, and on other pages of Google there are none."""
REVIEWS = (
    Platform(
        name="trustpilot",
        label="Trustpilot",
        kind=SiteKind.REVIEWS,
        hosts_by_country=True,
        hosts="trustpilot.com",
        forms=(
            Form("/reviews/(?P<id>[0-9a-f]{24})", "https://www.trustpilot.com/reviews/{id}", kind=REVIEW),
            Form(r"/review/(?P<shop>[^/]+)/*\Z", "https://www.trustpilot.com/review/{shop}", id=""),
        ),
    ),
    Platform(
        name="google",
        label="Google",
        kind=SiteKind.REVIEWS,
        hosts_by_country=True,
        link_hosts="maps.app.goo.gl g.page",
        address_pattern=MAPS,
        forms=(
            Form(
                "/maps/reviews/(?:@[^/]*/)?data=(?P<told>[^/]*?!1s(?P<id>[A-Za-z0-9_-]{20,})![^/]*)",
                "https://www.google.com/maps/reviews/data={told}",
                kind=REVIEW,
            ),
        ),
    ),
    Platform(
        name="tripadvisor",
        label="Tripadvisor",
        kind=SiteKind.REVIEWS,
        hosts_by_country=True,
        hosts="""
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
        forms=(
            Form(
                "/ShowUserReviews-(?P<place>g[0-9]+-d[0-9]+)-r(?P<id>[0-9]+)(?:[-.][^/]*)?",
                "https://www.tripadvisor.com/ShowUserReviews-{place}-r{id}.html",
                kind=REVIEW,
            ),
        ),
    ),
    Platform(
        name="amazon",
        label="Amazon",
        kind=SiteKind.REVIEWS,
        hosts="""
            amazon.com amazon.ae amazon.ca amazon.cn amazon.co.jp amazon.co.uk amazon.co.za amazon.com.au
            amazon.com.be amazon.com.br amazon.com.mx amazon.com.tr amazon.de amazon.eg amazon.es amazon.fr
            amazon.ie amazon.in amazon.it amazon.nl amazon.pl amazon.sa amazon.se amazon.sg
        """,
        forms=(
            Form(
                "(?:/-/[A-Za-z_-]+)?(?:/gp)?(?:/aw)?/(?:customer-)?reviews?/(?P<id>R[A-Z0-9]{6,})",
                "https://www.{site}/gp/customer-reviews/{id}",
                kind=REVIEW,
            ),
        ),
    ),
    Platform(
        name="yelp",
        label="Yelp",
        kind=SiteKind.REVIEWS,
        hosts_by_country=True,
        hosts="""
            yelp.com yelp.at yelp.be yelp.ca yelp.ch yelp.cl yelp.co.jp yelp.co.nz yelp.co.uk yelp.com.ar
            yelp.com.au yelp.com.br yelp.com.hk yelp.com.mx yelp.com.ph yelp.com.sg yelp.com.tr yelp.com.tw
            yelp.cz yelp.de yelp.dk yelp.es yelp.fi yelp.fr yelp.ie yelp.it yelp.my yelp.nl yelp.no yelp.pl
            yelp.pt yelp.se
        """,
        forms=(
            Form(
                "/biz/(?P<shop>[^/]+)",
                "https://www.yelp.com/biz/{shop}?hrid={id}",
                kind=REVIEW,
                query={"hrid": "(?P<id>[A-Za-z0-9_-]{8,40})"},
            ),
            Form(r"/biz/(?P<shop>[^/]+)/*\Z", "https://www.yelp.com/biz/{shop}", id=""),
        ),
    ),
    Platform(
        name="play",
        label="Google Play",
        kind=SiteKind.REVIEWS,
        hosts="play.google.com",
        forms=(
            Form(
                "/store/apps/details",
                "https://play.google.com/store/apps/details?id={app}&reviewId={id}",
                kind=REVIEW,
                query={"id": "(?P<app>[A-Za-z0-9_.]+)", "reviewId": "(?P<id>[A-Za-z0-9_:.-]{8,200})"},
            ),
            Form(
                "/store/apps/details",
                "https://play.google.com/store/apps/details?id={app}",
                id="",
                query={"id": "(?P<app>[A-Za-z0-9_.]+)"},
            ),
        ),
    ),
    Platform(
        name="appstore",
        label="App Store",
        kind=SiteKind.REVIEWS,
        hosts="apps.apple.com",
        link_hosts="itunes.apple.com",
        forms=(
            Form(
                "/(?P<country>[a-z]{2})/app/(?:[^/]+/)?id(?P<app>[0-9]+)",
                "https://apps.apple.com/{country}/app/id{app}",
                id="",
            ),
            Form("/app/(?:[^/]+/)?id(?P<app>[0-9]+)", "https://apps.apple.com/us/app/id{app}", id=""),
        ),
    ),
    Platform(
        name="booking",
        label="Booking.com",
        kind=SiteKind.REVIEWS,
        hosts="booking.com",
        forms=(
            Form(
                r"/(?:hotel|reviews)/(?P<country>[a-z]{2})/(?:hotel/)?(?P<shop>[^/.]+)(?:\.[a-z-]+)?\.html",
                "https://www.booking.com/hotel/{country}/{shop}.html",
                id="",
            ),
        ),
    ),
    Platform(
        name="thefork",
        label="TheFork",
        kind=SiteKind.REVIEWS,
        hosts="""
            thefork.com thefork.at thefork.be thefork.ch thefork.co.uk thefork.com.au thefork.de thefork.es
            thefork.fr thefork.it thefork.nl thefork.pt thefork.se lafourchette.com eltenedor.es
        """,
        forms=(Form("/restaurant/(?P<shop>[^/]+-r[0-9]+)", "https://www.{site}/restaurant/{shop}", id=""),),
    ),
    Platform(
        name="pagesjaunes",
        label="Pages Jaunes",
        kind=SiteKind.REVIEWS,
        hosts="pagesjaunes.fr",
        forms=(
            Form(
                "/pros/(?P<shop>[0-9]+)",
                "https://www.pagesjaunes.fr/pros/{shop}#Avis-{id}",
                kind=REVIEW,
                fragment="Avis-(?P<id>[0-9a-f]{24})",
            ),
            Form("/pros/(?P<shop>[0-9]+)", "https://www.pagesjaunes.fr/pros/{shop}", id=""),
        ),
    ),
    Platform(
        name="airbnb",
        label="Airbnb",
        kind=SiteKind.REVIEWS,
        hosts_by_country=True,
        hosts="""
            airbnb.com airbnb.at airbnb.be airbnb.ca airbnb.ch airbnb.cl airbnb.co.in airbnb.co.kr
            airbnb.co.nz airbnb.co.uk airbnb.com.ar airbnb.com.au airbnb.com.br airbnb.com.co airbnb.com.sg
            airbnb.com.tr airbnb.cz airbnb.de airbnb.dk airbnb.es airbnb.fi airbnb.fr airbnb.gr airbnb.hu
            airbnb.ie airbnb.it airbnb.jp airbnb.mx airbnb.nl airbnb.no airbnb.pl airbnb.pt airbnb.se
        """,
        forms=(Form("/rooms/(?:plus/)?(?P<room>[0-9]+)", "https://www.airbnb.com/rooms/{room}", id=""),),
    ),
    Platform(
        name="indeed",
        label="Indeed",
        kind=SiteKind.REVIEWS,
        hosts_by_country=True,
        hosts="indeed.com",
        forms=(
            Form(
                "/cmp/(?P<firm>[^/]+)/reviews",
                "https://www.indeed.com/cmp/{firm}/reviews?id={id}",
                kind=REVIEW,
                query={"id": "(?P<id>[0-9a-f]{8,40})"},
            ),
            Form("/cmp/(?P<firm>[^/]+)/reviews", "https://www.indeed.com/cmp/{firm}/reviews", id=""),
        ),
    ),
    Platform(
        name="glassdoor",
        label="Glassdoor",
        kind=SiteKind.REVIEWS,
        hosts="""
            glassdoor.com glassdoor.at glassdoor.be glassdoor.ca glassdoor.ch glassdoor.co.in glassdoor.co.nz
            glassdoor.co.uk glassdoor.com.ar glassdoor.com.au glassdoor.com.br glassdoor.com.hk
            glassdoor.com.mx glassdoor.de glassdoor.es glassdoor.fr glassdoor.ie glassdoor.it glassdoor.nl
            glassdoor.sg
        """,
        forms=(
            Form(
                r"/(?P<part>[^/]+)/(?P<page>[^/]*-RVW(?P<id>[0-9]+)\.htm)",
                "https://www.{site}/{part}/{page}",
                kind=REVIEW,
            ),
        ),
    ),
    Platform(
        name="signalarnaques",
        label="Signal-Arnaques",
        kind=SiteKind.REVIEWS,
        hosts="signal-arnaques.com",
        forms=(Form("/scam/view/(?P<id>[0-9]+)", "https://www.signal-arnaques.com/scam/view/{id}"),),
    ),
    Platform(
        name="etsy",
        label="Etsy",
        kind=SiteKind.REVIEWS,
        hosts="etsy.com",
        forms=(
            Form(
                "(?:/[a-z]{2}(?:-[a-z]{2})?)?/(?P<part>listing|shop)/(?P<name>[^/]+)",
                "https://www.etsy.com/{part}/{name}",
                id="",
            ),
        ),
    ),
    Platform(
        name="steam",
        label="Steam",
        kind=SiteKind.REVIEWS,
        hosts="steamcommunity.com store.steampowered.com",
        forms=(
            Form(
                "/(?P<way>profiles|id)/(?P<who>[^/]+)/recommended/(?P<app>[0-9]+)",
                "https://steamcommunity.com/{way}/{who}/recommended/{app}",
                id="{who}/{app}",
                kind=REVIEW,
            ),
            Form(
                "/app/(?P<app>[0-9]+)/discussions/(?P<forum>[0-9]+)/(?P<topic>[0-9]+)",
                "https://steamcommunity.com/app/{app}/discussions/{forum}/{topic}/#c{id}",
                id="c{id}",
                kind=PostKind.COMMENT,
                fragment="c(?P<id>[0-9]+)",
            ),
            Form(
                "/app/(?P<app>[0-9]+)/discussions/(?P<forum>[0-9]+)/(?P<id>[0-9]+)",
                "https://steamcommunity.com/app/{app}/discussions/{forum}/{id}/",
            ),
        ),
    ),
)
