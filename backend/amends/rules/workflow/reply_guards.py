"""Guards of public replies: draft, approval, posting, last word."""

from datetime import datetime

from amends.i18n import N_
from amends.rules.reply.reply_templates import occasion_for
from amends.rules.team.permissions import Permission, may
from amends.rules.team.reply_rules import needs_approval
from amends.rules.vocabulary import Stage
from amends.rules.workflow.guards import CaseFacts, Guard, Mover

CONFIRMED = (Stage.SECOND_CHANCE, Stage.CHECKED_IN)
"""Stages in which nothing is said in public but how it ended."""


def must_be_read(facts: CaseFacts, by: Mover) -> bool:
    """Whether a lead reads this member's next public reply on the case first (P40).

    So it is after a draft was sent back: only who may read it, and did not write it, goes on without that.
    """
    if facts.approval == "rejected" and (facts.draft_by == by.id or not may_read(facts, by)):
        return True
    return needs_approval(
        facts.rules.approval,
        severity=facts.severity,
        nature=facts.nature,
        role=by.role,
        occasion=occasion_for(facts.public_replies, facts.rules.budget),
    )


def may_read(facts: CaseFacts, by: Mover) -> bool:
    """Whether this member may approve the draft of another: approver, lead, a deputy, or who was asked."""
    return may(by.role, Permission.APPROVE) or by.stands_in or facts.reader == by.id


def is_held(facts: CaseFacts, now: datetime) -> bool:
    """Whether a hot draft still has to cool (P38)."""
    return facts.held_until is not None and facts.held_until > now


NOT_ON_HOLD = Guard(
    lambda facts, by, now: not facts.on_hold,
    N_("An incident holds the replies of this case. Its spokesperson or a lead can release it."),
)
NOT_THREATENED = Guard(
    lambda facts, by, now: not facts.threat_hold,
    N_("This case is flagged as a threat, so its replies are held. A lead can lift the hold, with a reason."),
)


def hold_sentence(of_threat: bool) -> str:
    """Why nothing may be said in public: the threat first, since a lead alone ends that."""
    return NOT_THREATENED.sentence if of_threat else NOT_ON_HOLD.sentence


NOT_SENT_BACK = Guard(
    lambda facts, by, now: facts.approval != "rejected",
    N_("This draft was sent back. Rewrite it and submit it for review again."),
)
APPROVED = Guard(
    lambda facts, by, now: facts.approval in (None, "approved", "ready"),
    N_("This draft is waiting for approval. Ask a lead to approve it first."),
)
READ_IF_ASKED = Guard(
    lambda facts, by, now: facts.approval == "approved" or not must_be_read(facts, by),
    N_("A lead must approve this reply before it is posted. Write it as a draft and submit it."),
)
COOL = Guard(
    lambda facts, by, now: not is_held(facts, now),
    N_("This draft is held for ten minutes. Read it again then, or say why it cannot wait."),
)
HELD = Guard(lambda facts, by, now: is_held(facts, now), N_("No draft is held."))
PENDING = Guard(lambda facts, by, now: facts.approval == "pending", N_("No draft is waiting for approval."))
NOT_PENDING = Guard(
    lambda facts, by, now: facts.approval != "pending",
    N_("A draft is already waiting for approval."),
)
READ_AGAIN = Guard(
    lambda facts, by, now: facts.approval != "rejected" or not must_be_read(facts, by),
    NOT_SENT_BACK.sentence,
)
NOT_ASKED_FOR = Guard(
    lambda facts, by, now: not must_be_read(facts, by),
    N_("A lead must approve this reply before it is posted. Submit it for approval."),
)
MAY_READ = Guard(
    lambda facts, by, now: may_read(facts, by),
    N_("Only a lead, a lead’s deputy or the person who was asked may do this."),
)
NOT_OWN_DRAFT = Guard(
    lambda facts, by, now: facts.draft_by != by.id,
    N_("You cannot approve your own draft. Ask another lead."),
)
THREAD_OPEN = Guard(
    lambda facts, by, now: not facts.thread_ended or facts.ending_until is not None,
    N_("The public thread was closed. Reopen it first, and say why."),
)
SPOKEN_FOR = Guard(
    lambda facts, by, now: facts.stage not in CONFIRMED or facts.ending_until is not None,
    N_("The fix is confirmed, and no public ending is owed: there is nothing left to say in public."),
)
THREAD_ENDED = Guard(lambda facts, by, now: facts.thread_ended, N_("The public thread is open."))
PLAN_GIVEN = Guard(
    lambda facts, by, now: facts.plan_given,
    N_("First say in public what you will do about it; then the thread can be closed."),
)
PLACE_GIVEN = Guard(
    lambda facts, by, now: facts.place_given,
    N_("First say in public where the conversation continues; then the thread can be closed."),
)

POSTING = (NOT_THREATENED, NOT_ON_HOLD, NOT_SENT_BACK, APPROVED, READ_IF_ASKED, COOL)
"""What must hold before a reply is marked as posted."""
DRAFTING = (NOT_THREATENED, NOT_PENDING, SPOKEN_FOR, THREAD_OPEN)
KEEPING = (*DRAFTING, READ_AGAIN, NOT_ASKED_FOR)
"""What must hold before a reply may be posted without a reader."""
READING = (PENDING, MAY_READ, NOT_OWN_DRAFT)
