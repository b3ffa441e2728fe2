"""Labels of the kinds of follow-ups and of how often a reminder repeats."""

from amends.i18n import mark
from amends.rules.vocabulary import FollowUpKind, Repeats

FOLLOW_UPS = {
    FollowUpKind.TRIAGE: mark("Look at it and decide"),
    FollowUpKind.ACKNOWLEDGE: mark("Answer in public"),
    FollowUpKind.APPROVAL: mark("Approve the draft"),
    FollowUpKind.CONTACT: mark("Write in private"),
    FollowUpKind.NEXT_STEP: mark("Next step"),
    FollowUpKind.RESOLVE_BY: mark("Resolve"),
    FollowUpKind.PROMISE: mark("Promise"),
    FollowUpKind.REMINDER: mark("Reminder"),
    FollowUpKind.WAIT_PING: mark("Write again"),
    FollowUpKind.WAIT_CLOSE: mark("Decide without an answer"),
    FollowUpKind.CONFIRM_FIX: mark("Confirm the fix"),
    FollowUpKind.SECOND_CHANCE: mark("Second chance"),
    FollowUpKind.CHECK_IN_ANSWER: mark("Answer to the check-in"),
    FollowUpKind.ESCALATION_REVIEW: mark("Review the escalation"),
    FollowUpKind.WATCH_REVIEW: mark("Look again"),
    FollowUpKind.WATCH_CLOSE: mark("Stop watching"),
}

RHYTHMS = {
    Repeats.DAILY: mark("every day"),
    Repeats.WEEKLY: mark("every week"),
    Repeats.MONTHLY: mark("every month"),
}
