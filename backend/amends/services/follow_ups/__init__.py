"""What do we owe next on a case, and by when? Made, settled, moved and handed over here alone."""

from amends.services.follow_ups.commands import (
    DateNotAhead,
    FollowUpSettled,
    FollowUpUnknown,
    PromiseWithoutWords,
    break_promise,
    keep,
    promise,
    reschedule,
)
from amends.services.follow_ups.reminders import (
    ReminderForNobody,
    ReminderWithoutWords,
    forget,
    remind,
    tick,
)
from amends.services.follow_ups.steps import (
    begin_again,
    begun_at,
    hand_over,
    make,
    make_quietly,
    pause,
    refresh,
    resume,
    settle,
)

__all__ = [
    "DateNotAhead",
    "FollowUpSettled",
    "FollowUpUnknown",
    "PromiseWithoutWords",
    "ReminderForNobody",
    "ReminderWithoutWords",
    "begin_again",
    "begun_at",
    "break_promise",
    "forget",
    "hand_over",
    "keep",
    "make",
    "make_quietly",
    "pause",
    "promise",
    "refresh",
    "remind",
    "reschedule",
    "resume",
    "settle",
    "tick",
]
