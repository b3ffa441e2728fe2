"""Words of the pages of webhooks: events in their groups, outcomes of tries, states."""

from amends.i18n import N_
from amends.rules.vocabulary import NudgeState
from amends.rules.vocabulary.events import EventType as Event

EVENTS: dict[str, dict[Event, str]] = {
    N_("Cases"): {
        Event.CASE_CAPTURED: N_("A post was captured"),
        Event.CASE_SEEN_AGAIN: N_("A post was seen again"),
        Event.CASE_RECHECKED: N_("A post was looked at again"),
        Event.CASE_MOVED: N_("The case moved, was reopened or undone"),
        Event.CASE_ASSIGNED: N_("The owner changed"),
        Event.CASE_SEVERITY_SET: N_("The severity changed"),
        Event.CASE_NOTED: N_("A note was added"),
        Event.CASE_TOUCHPOINT: N_("Something was said to the person, or by them"),
        Event.CASE_PROMISE: N_("A promise was made or settled"),
        Event.CASE_REMEDY: N_("A remedy was offered or decided"),
        Event.CASE_CHANGED: N_("Anything else on the timeline"),
        Event.CASE_REMOVED: N_("The case was removed"),
        Event.CASE_ERASED: N_("The case was erased"),
    },
    N_("Follow-ups and reminders"): {
        Event.FOLLOW_UP_MADE: N_("Something is owed"),
        Event.FOLLOW_UP_MOVED: N_("It has another date"),
        Event.FOLLOW_UP_SETTLED: N_("It is done or owed no more"),
        Event.NUDGE_SENT: N_("A reminder went out"),
        Event.NUDGE_FAILED: N_("A reminder could not be delivered"),
    },
    N_("Problems and incidents"): {
        Event.PROBLEM_OPENED: N_("A problem was opened"),
        Event.PROBLEM_CHANGED: N_("A problem changed"),
        Event.PROBLEM_FIXED: N_("A problem was fixed"),
        Event.PROBLEM_REOPENED: N_("A problem came back or was reopened"),
        Event.INCIDENT_OPENED: N_("An incident was opened"),
        Event.INCIDENT_CHANGED: N_("An incident changed"),
        Event.INCIDENT_CLOSED: N_("An incident was closed"),
    },
}
"""Every type that may be chosen, by the group in which it is offered."""
TEST = N_("Test event")
STATES: dict[NudgeState, tuple[str, str]] = {
    NudgeState.READY: ("soon", N_("waiting")),
    NudgeState.SENDING: ("soon", N_("being sent")),
    NudgeState.SENT: ("won", N_("arrived")),
    NudgeState.VOID: ("quiet", N_("not sent")),
    NudgeState.DEAD: ("late", N_("given up")),
}
"""A tone and a word for each state."""
OUTCOMES = {
    "busy": N_("The endpoint asked to wait."),
    "gone": N_("The endpoint wants nothing any more (410)."),
    "redirect": N_("The endpoint answered with another address. Redirects are not followed."),
    "status": N_("The endpoint answered with an error."),
    "private": N_(
        "Its address is inside your own network. If that is right, list it in AMENDS_ALLOW_PRIVATE_TARGETS."
    ),
    "certificate": N_("Its certificate is not trusted."),
    "slow": N_("The endpoint took too long. It may have got the event."),
    "unreachable": N_("It cannot be reached."),
    "off": N_("The webhook was switched off before."),
}
"""What became of the last try, where it failed."""
ENDED = {
    "gone": N_("Switched off automatically: the endpoint answered that it is gone (410)."),
    "failing": N_("Switched off automatically: the endpoint accepted nothing for three days."),
}
