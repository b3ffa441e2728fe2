"""Labels of moves: verb, explanation and timeline sentence."""

# ruff: noqa: E501  (the table reads best with one sentence a line)

from typing import NamedTuple

from amends.i18n import gettext as _
from amends.i18n import mark


class MoveWords(NamedTuple):
    """`told` is what comes after the member's name: "Camille *posted the public answer*"."""

    verb: str
    told: str
    explanation: str


# fmt: off
MOVES = {
    "answer": MoveWords(
        mark("Decide to answer"), mark("decided to answer"),
        mark("We will answer in public, then take it to private. The time to answer counts from the capture."),
    ),
    "answered_already": MoveWords(
        mark("It is answered already"), mark("found that it is answered in public already"),
        mark("Somebody has answered in public. Give the address of that answer; private contact comes next."),
    ),
    "watch_in_silence": MoveWords(
        mark("Watch in silence"), mark("decided to watch in silence"),
        mark("Not answering is a decision, with a reason and a day to look again."),
    ),
    "not_ours": MoveWords(
        mark("Not ours"), mark("closed it as not ours"),
        mark("Spam, or about somebody else. The case is closed."),
    ),
    "post_acknowledgement": MoveWords(
        mark("Mark as posted"), mark("posted the public answer"),
        mark("You have answered under the post. Give the address of your answer; private contact comes next."),
    ),
    "solve_in_public": MoveWords(
        mark("Solved in public"), mark("solved it in public"),
        mark("Your answer solved it where everybody can read it. We will check that it holds."),
    ),
    "keep_draft": MoveWords(
        mark("Keep the reply"), mark("wrote the public reply"),
        mark("It may be posted as it is. Then mark it as posted."),
    ),
    "submit_draft": MoveWords(
        mark("Submit a draft"), mark("submitted a draft for approval"),
        mark("Somebody reads your draft before it is posted. The time to answer keeps running."),
    ),
    "release_draft": MoveWords(
        mark("It cannot wait"), mark("did not let the draft cool"),
        mark("A heated draft is held for ten minutes. Say why this one has to go out sooner."),
    ),
    "end_public_thread": MoveWords(
        mark("End the public thread"), mark("ended the public thread"),
        mark("The plan and the place to go on were given in public: no more is owed there. What is private goes on."),
    ),
    "resume_public_thread": MoveWords(
        mark("Take the public thread up again"), mark("took the public thread up again"),
        mark("Something new makes it worth another public reply."),
    ),
    "approve": MoveWords(
        mark("Approve the draft"), mark("approved the draft"),
        mark("It may be posted as it is, or as you change it here."),
    ),
    "reject": MoveWords(
        mark("Reject the draft"), mark("rejected the draft"),
        mark("Say what should change, so that the next draft is right."),
    ),
    "contact_in_private": MoveWords(
        mark("I wrote to them in private"), mark("wrote to them in private"),
        mark("You have sent a private message. Now it is their move; you will be reminded to write again, gently."),
    ),
    "ask_in_public": MoveWords(
        mark("I asked in public for a way to write"), mark("asked in public for a way to write to them"),
        mark("They cannot be reached in private, so you asked under the post. Now it is their move."),
    ),
    "hear_from_them": MoveWords(
        mark("They wrote to us"), mark("heard from them in private"),
        mark("They came to us in private first. The case goes into work."),
    ),
    "finish_step": MoveWords(
        mark("Step done, set the next"), mark("finished a step and set the next"),
        mark("Say what comes next; it gets a date of its own."),
    ),
    "ask_them": MoveWords(
        mark("I asked them something"), mark("asked them something"),
        mark("Now it is their move. The time to resolve waits; promises keep running."),
    ),
    "deliver_remedy": MoveWords(
        mark("Remedy delivered"), mark("delivered the remedy"),
        mark("What was wrong has been put right. In a few days we check that it holds."),
    ),
    "receive_reply": MoveWords(
        mark("They replied"), mark("received their reply"),
        mark("The case goes back into work."),
    ),
    "ping": MoveWords(
        mark("I wrote again, gently"), mark("wrote to them again"),
        mark("One more message, and not more than is decent."),
    ),
    "settle_unanswered": MoveWords(
        mark("Settle without an answer"), mark("settled it without an answer"),
        mark("We did what we could and heard nothing. The case is closed as settled."),
    ),
    "let_go_unanswered": MoveWords(
        mark("Let go without an answer"), mark("let go after no answer came"),
        mark("We heard nothing and stop here, for the reason you give."),
    ),
    "confirm_fix": MoveWords(
        mark("It is fixed"), mark("confirmed the fix"),
        mark("They say so, or you saw it. A second chance is planned in some weeks."),
    ),
    "confirm_and_settle": MoveWords(
        mark("Fixed, and no second chance"), mark("confirmed the fix and settled the case"),
        mark("Close it now as settled, for the reason you give."),
    ),
    "report_not_fixed": MoveWords(
        mark("It is not fixed"), mark("found that it is not fixed"),
        mark("Back to work. Think about raising the severity."),
    ),
    "check_in": MoveWords(
        mark("I asked how it went"), mark("asked how it went, as planned"),
        mark("One message, weeks later: did it hold? Never offer anything for changing a review."),
    ),
    "complain_again": MoveWords(
        mark("They complained again"), mark("heard a new complaint"),
        mark("The second chance is off; the case goes back into work."),
    ),
    "skip_second_chance": MoveWords(
        mark("Leave the second chance out"), mark("left the second chance out"),
        mark("The case is closed as settled, for the reason you give."),
    ),
    "win_back": MoveWords(
        mark("Won back"), mark("won them back"),
        mark("They are happy again, changed their review, or bought again. Say what shows it."),
    ),
    "lose": MoveWords(
        mark("Lost"), mark("closed it as lost"),
        mark("They said no. Say why, so that the next one goes better."),
    ),
    "hear_new_problem": MoveWords(
        mark("They named a new problem"), mark("heard of a new problem"),
        mark("The case goes back into work."),
    ),
    "settle_check_in": MoveWords(
        mark("Settle, no answer came"), mark("settled it, as the check-in had no answer"),
        mark("There is no second message. The case is closed as settled."),
    ),
    "return_to_work": MoveWords(
        mark("Take it back into work"), mark("took it back into work"),
        mark("Whoever had it gives it back to us."),
    ),
    "return_to_watch": MoveWords(
        mark("Only watch from now on"), mark("gave it back to be watched"),
        mark("Whoever had it gives it back; we keep silent and look again."),
    ),
    "keep_escalated": MoveWords(
        mark("Still escalated"), mark("left it escalated"),
        mark("They are still at it. You will be reminded to look again."),
    ),
    "refer": MoveWords(
        mark("Refer for good"), mark("referred it for good"),
        mark("Legal, the police or somebody else owns it now. The case is closed here."),
    ),
    "keep_watching": MoveWords(
        mark("Still quiet, keep watching"), mark("looked again: all quiet"),
        mark("You looked and there is nothing to do. You will be reminded to look again."),
    ),
    "see_hostility": MoveWords(
        mark("They wrote again, with hostility"), mark("saw new hostility"),
        mark("Say what appeared. The quiet days are counted from today."),
    ),
    "recognise_customer": MoveWords(
        mark("A real customer after all"), mark("recognised a real customer"),
        mark("We will answer in public. The time to answer counts from now."),
    ),
    "let_go_watched": MoveWords(
        mark("Quiet for long enough, let go"), mark("let go after quiet days"),
        mark("Nothing more happened. The case is closed."),
    ),
    "escalate": MoveWords(
        mark("Escalate"), mark("escalated it"),
        mark("A threat, a leak, or too big for us: leads are told at once. Promises keep running."),
    ),
    "concede": MoveWords(
        mark("Concede"), mark("conceded"),
        mark("They are right and we say so; nothing more can be done. The case is closed."),
    ),
    "let_go": MoveWords(
        mark("Let go"), mark("let go"),
        mark("It is our choice to stop here, weighed against what it may cost. The case is closed."),
    ),
    "block": MoveWords(
        mark("Blocked and reported"), mark("blocked the account"),
        mark("You have blocked or reported the account. Keep the proof, and a day to look at it again."),
    ),
    "join": MoveWords(
        mark("Join to another case"), mark("joined it to another case"),
        mark("The same matter has a case already: everything moves over to it."),
    ),
    "reopen": MoveWords(
        mark("Reopen into work"), mark("reopened it"),
        mark("The matter is not over: go on working on it."),
    ),
    "reopen_to_answer": MoveWords(
        mark("Reopen to answer in public"), mark("reopened it to answer in public"),
        mark("They wrote in public again: answer there first."),
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
