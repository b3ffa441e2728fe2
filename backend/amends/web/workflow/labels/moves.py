"""Labels of moves: verb, explanation and timeline sentence."""

# ruff: noqa: E501  (the table reads best with one sentence a line)

from typing import NamedTuple

from amends.i18n import N_
from amends.i18n import gettext as _

LOCATE = "locate"
"""No move, and undone as one."""


class MoveWords(NamedTuple):
    """`told` is what comes after the member's name: "Camille *posted the public answer*"."""

    verb: str
    told: str
    explanation: str


# fmt: off
MOVES = {
    "answer": MoveWords(
        N_("Decide to answer"), N_("decided to answer"),
        N_("We answer in public, then continue in private. The time to answer counts from the capture."),
    ),
    "answered_already": MoveWords(
        N_("Already answered"), N_("found an existing public answer"),
        N_("Someone has already answered in public. Enter the address of that answer; private contact comes next."),
    ),
    "watch_in_silence": MoveWords(
        N_("Watch silently"), N_("decided to watch silently"),
        N_("No answer is a decision too: it needs a reason and a day to check again."),
    ),
    "not_ours": MoveWords(
        N_("Not about us"), N_("closed it as not about us"),
        N_("Spam, or about someone else. Closes the case."),
    ),
    "post_acknowledgement": MoveWords(
        N_("Mark as posted"), N_("posted the public reply"),
        N_("For a reply that is under the post already: enter its address; private contact comes next."),
    ),
    "solve_in_public": MoveWords(
        N_("Solved in public"), N_("solved it in public"),
        N_("When your public answer solved it. We check later that it holds."),
    ),
    "keep_draft": MoveWords(
        N_("Save draft"), N_("saved a draft of the public reply"),
        N_("Can be posted as it is. Then mark it as posted."),
    ),
    "submit_draft": MoveWords(
        N_("Submit a draft"), N_("submitted a draft for approval"),
        N_("Your draft is reviewed before it is posted. The time to answer keeps running."),
    ),
    "release_draft": MoveWords(
        N_("It cannot wait"), N_("sent the held draft at once"),
        N_("A heated draft is held for ten minutes. Say why this one must be sent sooner."),
    ),
    "end_public_thread": MoveWords(
        N_("Close the public thread"), N_("closed the public thread"),
        N_("The plan and the place to continue were given in public; nothing more is due there. Private contact continues."),
    ),
    "resume_public_thread": MoveWords(
        N_("Reopen the public thread"), N_("reopened the public thread"),
        N_("Something new calls for another public reply."),
    ),
    "approve": MoveWords(
        N_("Approve the draft"), N_("approved the draft"),
        N_("Can be posted as it is, or as you edit it here."),
    ),
    "reject": MoveWords(
        N_("Send the draft back"), N_("sent back the draft"),
        N_("Say what should change, so that the next draft is right."),
    ),
    "contact_in_private": MoveWords(
        N_("I wrote privately"), N_("wrote to the customer privately"),
        N_("When you have sent a private message. Then we wait for the customer, and you are reminded to write again."),
    ),
    "ask_in_public": MoveWords(
        N_("I asked in public how to reach them"), N_("asked in public how to reach the customer"),
        N_("When they cannot be reached privately and you asked under the post. Then we wait for the customer."),
    ),
    "hear_from_them": MoveWords(
        N_("They wrote to us"), N_("received a private message from the customer"),
        N_("When they wrote to us privately. The case is then in progress."),
    ),
    "finish_step": MoveWords(
        N_("Done, next step"), N_("finished a step and set the next one"),
        N_("Enter what comes next; it gets its own due date."),
    ),
    "ask_them": MoveWords(
        N_("I asked a question"), N_("asked the customer a question"),
        N_("Then we wait for the customer: the time to resolve is paused, promises stay due."),
    ),
    "deliver_remedy": MoveWords(
        N_("Remedy delivered"), N_("delivered the remedy"),
        N_("When what was wrong has been put right. We check later that it holds."),
    ),
    "receive_reply": MoveWords(
        N_("They replied"), N_("received an answer from the customer"),
        N_("When there is news from them. The case is then in progress again."),
    ),
    "ping": MoveWords(
        N_("I wrote again"), N_("wrote to the customer again"),
        N_("One more gentle message; two are the limit."),
    ),
    "settle_unanswered": MoveWords(
        N_("Settle without an answer"), N_("settled it without an answer"),
        N_("We did what we could and had no answer. Closes the case as settled."),
    ),
    "let_go_unanswered": MoveWords(
        N_("Close without action"), N_("closed it without action, as no answer came"),
        N_("No answer came, and we stop here for the reason you give. Closes the case."),
    ),
    "confirm_fix": MoveWords(
        N_("It is fixed"), N_("confirmed the fix"),
        N_("When they say so, or you saw it. A second chance is then planned in a few weeks."),
    ),
    "confirm_and_settle": MoveWords(
        N_("Fixed, without a second chance"), N_("confirmed the fix and settled the case"),
        N_("Closes the case as settled, for the reason you give. A public ending is written before: a closed case has none."),
    ),
    "report_not_fixed": MoveWords(
        N_("It is not fixed"), N_("found that it is not fixed"),
        N_("When the fix does not hold. The case is then in progress again; consider raising the severity."),
    ),
    "check_in": MoveWords(
        N_("I asked how it went"), N_("checked in, as planned"),
        N_("One message, weeks later: did it hold? Never offer anything for changing a review."),
    ),
    "complain_again": MoveWords(
        N_("New complaint"), N_("received a new complaint"),
        N_("When they complain again. The second chance is then cancelled, and the case is in progress again."),
    ),
    "skip_second_chance": MoveWords(
        N_("Skip the second chance"), N_("skipped the second chance"),
        N_("Closes the case as settled, for the reason you give."),
    ),
    "win_back": MoveWords(
        N_("Won back"), N_("won the customer back"),
        N_("When they are happy again, changed their review, or bought again. Say what shows it."),
    ),
    "lose": MoveWords(
        N_("Lost"), N_("closed it as lost"),
        N_("They said no. Say why, so that we do better next time."),
    ),
    "hear_new_problem": MoveWords(
        N_("New problem"), N_("learned of a new problem"),
        N_("When there is news from them. The case is then in progress again."),
    ),
    "settle_check_in": MoveWords(
        N_("Settle: no answer to the check-in"), N_("settled it: no answer to the check-in"),
        N_("There is no second message. Closes the case as settled."),
    ),
    "return_to_work": MoveWords(
        N_("Work on it again"), N_("resumed work on it"),
        N_("When it has come back to us from those it was escalated to."),
    ),
    "return_to_answer": MoveWords(
        N_("Answer it after all"), N_("decided to answer it after all"),
        N_("When it turned out to be harmless: it is answered in public like any other case."),
    ),
    "return_to_watch": MoveWords(
        N_("Watch only"), N_("put it under watch"),
        N_("When it has come back to us: we stay silent and check again."),
    ),
    "keep_escalated": MoveWords(
        N_("Still escalated"), N_("kept it escalated"),
        N_("It is still being dealt with there. You will be reminded to check again."),
    ),
    "refer": MoveWords(
        N_("Hand off for good"), N_("handed it off for good"),
        N_("Legal, the police or someone else is in charge now. Closes the case here."),
    ),
    "keep_watching": MoveWords(
        N_("Still quiet: keep watching"), N_("checked again: all quiet"),
        N_("There is nothing to do. You will be reminded to check again."),
    ),
    "see_hostility": MoveWords(
        N_("New hostile post"), N_("saw a new hostile post"),
        N_("Enter what was posted. The quiet days are counted from today."),
    ),
    "recognise_customer": MoveWords(
        N_("It is a real customer"), N_("recognised a real customer"),
        N_("We answer in public. The time to answer counts from now."),
    ),
    "let_go_watched": MoveWords(
        N_("Quiet long enough: close it"), N_("closed it after quiet days"),
        N_("Nothing more happened. Closes the case."),
    ),
    "escalate": MoveWords(
        N_("Escalate"), N_("escalated it"),
        N_("A threat, a leak, or too big for us: the leads are alerted at once. Promises stay due."),
    ),
    "concede": MoveWords(
        N_("Concede"), N_("conceded the point"),
        N_("They are right and we say so; nothing more can be done. Closes the case."),
    ),
    "let_go": MoveWords(
        N_("Close without action"), N_("closed it without action"),
        N_("We choose to stop here, aware of what it may cost. Closes the case."),
    ),
    "block": MoveWords(
        N_("Blocked and reported"), N_("blocked the account"),
        N_("When you have blocked or reported the account. Keep the proof, and set a day to review it."),
    ),
    "join": MoveWords(
        N_("Merge into another case"), N_("merged it into another case"),
        N_("There is already a case about this: everything moves there."),
    ),
    "reopen": MoveWords(
        N_("Reopen and work on it"), N_("reopened it"),
        N_("It is not over: continue working on it."),
    ),
    "reopen_to_answer": MoveWords(
        N_("Reopen to answer in public"), N_("reopened it to answer in public"),
        N_("They wrote in public again: answer there first."),
    ),
}
# fmt: on


def verb(move: str) -> str:
    """What the move's button says."""
    return _(MOVES[move].verb)


def undone(name: str) -> str:
    """What is undone, as its button said it: a move, or the location of a case."""
    return _("Set location") if name == LOCATE else verb(name) if name in MOVES else name


def explanation(move: str) -> str:
    """What the move does, in a sentence or two."""
    return _(MOVES[move].explanation)


def told(move: str) -> str:
    """How the timeline tells it, after the member's name; moves of older versions are told plainly."""
    if move == "return_as_before":
        return _("put it back where it was before the threat")
    if move == LOCATE:
        return _("changed the location")
    return _(MOVES[move].told) if move in MOVES else _("moved the case")
