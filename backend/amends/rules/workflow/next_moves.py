"""Which step does a case most likely wait for, when nothing more is known than a list knows?"""

from datetime import datetime

from amends.rules.vocabulary import FollowUpKind, Stage

LIKELY = {
    Stage.NEW: "answer",
    Stage.ACKNOWLEDGE: "post_acknowledgement",
    Stage.CONTACT: "contact_in_private",
    Stage.WORKING: "finish_step",
    Stage.WAITING: "receive_reply",
    Stage.RESOLVED: "confirm_fix",
    Stage.SECOND_CHANCE: "check_in",
    Stage.CHECKED_IN: "win_back",
    Stage.ESCALATED: "keep_escalated",
    Stage.WATCHED: "keep_watching",
    Stage.CLOSED: "reopen",
}
"""What most often comes next from a stage."""

WHEN_DUE = {
    FollowUpKind.WAIT_PING: "ping",
    FollowUpKind.WAIT_CLOSE: "settle_unanswered",
    FollowUpKind.CHECK_IN_ANSWER: "settle_check_in",
    FollowUpKind.WATCH_CLOSE: "let_go_watched",
    FollowUpKind.APPROVAL: "approve",
}
"""What a follow-up whose date has come asks for instead."""


def likely(stage: Stage, kind: FollowUpKind | None, due_at: datetime | None, now: datetime) -> str:
    """The name of that move; "promise", which is none, when a promise is what is due."""
    if kind is FollowUpKind.PROMISE:
        return "promise"
    if kind in WHEN_DUE and due_at and due_at <= now:
        return WHEN_DUE[kind]
    return LIKELY[stage]


def next_move(stage: Stage, kind: FollowUpKind | None, due_at: datetime | None, now: datetime) -> str | None:
    """The move that is likely next; None when a promise is what is due, for keeping one is no move."""
    move = likely(stage, kind, due_at, now)
    return None if move == "promise" else move
