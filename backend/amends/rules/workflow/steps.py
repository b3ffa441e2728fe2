"""Step on a case: what may come next, why, whose it is, and until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from amends.rules.vocabulary import FollowUpKind as Kind
from amends.rules.vocabulary import Turn
from amends.rules.workflow.moves import BY_NAME


class Action(StrEnum):
    """A step that is no move of the case: what is done on a page of its own, or by somebody else."""

    DECIDE = "decide"
    WRITE_REPLY = "write_reply"
    REWRITE_REPLY = "rewrite_reply"
    WRITE_ENDING = "write_ending"
    READ_DRAFT = "read_draft"
    AWAIT_READER = "await_reader"
    COOL_DOWN = "cool_down"
    POST_REPLY = "post_reply"
    KEEP_PROMISE = "keep_promise"
    REACH_THEM = "reach_them"
    AWAIT_ANSWER = "await_answer"
    AWAIT_DAY = "await_day"
    NEWER_CASE_FIRST = "newer_case_first"
    CHOOSE_ENDING = "choose_ending"
    NOTHING = "nothing"


class Reason(StrEnum):
    """Why this is the next step."""

    UNDECIDED = "undecided"
    NO_REPLY = "no_reply"
    MUST_BE_READ = "must_be_read"
    ENDING_OWED = "ending_owed"
    REPLY_READY = "reply_ready"
    REJECTED = "rejected"
    TO_BE_READ = "to_be_read"
    BEING_READ = "being_read"
    COOLING = "cooling"
    ON_HOLD = "on_hold"
    THREAT = "threat"
    THREAD_ENDED = "thread_ended"
    PROMISED = "promised"
    UNDELIVERED = "undelivered"
    WROTE_AGAIN = "wrote_again"
    SAID_GOOD = "said_good"
    SAID_BAD = "said_bad"
    THEIR_TURN = "their_turn"
    LINK_POSTED = "link_posted"
    NO_ANSWER = "no_answer"
    NOT_YET = "not_yet"
    COMPLAINED_ELSEWHERE = "complained_elsewhere"
    OPTED_OUT = "opted_out"
    SECOND_FAILURE = "second_failure"
    OF_STAGE = "of_stage"
    ASLEEP = "asleep"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next on a case: `do` is the name of a move, or an `Action`.

    `kind` is the follow-up that it does or waits for, `by` when that is to be done, `whose` the member whose
    it is; nobody's while it is the customer's turn, or nobody owns the case.
    """

    do: str
    reason: Reason
    turn: Turn = Turn.OURS
    kind: Kind | None = None
    by: datetime | None = None
    whose: UUID | None = None

    @property
    def move(self) -> str | None:
        """The move whose form does it; None when there is none."""
        return self.do if self.do in BY_NAME else None

    def is_dated_by(self, kind: Kind | None) -> bool:
        """Whether the date of a follow-up is that of this step; where not, it has to say what it is for."""
        return kind is None or kind is self.kind

    @property
    def named(self) -> str | None:
        """What it is called for programs; None when there is nothing to do."""
        return None if self.do == Action.NOTHING else str(self.do)
