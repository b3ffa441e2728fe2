"""Words for the next step of a case in messages, in the language that is spoken just now."""

from amends.i18n import gettext as _
from amends.i18n import mark
from amends.rules.workflow.next_step import Action

WORDS: dict[str, str] = {
    Action.DECIDE: mark("decide what to do"),
    Action.WRITE_REPLY: mark("write the public reply"),
    Action.REWRITE_REPLY: mark("rewrite the public reply"),
    Action.READ_DRAFT: mark("read the draft"),
    Action.AWAIT_READER: mark("wait until the draft is read"),
    Action.COOL_DOWN: mark("let the reply cool down"),
    Action.POST_REPLY: mark("post the public reply"),
    Action.KEEP_PROMISE: mark("keep the promise"),
    Action.AWAIT_ANSWER: mark("wait for their answer"),
    Action.AWAIT_DAY: mark("wait for the day of the second chance"),
    Action.NEWER_CASE_FIRST: mark("deal with their newer case first"),
    Action.CHOOSE_ENDING: mark("escalate, concede, or let go"),
    Action.NOTHING: mark("nothing more"),
    "resume_public_thread": mark("take the public thread up again"),
    "post_acknowledgement": mark("post the public reply"),
    "contact_in_private": mark("contact in private"),
    "finish_step": mark("take the next step"),
    "receive_reply": mark("read what they wrote, and go on"),
    "ping": mark("write once more, gently"),
    "settle_unanswered": mark("settle it or let go"),
    "confirm_fix": mark("ask whether the fix holds"),
    "confirm_and_settle": mark("ask whether the fix holds"),
    "report_not_fixed": mark("go back to work: it is not fixed"),
    "check_in": mark("give the second chance"),
    "complain_again": mark("go back to work: they complained again"),
    "settle_check_in": mark("conclude the check-in"),
    "win_back": mark("note that they are won back"),
    "hear_new_problem": mark("go back to work: it is not fixed"),
    "keep_escalated": mark("look at the escalation"),
    "keep_watching": mark("have a look, in silence"),
    "let_go_watched": mark("end the watch"),
    "recognise_customer": mark("look at what they wrote"),
    "see_hostility": mark("look at what they wrote"),
    "reopen": mark("reopen it"),
}
"""Every step of the rule; a test says so."""


def words(do: str) -> str:
    """What a step is called in a message."""
    return _(WORDS[do])
