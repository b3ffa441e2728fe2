"""Labels of moves: verb, explanation and timeline sentence."""

# ruff: noqa: E501  (the table reads best with one sentence a line)

from typing import NamedTuple

from amends.i18n import N_
from amends.i18n import gettext as _


class MoveWords(NamedTuple):
    """`told` is what comes after the member's name: "Camille *posted the public answer*"."""

    verb: str
    told: str
    explanation: str


# fmt: off
MOVES = {
    "answer": MoveWords(
        N_("Decide to answer"), N_("decided to answer"),
        N_("We will answer in public, then take it to private. The time to answer counts from the capture."),
    ),
    "answered_already": MoveWords(
        N_("It is answered already"), N_("found that it is answered in public already"),
        N_("Somebody has answered in public. Give the address of that answer; private contact comes next."),
    ),
    "watch_in_silence": MoveWords(
        N_("Watch silently"), N_("decided to watch in silence"),
        N_("Not answering is a decision, with a reason and a day to look again."),
    ),
    "not_ours": MoveWords(
        N_("Not about us"), N_("closed it as not ours"),
        N_("Spam, or about somebody else. The case is closed."),
    ),
    "post_acknowledgement": MoveWords(
        N_("Mark as posted"), N_("posted the public answer"),
        N_("You have answered under the post. Give the address of your answer; private contact comes next."),
    ),
    "solve_in_public": MoveWords(
        N_("Solved in public"), N_("solved it in public"),
        N_("Your answer solved it where everybody can read it. We will check that it holds."),
    ),
    "keep_draft": MoveWords(
        N_("Keep the reply"), N_("wrote the public reply"),
        N_("It may be posted as it is. Then mark it as posted."),
    ),
    "submit_draft": MoveWords(
        N_("Submit a draft"), N_("submitted a draft for approval"),
        N_("Somebody reads your draft before it is posted. The time to answer keeps running."),
    ),
    "release_draft": MoveWords(
        N_("It cannot wait"), N_("did not let the draft cool"),
        N_("A heated draft is held for ten minutes. Say why this one has to go out sooner."),
    ),
    "end_public_thread": MoveWords(
        N_("End the public thread"), N_("ended the public thread"),
        N_("The plan and the place to go on were given in public: no more is owed there. What is private goes on."),
    ),
    "resume_public_thread": MoveWords(
        N_("Take the public thread up again"), N_("took the public thread up again"),
        N_("Something new makes it worth another public reply."),
    ),
    "approve": MoveWords(
        N_("Review the draft"), N_("approved the draft"),
        N_("It may be posted as it is, or as you change it here."),
    ),
    "reject": MoveWords(
        N_("Reject the draft"), N_("rejected the draft"),
        N_("Say what should change, so that the next draft is right."),
    ),
    "contact_in_private": MoveWords(
        N_("I wrote to them in private"), N_("wrote to them in private"),
        N_("You have sent a private message. Now it is their move; you will be reminded to write again, gently."),
    ),
    "ask_in_public": MoveWords(
        N_("I asked in public for a way to write"), N_("asked in public for a way to write to them"),
        N_("They cannot be reached in private, so you asked under the post. Now it is their move."),
    ),
    "hear_from_them": MoveWords(
        N_("They wrote to us"), N_("heard from them in private"),
        N_("They came to us in private first. The case goes into work."),
    ),
    "finish_step": MoveWords(
        N_("Step done, set the next"), N_("finished a step and set the next"),
        N_("Say what comes next; it gets a date of its own."),
    ),
    "ask_them": MoveWords(
        N_("I asked them something"), N_("asked them something"),
        N_("Now it is their move. The time to resolve waits; promises keep running."),
    ),
    "deliver_remedy": MoveWords(
        N_("Remedy delivered"), N_("delivered the remedy"),
        N_("What was wrong has been put right. In a few days we check that it holds."),
    ),
    "receive_reply": MoveWords(
        N_("They replied"), N_("received their reply"),
        N_("The case goes back into work."),
    ),
    "ping": MoveWords(
        N_("I wrote again, gently"), N_("wrote to them again"),
        N_("One more message, and not more than is decent."),
    ),
    "settle_unanswered": MoveWords(
        N_("Settle without an answer"), N_("settled it without an answer"),
        N_("We did what we could and heard nothing. The case is closed as settled."),
    ),
    "let_go_unanswered": MoveWords(
        N_("Close without action"), N_("closed it without action, as no answer came"),
        N_("We heard nothing and stop here, for the reason you give."),
    ),
    "confirm_fix": MoveWords(
        N_("It is fixed"), N_("confirmed the fix"),
        N_("They say so, or you saw it. A second chance is planned in some weeks."),
    ),
    "confirm_and_settle": MoveWords(
        N_("Fixed, and no second chance"), N_("confirmed the fix and settled the case"),
        N_("Close it now as settled, for the reason you give."),
    ),
    "report_not_fixed": MoveWords(
        N_("It is not fixed"), N_("found that it is not fixed"),
        N_("Back to work. Think about raising the severity."),
    ),
    "check_in": MoveWords(
        N_("I asked how it went"), N_("asked how it went, as planned"),
        N_("One message, weeks later: did it hold? Never offer anything for changing a review."),
    ),
    "complain_again": MoveWords(
        N_("They complained again"), N_("heard a new complaint"),
        N_("The second chance is off; the case goes back into work."),
    ),
    "skip_second_chance": MoveWords(
        N_("Leave the second chance out"), N_("left the second chance out"),
        N_("The case is closed as settled, for the reason you give."),
    ),
    "win_back": MoveWords(
        N_("Won back"), N_("won them back"),
        N_("They are happy again, changed their review, or bought again. Say what shows it."),
    ),
    "lose": MoveWords(
        N_("Lost"), N_("closed it as lost"),
        N_("They said no. Say why, so that the next one goes better."),
    ),
    "hear_new_problem": MoveWords(
        N_("They named a new problem"), N_("heard of a new problem"),
        N_("The case goes back into work."),
    ),
    "settle_check_in": MoveWords(
        N_("Settle, no answer came"), N_("settled it, as the check-in had no answer"),
        N_("There is no second message. The case is closed as settled."),
    ),
    "return_to_work": MoveWords(
        N_("Take it back into work"), N_("took it back into work"),
        N_("Whoever had it gives it back to us."),
    ),
    "return_to_watch": MoveWords(
        N_("Only watch from now on"), N_("gave it back to be watched"),
        N_("Whoever had it gives it back; we keep silent and look again."),
    ),
    "keep_escalated": MoveWords(
        N_("Still escalated"), N_("left it escalated"),
        N_("They are still at it. You will be reminded to look again."),
    ),
    "refer": MoveWords(
        N_("Refer for good"), N_("referred it for good"),
        N_("Legal, the police or somebody else owns it now. The case is closed here."),
    ),
    "keep_watching": MoveWords(
        N_("Still quiet, keep watching"), N_("looked again: all quiet"),
        N_("You looked and there is nothing to do. You will be reminded to look again."),
    ),
    "see_hostility": MoveWords(
        N_("They wrote again, with hostility"), N_("saw new hostility"),
        N_("Say what appeared. The quiet days are counted from today."),
    ),
    "recognise_customer": MoveWords(
        N_("A real customer after all"), N_("recognised a real customer"),
        N_("We will answer in public. The time to answer counts from now."),
    ),
    "let_go_watched": MoveWords(
        N_("Quiet long enough: close it"), N_("closed it after quiet days"),
        N_("Nothing more happened. The case is closed."),
    ),
    "escalate": MoveWords(
        N_("Escalate"), N_("escalated it"),
        N_("A threat, a leak, or too big for us: leads are told at once. Promises keep running."),
    ),
    "concede": MoveWords(
        N_("Concede"), N_("conceded"),
        N_("They are right and we say so; nothing more can be done. The case is closed."),
    ),
    "let_go": MoveWords(
        N_("Close without action"), N_("closed it without action"),
        N_("It is our choice to stop here, weighed against what it may cost. The case is closed."),
    ),
    "block": MoveWords(
        N_("Blocked and reported"), N_("blocked the account"),
        N_("You have blocked or reported the account. Keep the proof, and a day to look at it again."),
    ),
    "join": MoveWords(
        N_("Join to another case"), N_("joined it to another case"),
        N_("The same matter has a case already: everything moves over to it."),
    ),
    "reopen": MoveWords(
        N_("Reopen into work"), N_("reopened it"),
        N_("The matter is not over: go on working on it."),
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


def explanation(move: str) -> str:
    """What the move does, in a sentence or two."""
    return _(MOVES[move].explanation)


def told(move: str) -> str:
    """How the timeline tells it, after the member's name; moves of older versions are told plainly."""
    return _(MOVES[move].told) if move in MOVES else _("moved the case")
