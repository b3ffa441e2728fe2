"""Alert mails: which addresses send them, and which of their links leads to the post."""

from urllib.parse import parse_qs, urlsplit

from amends.rules.capture.addresses import post_id
from amends.rules.capture.hosts import HOSTS, host_of, platform_of
from amends.rules.capture.mail_messages import ADDRESS, Mail
from amends.rules.case.platforms import WEB, is_review_site

SCHEME = "mailto:"
"""How the address of a source of alerts begins, among those of feeds."""
NO_POSTS = ("unsubscribe", "preferences", "privacy", "settings", "/help", "/legal", "optout")
"""Words in an address that leads to no post."""


COUNTERS = {
    "www.google.com/url": ("url", "q"),
    "l.facebook.com/l.php": ("u",),
    "www.youtube.com/redirect": ("q",),
}
"""Addresses that count a click and lead on, with the parameters that may say where to."""


def alert_site(mail: Mail) -> str | None:
    """The review site that sent this mail, by the domain of its sender; None for any other."""
    domain = mail.sender.partition("@")[2]
    while domain:
        if domain in HOSTS:
            return HOSTS[domain] if is_review_site(HOSTS[domain]) else None
        domain = domain.partition(".")[2]
    return None


def site_address(domain: str) -> str:
    """The address of a source that is a whole domain: mailto:@example.com."""
    return f"{SCHEME}@{domain.lower()}"


def source_address(typed: str) -> str | None:
    """The address of a source that a member named (alerts@example.com, or @example.com for all of it)."""
    plain = typed.strip().lower().removeprefix(SCHEME)
    whole = f"x{plain}" if plain.startswith("@") else plain
    is_mail = ADDRESS.fullmatch(whole) and "." in plain and not {"/", ":"} & set(plain)
    return f"{SCHEME}{plain}" if is_mail else None


def target_of(link: str) -> str:
    """Where a link leads that goes through the sender's counter of clicks; else the link itself.

    Google Alerts writes each as google.com/url?url=…, of which nobody would know the post again.
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    names, given = COUNTERS.get(f"{parts.hostname}{parts.path}", ()), parse_qs(parts.query)
    targets = (one for name in names for one in given.get(name, []))
    return next((one for one in targets if one.startswith(("http://", "https://"))), link)


def links_first(mail: Mail) -> list[str]:
    """The links of a mail that may lead to the post, the likeliest first; not those of other sites."""
    domain = mail.sender.partition("@")[2]
    offered = [one for one in mail.links if not any(word in one.lower() for word in NO_POSTS)]
    targets = {target_of(one): target_of(one) != one for one in offered}
    likely = [
        one
        for one, is_counted in targets.items()
        if is_counted or platform_of(one) != WEB or host_of(one).endswith(domain)
    ]
    return sorted(likely, key=lambda one: not post_id(one))
