"""Words for the next step of a case in messages, in the language that is spoken just now."""

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.workflow.next_step import Action

WORDS: dict[str, str] = {
    Action.DECIDE: N_("decide what to do"),
    Action.WRITE_REPLY: N_("write the public reply"),
    Action.REWRITE_REPLY: N_("rewrite the public reply"),
    Action.WRITE_ENDING: N_("write under the post how it ended"),
    Action.READ_DRAFT: N_("review the draft"),
    Action.AWAIT_READER: N_("wait for the draft to be reviewed"),
    Action.COOL_DOWN: N_("wait: the reply is on hold"),
    Action.POST_REPLY: N_("post the public reply"),
    Action.KEEP_PROMISE: N_("keep the promise"),
    Action.REACH_THEM: N_("reach them another way: a message did not arrive"),
    Action.AWAIT_ANSWER: N_("wait for their answer"),
    Action.AWAIT_DAY: N_("wait for the day of the second chance"),
    Action.NEWER_CASE_FIRST: N_("deal with the newer case of this person first"),
    Action.CHOOSE_ENDING: N_("escalate, concede, or close without action"),
    Action.NOTHING: N_("nothing more to do"),
    "resume_public_thread": N_("reopen the public thread"),
    "post_acknowledgement": N_("post the public reply"),
    "contact_in_private": N_("contact in private"),
    "hear_from_them": N_("wait for them to use the private link"),
    "finish_step": N_("take the next step"),
    "receive_reply": N_("read their answer and continue"),
    "ping": N_("send a gentle reminder"),
    "settle_unanswered": N_("settle the case, or close it without action"),
    "confirm_fix": N_("check that the fix holds"),
    "confirm_and_settle": N_("check that the fix holds"),
    "report_not_fixed": N_("work on it again: it is not fixed"),
    "check_in": N_("send the second-chance message"),
    "skip_second_chance": N_("skip the second chance: they want no more contact"),
    "complain_again": N_("work on it again: new complaint"),
    "settle_check_in": N_("close the check-in"),
    "win_back": N_("record that they were won back"),
    "hear_new_problem": N_("work on it again: it is not fixed"),
    "keep_escalated": N_("review the escalation"),
    "keep_watching": N_("check the post again, without replying"),
    "let_go_watched": N_("stop watching"),
    "recognise_customer": N_("read their new message"),
    "see_hostility": N_("read their new message"),
    "reopen": N_("reopen it"),
}
"""Every step of the rule; a test says so."""


def numbered(case: int) -> str:
    """A case by its number, as people write it: “#12”, « nº 12 »."""
    return _("#%(number)s") % {"number": case}


def words(do: str) -> str:
    """What a step is called in a message."""
    return _(WORDS[do])
