"""Title of a case: the first words of its post, else the rating, else the address."""

from amends.i18n import gettext as _
from amends.i18n import number
from amends.rules.case import stored_texts
from amends.rules.case.texts import excerpt

MOST_STARS = 10


def title_of(*, title: str, text: str, url: str, rating: float | None, rating_max: float | None) -> str:
    """At most as long as a title may be; a review of stars alone is called by them in our language."""
    if title or text or rating is None:
        return excerpt(title or text or url)
    most = rating_max or 5
    words = _(stored_texts.STARS_ONLY) % {"value": number(rating), "most": number(most)}
    return f"{stars(rating, most)} {words}".strip()


def stars(rating: float, most: float) -> str:
    """The rating as full and empty stars; nothing where they would be too many to count."""
    if not most or most > MOST_STARS:
        return ""
    full = max(0, min(round(rating), round(most)))
    return "★" * full + "☆" * (round(most) - full)
