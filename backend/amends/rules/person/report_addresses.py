"""Where platforms and authorities take reports, and what the law says of them."""

from datetime import date

from amends.i18n import N_

PLATFORMS: tuple[tuple[str, str, str], ...] = (
    ("x", "X", "https://help.x.com/forms"),
    ("facebook", "Facebook", "https://www.facebook.com/help/reportlinks"),
    ("instagram", "Instagram", "https://help.instagram.com/"),
    ("google", "Google", "https://support.google.com/business/answer/4596773"),
    ("trustpilot", "Trustpilot", "https://help.trustpilot.com/"),
    ("tripadvisor", "Tripadvisor", "https://www.tripadvisorsupport.com/"),
    ("youtube", "YouTube", "https://support.google.com/youtube/answer/2802027"),
    ("linkedin", "LinkedIn", "https://www.linkedin.com/help/linkedin/answer/a1344213"),
    ("reddit", "Reddit", "https://www.reddit.com/report"),
    ("tiktok", "TikTok", "https://support.tiktok.com/"),
)
"""The beginning of the platform's name here, what it is called, and its own page for reports, which is the
source too; platforms move them, so a page says that they are starting points."""
COLLECTED_ON = date(2026, 11, 30)
"""When these addresses were written down."""
CHECKED_ON: date | None = None
"""When people last opened every one of them and saw that it takes reports; None: nobody has done so yet."""
AUTHORITIES: tuple[tuple[str, str], ...] = (
    (N_("France: illegal content (PHAROS)"), "https://www.internet-signalement.gouv.fr"),
    (N_("France: help with threats and fraud online (17Cyber)"), "https://17cyber.gouv.fr"),
    (N_("Belgium: suspicious content (Safeonweb)"), "https://safeonweb.be"),
)
NOTICE_LAW = "https://eur-lex.europa.eu/eli/reg/2022/2065/oj"
"""Regulation (EU) 2022/2065, the Digital Services Act; its article 16 is about notices of illegal content."""


def places_of(platforms: set[str]) -> tuple[tuple[str, str], ...]:
    """Name and address of where these platforms take reports; those that are not known are left out."""
    return tuple(
        (name, address)
        for begins, name, address in PLATFORMS
        if any(platform.startswith(begins) for platform in platforms)
    )
