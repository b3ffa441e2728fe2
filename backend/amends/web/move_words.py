"""What does each move say: the verb on its button, what it does, how the timeline tells it afterwards?"""

# ruff: noqa: E501  (the table reads best with one sentence a line)

from typing import NamedTuple

from amends.i18n import gettext as _
from amends.i18n import mark


class MoveWords(NamedTuple):
    """`told` is what comes after the member's name: "Camille *posted the public answer*"."""

    verb: str
    explanation: str
    told: str


MOVES = {
    "answer": MoveWords(
        mark("Decide to answer"),
        mark(
            "We will answer in public, then take it to private. The time to answer counts from the capture."
        ),
        mark("decided to answer"),
    ),
    "answered_already": MoveWords(
        mark("It is answered already"),
        mark("Somebody has answered in public. Give the address of that answer; private contact comes next."),
        mark("found that it is answered in public already"),
    ),
    "watch_in_silence": MoveWords(
        mark("Watch in silence"),
        mark("Not answering is a decision, with a reason and a day to look again."),
        mark("decided to watch in silence"),
    ),
    "not_ours": MoveWords(
        mark("Not ours"),
        mark("Spam, or about somebody else. The case is closed."),
        mark("closed it as not ours"),
    ),
    "post_acknowledgement": MoveWords(
        mark("Mark as posted"),
        mark(
            "You have answered under the post. Give the address of your answer; private contact comes next."
        ),
        mark("posted the public answer"),
    ),
    "solve_in_public": MoveWords(
        mark("Solved in public"),
        mark("Your answer solved it where everybody can read it. We will check that it holds."),
        mark("solved it in public"),
    ),
    "submit_draft": MoveWords(
        mark("Submit a draft"),
        mark("A lead reads your draft before it is posted. The time to answer keeps running."),
        mark("submitted a draft for approval"),
    ),
    "approve": MoveWords(
        mark("Approve the draft"),
        mark("It may be posted as it is, or as you change it here."),
        mark("approved the draft"),
    ),
    "reject": MoveWords(
        mark("Reject the draft"),
        mark("Say what should change, so that the next draft is right."),
        mark("rejected the draft"),
    ),
    "contact_in_private": MoveWords(
        mark("I wrote to them in private"),
        mark(
            "You have sent a private message. Now it is their move; you will be reminded to write again, gently."
        ),
        mark("wrote to them in private"),
    ),
    "ask_in_public": MoveWords(
        mark("I asked in public for a way to write"),
        mark("They cannot be reached in private, so you asked under the post. Now it is their move."),
        mark("asked in public for a way to write to them"),
    ),
    "hear_from_them": MoveWords(
        mark("They wrote to us"),
        mark("They came to us in private first. The case goes into work."),
        mark("heard from them in private"),
    ),
    "finish_step": MoveWords(
        mark("Step done, set the next"),
        mark("Say what comes next; it gets a date of its own."),
        mark("finished a step and set the next"),
    ),
    "ask_them": MoveWords(
        mark("I asked them something"),
        mark("Now it is their move. The time to resolve waits; promises keep running."),
        mark("asked them something"),
    ),
    "deliver_remedy": MoveWords(
        mark("Remedy delivered"),
        mark("What was wrong has been put right. In a few days we check that it holds."),
        mark("delivered the remedy"),
    ),
    "receive_reply": MoveWords(
        mark("They replied"),
        mark("The case goes back into work."),
        mark("received their reply"),
    ),
    "ping": MoveWords(
        mark("I wrote again, gently"),
        mark("One more message, and not more than is decent."),
        mark("wrote to them again"),
    ),
    "settle_unanswered": MoveWords(
        mark("Settle without an answer"),
        mark("We did what we could and heard nothing. The case is closed as settled."),
        mark("settled it without an answer"),
    ),
    "let_go_unanswered": MoveWords(
        mark("Let go without an answer"),
        mark("We heard nothing and stop here, for the reason you give."),
        mark("let go after no answer came"),
    ),
    "confirm_fix": MoveWords(
        mark("It is fixed"),
        mark("They say so, or you saw it. A second chance is planned in some weeks."),
        mark("confirmed the fix"),
    ),
    "confirm_and_settle": MoveWords(
        mark("Fixed, and no second chance"),
        mark("Close it now as settled, for the reason you give."),
        mark("confirmed the fix and settled the case"),
    ),
    "report_not_fixed": MoveWords(
        mark("It is not fixed"),
        mark("Back to work. Think about raising the severity."),
        mark("found that it is not fixed"),
    ),
    "check_in": MoveWords(
        mark("I asked how it went"),
        mark("One message, weeks later: did it hold? Never offer anything for changing a review."),
        mark("asked how it went, as planned"),
    ),
    "complain_again": MoveWords(
        mark("They complained again"),
        mark("The second chance is off; the case goes back into work."),
        mark("heard a new complaint"),
    ),
    "skip_second_chance": MoveWords(
        mark("Leave the second chance out"),
        mark("The case is closed as settled, for the reason you give."),
        mark("left the second chance out"),
    ),
    "win_back": MoveWords(
        mark("Won back"),
        mark("They are happy again, changed their review, or bought again. Say what shows it."),
        mark("won them back"),
    ),
    "lose": MoveWords(
        mark("Lost"),
        mark("They said no. Say why, so that the next one goes better."),
        mark("closed it as lost"),
    ),
    "hear_new_problem": MoveWords(
        mark("They named a new problem"),
        mark("The case goes back into work."),
        mark("heard of a new problem"),
    ),
    "settle_check_in": MoveWords(
        mark("Settle, no answer came"),
        mark("There is no second message. The case is closed as settled."),
        mark("settled it, as the check-in had no answer"),
    ),
    "return_to_work": MoveWords(
        mark("Take it back into work"),
        mark("Whoever had it gives it back to us."),
        mark("took it back into work"),
    ),
    "return_to_watch": MoveWords(
        mark("Only watch from now on"),
        mark("Whoever had it gives it back; we keep silent and look again."),
        mark("gave it back to be watched"),
    ),
    "keep_escalated": MoveWords(
        mark("Still escalated"),
        mark("They are still at it. You will be reminded to look again."),
        mark("left it escalated"),
    ),
    "refer": MoveWords(
        mark("Refer for good"),
        mark("Legal, the police or somebody else owns it now. The case is closed here."),
        mark("referred it for good"),
    ),
    "keep_watching": MoveWords(
        mark("Still quiet, keep watching"),
        mark("You looked and there is nothing to do. You will be reminded to look again."),
        mark("looked again: all quiet"),
    ),
    "see_hostility": MoveWords(
        mark("They wrote again, with hostility"),
        mark("Say what appeared. The quiet days are counted from today."),
        mark("saw new hostility"),
    ),
    "recognise_customer": MoveWords(
        mark("A real customer after all"),
        mark("We will answer in public. The time to answer counts from now."),
        mark("recognised a real customer"),
    ),
    "let_go_watched": MoveWords(
        mark("Quiet for long enough, let go"),
        mark("Nothing more happened. The case is closed."),
        mark("let go after quiet days"),
    ),
    "escalate": MoveWords(
        mark("Escalate"),
        mark("A threat, a leak, or too big for us: leads are told at once. Promises keep running."),
        mark("escalated it"),
    ),
    "concede": MoveWords(
        mark("Concede"),
        mark("They are right and we say so; nothing more can be done. The case is closed."),
        mark("conceded"),
    ),
    "let_go": MoveWords(
        mark("Let go"),
        mark("It is our choice to stop here, weighed against what it may cost. The case is closed."),
        mark("let go"),
    ),
    "block": MoveWords(
        mark("Blocked and reported"),
        mark("You have blocked or reported the account. Keep the proof, and a day to look at it again."),
        mark("blocked the account"),
    ),
    "join": MoveWords(
        mark("Join to another case"),
        mark("The same matter has a case already: everything moves over to it."),
        mark("joined it to another case"),
    ),
    "reopen": MoveWords(
        mark("Reopen into work"),
        mark("The matter is not over: go on working on it."),
        mark("reopened it"),
    ),
    "reopen_to_answer": MoveWords(
        mark("Reopen to answer in public"),
        mark("They wrote in public again: answer there first."),
        mark("reopened it to answer in public"),
    ),
}


def verb(move: str) -> str:
    """What the move's button says."""
    return _(MOVES[move].verb)


def explanation(move: str) -> str:
    """What the move does, in a sentence or two."""
    return _(MOVES[move].explanation)


def told(move: str) -> str:
    """How the timeline tells it, after the member's name; moves of older versions are told plainly."""
    return _(MOVES[move].told) if move in MOVES else _("moved the case")
