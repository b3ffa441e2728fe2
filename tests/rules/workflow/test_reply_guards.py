"""What must hold before a public reply is drafted, read, posted, or the last one? As a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from amends.rules.team.reply_rules import ApprovalRule, ReplyRules
from amends.rules.vocabulary import FollowUpKind, Nature, Role, Severity, Stage
from amends.rules.workflow.guards import CaseFacts, Mover
from amends.rules.workflow.moves import BY_NAME, SPEAKING, consequences, refusal
from amends.rules.workflow.reply_guards import is_held, may_read, must_be_read

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
BOB, LEA = Mover(UUID(int=1), Role.AGENT), Mover(UUID(int=2), Role.LEAD)
EVE, DEPUTY = Mover(UUID(int=3), Role.AGENT), Mover(UUID(int=4), Role.AGENT, stands_in=True)
SOON, JUST_NOW = NOW + timedelta(minutes=1), NOW - timedelta(minutes=1)
PLAIN = CaseFacts(stage=Stage.ACKNOWLEDGE, severity=Severity.S3, draft_by=BOB.id)
SEVERE = replace(PLAIN, severity=Severity.S2, public_replies=1, stage=Stage.CONTACT)
WAITING = replace(PLAIN, approval="pending")
SENT_BACK = replace(PLAIN, approval="rejected")


def may(name: str, facts: CaseFacts, by: Mover = BOB) -> bool:
    return refusal(BY_NAME[name], facts, by=by, now=NOW) is None


@pytest.mark.parametrize(
    ("name", "facts", "by", "allowed"),
    [
        ("keep_draft", PLAIN, BOB, True),
        ("keep_draft", replace(PLAIN, severity=Severity.S1), BOB, True),  # P23: a first answer is quick
        ("keep_draft", SEVERE, BOB, False),
        ("keep_draft", SEVERE, LEA, True),
        ("keep_draft", replace(SEVERE, severity=Severity.S4, nature=Nature.THREAT), BOB, False),
        ("submit_draft", SEVERE, BOB, True),
        ("submit_draft", PLAIN, BOB, True),
        ("keep_draft", WAITING, BOB, False),
        ("submit_draft", WAITING, BOB, False),
        ("keep_draft", replace(PLAIN, approval="approved"), BOB, True),
        ("keep_draft", SENT_BACK, BOB, False),
        ("keep_draft", SENT_BACK, EVE, False),
        ("keep_draft", replace(SENT_BACK, reader=EVE.id), EVE, True),
        ("keep_draft", SENT_BACK, LEA, True),
        ("keep_draft", replace(SENT_BACK, draft_by=LEA.id), LEA, False),
        ("submit_draft", SENT_BACK, BOB, True),
        ("keep_draft", replace(PLAIN, thread_ended=True), BOB, False),
        ("submit_draft", replace(PLAIN, thread_ended=True), LEA, False),
        ("keep_draft", replace(PLAIN, stage=Stage.WATCHED), BOB, False),
        ("approve", WAITING, LEA, True),
        ("approve", WAITING, DEPUTY, True),
        ("approve", WAITING, EVE, False),
        ("approve", replace(WAITING, reader=EVE.id), EVE, True),
        ("approve", replace(WAITING, draft_by=LEA.id), LEA, False),
        ("approve", replace(WAITING, draft_by=DEPUTY.id), DEPUTY, False),
        ("approve", PLAIN, LEA, False),
        ("reject", WAITING, LEA, True),
        ("reject", WAITING, EVE, False),
        ("post_acknowledgement", PLAIN, BOB, True),
        ("post_acknowledgement", replace(PLAIN, approval="ready"), BOB, True),
        ("post_acknowledgement", replace(PLAIN, approval="approved"), BOB, True),
        ("post_acknowledgement", WAITING, LEA, False),
        ("post_acknowledgement", replace(PLAIN, approval="rejected"), LEA, False),
        ("post_acknowledgement", replace(PLAIN, approval="ready", held_until=SOON), BOB, False),
        ("post_acknowledgement", replace(PLAIN, approval="ready", held_until=JUST_NOW), BOB, True),
        ("ask_in_public", SEVERE, BOB, False),
        ("ask_in_public", replace(SEVERE, approval="approved"), BOB, True),
        ("ask_in_public", SEVERE, LEA, True),
        ("release_draft", replace(PLAIN, approval="ready", held_until=SOON), BOB, True),
        ("release_draft", replace(PLAIN, approval="ready", held_until=JUST_NOW), BOB, False),
        ("release_draft", PLAIN, BOB, False),
        ("end_public_thread", PLAIN, BOB, False),
        ("end_public_thread", replace(PLAIN, plan_given=True), BOB, False),
        ("end_public_thread", replace(PLAIN, place_given=True), LEA, False),
        ("end_public_thread", replace(PLAIN, plan_given=True, place_given=True), BOB, True),
        (
            "end_public_thread",
            replace(PLAIN, plan_given=True, place_given=True, thread_ended=True),
            BOB,
            False,
        ),
        ("resume_public_thread", replace(PLAIN, thread_ended=True), BOB, True),
        ("resume_public_thread", PLAIN, BOB, False),
    ],
)
def test_a_reply_is_drafted_read_posted_and_ended_by_the_rules(
    name: str, facts: CaseFacts, by: Mover, allowed: bool
):
    assert may(name, facts, by) is allowed


@pytest.mark.parametrize("name", ["keep_draft", "post_acknowledgement"])
def test_who_had_a_draft_sent_back_is_told_what_to_do_next(name: str):
    sentence = refusal(BY_NAME[name], SENT_BACK, by=BOB, now=NOW) or ""
    assert "sent back" in sentence
    assert "submit it" in sentence


@pytest.mark.parametrize("stage", SPEAKING)
def test_a_draft_is_written_wherever_we_may_speak_and_changes_no_stage(stage: Stage):
    facts = replace(PLAIN, stage=stage, due={FollowUpKind.PROMISE: NOW})
    for name in ("keep_draft", "submit_draft", "end_public_thread"):
        move = BY_NAME[name]
        assert move.keeps_stage
        effect = consequences(move, facts)
        assert not effect.done | effect.dropped | effect.paused | effect.resumed
        assert effect.made == ((FollowUpKind.APPROVAL,) if name == "submit_draft" else ())


@pytest.mark.parametrize("name", ["approve", "reject"])
def test_reading_a_draft_ends_what_was_owed_for_it(name: str):
    facts = replace(WAITING, due={FollowUpKind.APPROVAL: NOW, FollowUpKind.ACKNOWLEDGE: NOW})
    assert consequences(BY_NAME[name], facts).done == {FollowUpKind.APPROVAL}


def test_a_team_without_a_rule_has_nothing_read():
    none = ReplyRules(approval=ApprovalRule(severities=frozenset(), natures=frozenset()))
    assert must_be_read(SEVERE, BOB)
    assert not must_be_read(replace(SEVERE, rules=none), BOB)


def test_a_lead_a_deputy_and_who_was_asked_may_read():
    asked = replace(WAITING, reader=EVE.id)
    assert [may_read(asked, one) for one in (LEA, DEPUTY, EVE, BOB)] == [True, True, True, False]


def test_a_hot_draft_is_held_until_its_minute_and_no_longer():
    assert is_held(replace(PLAIN, held_until=SOON), NOW)
    assert not is_held(replace(PLAIN, held_until=NOW), NOW)
    assert not is_held(PLAIN, NOW)
