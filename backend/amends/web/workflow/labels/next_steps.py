"""Labels of the next step: what its button and its heading ask for, and the sentence for its reason."""

from typing import NamedTuple

from amends.i18n import N_
from amends.rules.vocabulary import FollowUpKind
from amends.rules.workflow.next_step import Action, Reason


class ActionWords(NamedTuple):
    """The verb on the button that leads there, and what the case page calls the step."""

    verb: str
    heading: str


ACTIONS = {
    Action.DECIDE: ActionWords(N_("Decide"), N_("Decide what to do")),
    Action.WRITE_REPLY: ActionWords(N_("Write the reply"), N_("Write the public reply")),
    Action.REWRITE_REPLY: ActionWords(N_("Rewrite the reply"), N_("Rewrite the public reply")),
    Action.WRITE_ENDING: ActionWords(N_("Write how it ended"), N_("Write under the post how it ended")),
    Action.READ_DRAFT: ActionWords(N_("Review the draft"), N_("Review the draft")),
    Action.AWAIT_READER: ActionWords(N_("See the draft"), N_("The reply is waiting for review")),
    Action.COOL_DOWN: ActionWords(N_("See the draft"), N_("The reply is on hold")),
    Action.POST_REPLY: ActionWords(N_("Post the reply"), N_("Post the public reply")),
    Action.KEEP_PROMISE: ActionWords(N_("See the promise"), N_("Keep the promise")),
    Action.REACH_THEM: ActionWords(N_("See the message"), N_("Reach them another way")),
    Action.AWAIT_ANSWER: ActionWords(N_("See the case"), N_("Wait for the answer to the check-in")),
    Action.AWAIT_DAY: ActionWords(N_("See the case"), N_("Nothing to do until the day")),
    Action.NEWER_CASE_FIRST: ActionWords(
        N_("See the case"), N_("Deal with the newer case of this person first")
    ),
    Action.CHOOSE_ENDING: ActionWords(N_("Choose"), N_("Escalate, concede, or close without action")),
    Action.NOTHING: ActionWords(N_("See the case"), N_("Nothing more to do")),
}

STEPS = {
    "post_acknowledgement": N_("Post the public reply"),
    "resume_public_thread": N_("Reopen the public thread"),
    "contact_in_private": N_("Write privately"),
    "hear_from_them": N_("Read their message"),
    "finish_step": N_("Finish the work"),
    "receive_reply": N_("Read their reply"),
    "ping": N_("Write again"),
    "settle_unanswered": N_("Settle, or close without action"),
    "confirm_fix": N_("Confirm the fix"),
    "confirm_and_settle": N_("Confirm the fix"),
    "report_not_fixed": N_("Read what is not fixed"),
    "check_in": N_("Ask how it went"),
    "skip_second_chance": N_("Skip the second chance"),
    "complain_again": N_("Read the new complaint"),
    "win_back": N_("Record that they were won back"),
    "hear_new_problem": N_("Read the new problem"),
    "settle_check_in": N_("Settle: no answer to the check-in"),
    "keep_escalated": N_("See where the escalation stands"),
    "keep_watching": N_("Check the post again"),
    "see_hostility": N_("Read the new hostile post"),
    "recognise_customer": N_("Read their new message"),
    "let_go_watched": N_("Stop watching"),
    "reopen": N_("Reopen and work on it"),
}
"""A move that comes next, as what is to be done: its button records it afterwards, "I wrote privately"."""

AWAITED = {
    "receive_reply": N_("Wait for their reply"),
    "hear_from_them": N_("Wait for them to use the private link"),
}
"""The same while it is the customer's turn."""

BUTTONS = {
    Action.DECIDE: N_("Decide"),
    Action.WRITE_REPLY: N_("Answer"),
    Action.REWRITE_REPLY: N_("Rewrite"),
    Action.WRITE_ENDING: N_("Write"),
    Action.READ_DRAFT: N_("Proofread"),
    Action.AWAIT_READER: N_("Open"),
    Action.COOL_DOWN: N_("Open"),
    Action.POST_REPLY: N_("Publish"),
    Action.KEEP_PROMISE: N_("Keep"),
    Action.REACH_THEM: N_("Open"),
    Action.AWAIT_ANSWER: N_("Open"),
    Action.AWAIT_DAY: N_("Open"),
    Action.NEWER_CASE_FIRST: N_("Open"),
    Action.CHOOSE_ENDING: N_("Choose"),
    Action.NOTHING: N_("Open"),
    "post_acknowledgement": N_("Publish"),
    "resume_public_thread": N_("Resume"),
    "contact_in_private": N_("Write"),
    "hear_from_them": N_("Open"),
    "finish_step": N_("Continue"),
    "receive_reply": N_("Read"),
    "ping": N_("Remind"),
    "settle_unanswered": N_("Settle"),
    "confirm_fix": N_("Confirm"),
    "confirm_and_settle": N_("Confirm"),
    "report_not_fixed": N_("Read"),
    "check_in": N_("Ask"),
    "skip_second_chance": N_("Settle"),
    "complain_again": N_("Read"),
    "win_back": N_("Conclude"),
    "hear_new_problem": N_("Read"),
    "settle_check_in": N_("Settle"),
    "keep_escalated": N_("Act"),
    "keep_watching": N_("Check"),
    "see_hostility": N_("Read"),
    "recognise_customer": N_("Read"),
    "let_go_watched": N_("Stop"),
    "reopen": N_("Reopen"),
}
"""Every step in one word, for the button of a list, where the sentence is its accessible name."""

REQUESTS = {
    FollowUpKind.MENTION: N_("Read"),
    FollowUpKind.QUESTION: N_("Read"),
    FollowUpKind.ANSWERED: N_("Read"),
    FollowUpKind.REMINDER: N_("Open"),
    FollowUpKind.REMEDY_REQUEST: N_("Open"),
    FollowUpKind.REWRITE: N_("Open"),
    FollowUpKind.BLOCK_REVIEW: N_("Check"),
    FollowUpKind.PUBLIC_ENDING: N_("Write"),
}
"""What a list offers for something due that is no duty of the case's stage, in one word."""

REASONS = {
    Reason.NO_REPLY: N_("No public reply has been written yet."),
    Reason.ENDING_OWED: N_("It was resolved in private, and readers of the post do not know."),
    Reason.MUST_BE_READ: N_("A lead must approve this reply before it is posted: submit it."),
    Reason.REPLY_READY: N_("The reply can be posted."),
    Reason.UNDELIVERED: N_("A message by mail did not arrive. Send it again, or reach them another way."),
    Reason.REJECTED: N_("The draft by %(drafter)s was sent back; %(drafter)s rewrites it."),
    Reason.TO_BE_READ: N_("The draft by %(drafter)s is waiting for review; due %(date)s."),
    Reason.BEING_READ: N_("%(reader)s reviews the draft; due %(date)s."),
    Reason.COOLING: N_("Can be posted from %(date)s."),
    Reason.THREAT: N_("The case is flagged as a threat, so its replies are held until a lead lifts that."),
    Reason.ON_HOLD: N_("An incident holds the replies. Its spokesperson or a lead can release this one."),
    Reason.THREAD_ENDED: N_("The public thread is closed."),
    Reason.WROTE_AGAIN: N_("They wrote again, or their post was seen again."),
    Reason.SAID_GOOD: N_("They answered that all is well."),
    Reason.SAID_BAD: N_("They answered that not all is well."),
    Reason.THEIR_TURN: N_("We wait for the customer until %(date)s."),
    Reason.LINK_POSTED: N_(
        "The private link stands in our public reply. Without an answer, write on %(date)s."
    ),
    Reason.NO_ANSWER: N_("No answer yet."),
    Reason.NOT_YET: N_("Planned for %(date)s."),
    Reason.COMPLAINED_ELSEWHERE: N_("This person has complained again since."),
    Reason.OPTED_OUT: N_("They asked for no more contact."),
    Reason.SECOND_FAILURE: N_("A second fix has failed."),
    Reason.ASLEEP: N_("Snoozed until %(date)s."),
}
"""A reason that is not here goes without saying."""
