"""Labels of what a number of a report counts."""

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.insight.case_facts import ENDS, Event, Flag
from amends.rules.insight.counted import Counted, Lack
from amends.rules.vocabulary import Outcome
from amends.web.labels import label

COUNTED: dict[Counted, str] = {
    Flag.CAPTURED: N_("Captured"),
    Flag.ANSWERED: N_("Answered"),
    Flag.SILENT: N_("Unanswered on purpose"),
    Flag.IN_TERM: N_("Answered on time"),
    Flag.RESOLVED: N_("Resolved"),
    Flag.HOSTILE: N_("Threats and harassment"),
    Lack.UNANSWERED: N_("Not answered yet"),
    Lack.LATE_ANSWER: N_("Answered late"),
    Event.REOPENED: N_("Reopened"),
    Event.SECOND_CHANCE_ASKED: N_("Second-chance message sent"),
    Event.PROMISE_KEPT: N_("Promise kept on time"),
    Event.PROMISE_LATE: N_("Promise kept too late"),
    Event.PROMISE_BROKEN: N_("Promise broken"),
    Event.RATING_RAISED: N_("Rating raised"),
    Event.RATING_LOWERED: N_("Rating lowered"),
    Event.POST_EDITED: N_("Post edited"),
    Event.POST_REMOVED: N_("Post removed"),
    Event.NUDGED: N_("Reminder sent"),
    Event.NUDGE_HEEDED: N_("Reminder acted on within 24 hours"),
}
"""All but the ends of a case, which are called as its outcomes are."""


def counted_label(counted: Counted) -> str:
    """What a number counts."""
    return label(Outcome(counted.value)) if counted in ENDS else _(COUNTED[counted])
