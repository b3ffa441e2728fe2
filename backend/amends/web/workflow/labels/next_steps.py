"""Labels of the next step: what its button and its heading say, and the sentence for its reason."""

from typing import NamedTuple

from amends.i18n import mark
from amends.rules.workflow.next_step import Action, Reason


class ActionWords(NamedTuple):
    """The verb on the button that leads there, and what the case page calls the step."""

    verb: str
    heading: str


ACTIONS = {
    Action.DECIDE: ActionWords(mark("Decide"), mark("Decide what to do about it")),
    Action.WRITE_REPLY: ActionWords(mark("Write the reply"), mark("Write the public reply")),
    Action.REWRITE_REPLY: ActionWords(mark("Rewrite the reply"), mark("Rewrite the public reply")),
    Action.READ_DRAFT: ActionWords(mark("Read the draft"), mark("Read the draft")),
    Action.AWAIT_READER: ActionWords(mark("See the draft"), mark("The reply waits to be read")),
    Action.COOL_DOWN: ActionWords(mark("See the draft"), mark("The reply is cooling down")),
    Action.POST_REPLY: ActionWords(mark("Post the reply"), mark("Post the public reply")),
    Action.KEEP_PROMISE: ActionWords(mark("See the promise"), mark("Keep the promise")),
    Action.AWAIT_ANSWER: ActionWords(mark("See the case"), mark("Wait for their answer to the check-in")),
    Action.AWAIT_DAY: ActionWords(mark("See the case"), mark("Nothing to do before its day")),
    Action.NEWER_CASE_FIRST: ActionWords(mark("See the case"), mark("Deal with their newer case first")),
    Action.CHOOSE_ENDING: ActionWords(mark("Choose"), mark("Escalate, concede, or let go")),
    Action.NOTHING: ActionWords(mark("See the case"), mark("Nothing more to do")),
}

REASONS = {
    Reason.NO_REPLY: mark("No public reply is written yet."),
    Reason.MUST_BE_READ: mark("A lead reads this reply before it is posted: submit it."),
    Reason.REPLY_READY: mark("The reply may be posted."),
    Reason.REJECTED: mark("The draft by %(drafter)s was rejected: it is theirs to rewrite."),
    Reason.TO_BE_READ: mark("The draft by %(drafter)s waits to be read until %(date)s."),
    Reason.BEING_READ: mark("%(reader)s reads the draft until %(date)s."),
    Reason.COOLING: mark("It may be posted from %(date)s on."),
    Reason.THREAD_ENDED: mark("The public thread was ended."),
    Reason.WROTE_AGAIN: mark("They wrote again."),
    Reason.SAID_GOOD: mark("They answered that it is well."),
    Reason.SAID_BAD: mark("They answered that it is not fixed."),
    Reason.THEIR_TURN: mark("It is their turn until %(date)s."),
    Reason.NO_ANSWER: mark("They have not answered."),
    Reason.NOT_YET: mark("Its day is %(date)s."),
    Reason.COMPLAINED_ELSEWHERE: mark("They have complained again since."),
    Reason.SECOND_FAILURE: mark("A second fix has failed."),
    Reason.ASLEEP: mark("It is asleep until %(date)s."),
}
"""A reason that is not here goes without saying."""
