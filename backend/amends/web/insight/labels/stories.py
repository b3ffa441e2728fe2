"""Words of case stories: what a proposal says of the facts."""

from amends.i18n import gettext as _
from amends.i18n import ngettext, number
from amends.rules.insight.stories import Facts, Texts
from amends.rules.vocabulary import Outcome
from amends.web.case.labels import OUTCOMES

ENDED_WELL = frozenset({None, Outcome.SETTLED, Outcome.WON_BACK, Outcome.CONCEDED})
"""Outcomes of a case, or none yet, in whose title days may be called those until it was put right."""


def proposed(facts: Facts) -> Texts:
    """The words with which the form begins, in the language at hand."""
    return Texts(
        title=_title(facts), said=facts.said, did="\n".join(_did(facts)), ended=" ".join(_ended(facts))
    )


def stars(value: float, most: float | None) -> str:
    """A rating in words."""
    return _("%(value)s out of %(most)s") % {"value": number(value), "most": number(most or 5)}


def days(count: int) -> str:
    """How long it took."""
    return ngettext("ended after %(num)d day", "ended after %(num)d days", count) % {"num": count}


def _title(facts: Facts) -> str:
    if facts.rating_before is not None and facts.rating_after is not None:
        rated = {"before": number(facts.rating_before), "after": number(facts.rating_after)}
        return _("Rating: from %(before)s to %(after)s") % rated
    if facts.outcome not in ENDED_WELL:
        return ""
    words = ngettext("Put right in %(num)d day", "Put right in %(num)d days", max(1, facts.days))
    return words % {"num": max(1, facts.days)}


def _did(facts: Facts) -> list[str]:
    return [
        *(_("We replied in public: “%(words)s”") % {"words": one} for one in facts.public_replies),
        *([_("We were in touch in private.")] if facts.in_private else []),
        *(_("To put it right: %(words)s") % {"words": one} for one in facts.remedies),
        *(_("Promised and kept: %(words)s") % {"words": one} for one in facts.promises),
    ]


def _ended(facts: Facts) -> list[str]:
    found = [_("The fix was confirmed.")] if facts.fix_held else []
    if facts.outcome is not None:
        found.append(_("Outcome: %(outcome)s.") % {"outcome": _(OUTCOMES[facts.outcome])})
    if facts.rating_after is not None:
        after = stars(facts.rating_after, facts.rating_max)
        found.append(_("The review now has %(rating)s.") % {"rating": after})
    return found
