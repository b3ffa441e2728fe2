"""Campaigns: what is checked before one, whether it may go ahead, where it is (P44)."""

from datetime import date

from amends.errors import Invalid
from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.insight.periods import DAY, Period
from amends.rules.vocabulary import CampaignState, Verdict

USUAL_CHECKS = (
    N_("Dates: no clash with a holiday, an anniversary or another campaign"),
    N_("News: nothing is going on that would make it look bad"),
    N_("Themes: it does not invite what people complain about (see below)"),
    N_("Words: it tells nobody what to do, and cannot be turned into a joke about us"),
    N_("People: someone is on duty on each of its days and ready to answer"),
    N_("Replies: prepared lines are chosen, and colleagues know them"),
)
"""What a new campaign begins with."""
HURT_WITHIN = 90
"""Days over which themes that hurt us are counted."""
MOST_THEMES = 5
LONGEST = 92
"""Days that a campaign may last; a longer one is no campaign but the usual."""


class WrongCampaign(Invalid):
    "This campaign cannot be saved."


def check(name: str, first: date | None, last: date | None) -> None:
    """Raises WrongCampaign with a sentence for each field that is wrong."""
    wrong = {} if name else {"name": _("Give the campaign a name.")}
    for field, day in (("first", first), ("last", last)):
        if day is None:
            wrong[field] = _("Choose a day.")
    if first and last and last < first:
        wrong["last"] = _("The last day comes before the first one.")
    elif first and last and (last - first).days >= LONGEST:
        wrong["last"] = _("Use at most %(count)s days.") % {"count": LONGEST}
    if wrong:
        raise WrongCampaign(_("Something is missing or wrong. Check the marked fields."), fields=wrong)


def state_of(verdict: Verdict | None, period: Period, *, today: date, open_checks: int = 0) -> CampaignState:
    """Where it is; without a decision it is planned, however late it is.

    Before its first day so is one that may go ahead, once there is something to check again.
    """
    if verdict is None:
        return CampaignState.PLANNED
    if verdict is Verdict.NO_GO:
        return CampaignState.STOPPED
    if today < period.first:
        return CampaignState.READY if may_go(open_checks) else CampaignState.PLANNED
    return CampaignState.RUNNING if today <= period.last else CampaignState.OVER


def may_go(open_checks: int) -> bool:
    """Whether a lead may let it go ahead: nothing is left to check."""
    return open_checks == 0


def hurting(today: date) -> Period:
    """The days over which themes that hurt us are counted, today included."""
    return Period(today - (HURT_WITHIN - 1) * DAY, today)
