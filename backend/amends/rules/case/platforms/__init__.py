"""Table of platforms: name, label, kind, hosts, address forms. A platform outside it keeps its own name."""

import re
from difflib import get_close_matches

from amends.errors import Invalid
from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case.platforms.definition import Form as Form
from amends.rules.case.platforms.definition import Platform as Platform
from amends.rules.case.platforms.definition import SiteKind as SiteKind
from amends.rules.case.platforms.forums import FORUMS
from amends.rules.case.platforms.reviews import REVIEWS
from amends.rules.case.platforms.shops import SHOPS
from amends.rules.case.platforms.social import SOCIAL

PLATFORMS = {platform.name: platform for platform in (*SOCIAL, *FORUMS, *REVIEWS, *SHOPS)}
"""The platforms that have a row, by name. Any other name is a platform too, of which nothing is known."""

WEB = "web"
"""What a page is stored under when neither its reader nor its address names a platform."""

LONGEST_NAME = 32
NAME_RULE = N_("Use up to %(count)s characters for the platform: a to z, digits, dots and hyphens.")
NAME = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{LONGEST_NAME - 1}}}")
ALIKE = 0.85
"""How much two names have in common of which one is a slip: a letter that is missing, doubled or swapped."""
RESERVED = frozenset({"url", "text"})
"""Keys of posts without a number begin with these words and a colon, as others begin with the platform."""

_BY_WRITING = {
    writing.lower().replace(" ", ""): platform.name
    for platform in PLATFORMS.values()
    for writing in (platform.name, platform.label)
}


class WrongPlatformName(Invalid):
    "This is not a valid platform name."


def platform_name(written: str) -> str:
    """The name under which a platform is stored, for what a reader, a form or a table says; WEB for nothing.

    Known platforms are also known by their label. Capitals become small and blanks hyphens; nothing else is
    changed, so that two names never become one. Raises WrongPlatformName.
    """
    lower = written.strip().lower()
    if known := _BY_WRITING.get(lower.replace(" ", "")):
        return known
    name = "-".join(lower.split())
    if not name:
        return WEB
    if not is_platform_name(name):
        sentence = _(NAME_RULE) % {"count": LONGEST_NAME}
        raise WrongPlatformName(sentence, fields={"platform": sentence})
    return name


def probably_meant(name: str) -> str | None:
    """The known platform that a name typed by hand was probably meant to be, such as facebook for facebok."""
    if name == WEB or name in PLATFORMS:
        return None
    return next(iter(get_close_matches(name, PLATFORMS, n=1, cutoff=ALIKE)), None)


def is_platform_name(text: str) -> bool:
    """Whether a platform may be stored under this text as it is."""
    return NAME.fullmatch(text) is not None and text not in RESERVED


def label(name: str) -> str:
    """What people call a platform; one that has no row is called by its own name."""
    if name == WEB:
        return _("Web")
    return PLATFORMS[name].label if name in PLATFORMS else name


def site_kind(name: str) -> SiteKind:
    """What a platform is for; one that has no row counts as a place of posts, not of reviews."""
    return PLATFORMS[name].kind if name in PLATFORMS else SiteKind.SOCIAL


def is_review_site(name: str) -> bool:
    """Whether people there expect an answer in days: its times differ from those of a social post."""
    return site_kind(name) is SiteKind.REVIEWS


def numbers_per_host(name: str) -> bool:
    """Whether a post's number counts together with its host; so it is where nothing is known of the platform.

    Two cases for one post can be put together; two people's posts in one case are noticed by nobody.
    """
    return name != WEB and (name not in PLATFORMS or PLATFORMS[name].numbers_per_host)
