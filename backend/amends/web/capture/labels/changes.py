"""Labels of what became of a post."""

from collections.abc import Callable, Sequence

from amends.i18n import gettext as _
from amends.i18n import ngettext, number
from amends.rules.capture.rechecks import Change

Ratings = tuple[float, float] | None


def found(changes: Sequence[Change], *, ratings: Ratings, replies: int) -> list[str]:
    """What a look found, each as one phrase: "rating 1 → 4", "edited"."""
    return [PHRASES[change](ratings, replies) for change in changes]


def _rating(ratings: Ratings, replies: int) -> str:
    if ratings is None:
        return _("rating changed")
    return _("rating %(before)s → %(after)s") % {"before": number(ratings[0]), "after": number(ratings[1])}


def _replies(ratings: Ratings, replies: int) -> str:
    return ngettext("%(num)d new reply", "%(num)d new replies", replies) % {"num": replies}


PHRASES: dict[Change, Callable[[Ratings, int], str]] = {
    Change.UNCHANGED: lambda ratings, replies: _("unchanged"),
    Change.EDITED: lambda ratings, replies: _("edited"),
    Change.RATING: _rating,
    Change.REPLIES: _replies,
    Change.GONE: lambda ratings, replies: _("no longer there"),
}
