"""The next step of a case, as a table of what is known and what comes next."""

# ruff: noqa: E501  (the table reads best with one case a line)

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.vocabulary import (
    CustomerStatus,
    FollowUpKind,
    Nature,
    Outcome,
    Role,
    Severity,
    Stage,
    Turn,
)
from amends.rules.workflow.guards import CaseFacts, Mover
from amends.rules.workflow.moves import BY_NAME, SPEAKING, STAGE_FOLLOW_UPS, refusal
from amends.rules.workflow.next_step import GRAVE, NEEDS, STEPS, Action, Reason, next_step
from tests.world import DAY, HOUR, MONDAY

AUTHOR, OWNER, READER = UUID(int=1), UUID(int=2), UUID(int=3)
ADA = Mover(AUTHOR, Role.AGENT)
OTTO = Mover(OWNER, Role.AGENT)
LEA = Mover(READER, Role.LEAD)
LATER, BEFORE = MONDAY + 3 * HOUR, MONDAY - HOUR


def case(stage: str, due: FollowUpKind | str | None = None, at=LATER, **facts: object) -> CaseFacts:
    """A case of Otto's in a stage, with its earliest follow-up."""
    kind = FollowUpKind(due) if due else None
    made = CaseFacts(
        stage=Stage(stage),
        severity=Severity.S3,
        owner=OWNER,
        due={kind: at} if kind else {},
        due_kind=kind,
        due_at=at if kind else None,
    )
    return replace(made, **facts)


def step(facts: CaseFacts, by: Mover = OTTO):
    return next_step(facts, by=by, now=MONDAY)


BAD, PARTLY, GOOD = CheckInAnswer.BADLY, CheckInAnswer.PARTLY, CheckInAnswer.WELL
DRAFTED = {"draft_by": AUTHOR}
PENDING = DRAFTED | {"approval": "pending", "read_by": READER, "read_until": LATER}
OWED = {"ending_until": MONDAY + DAY}
LOST = {"undelivered": True}
CLOSED = {"outcome": Outcome.SETTLED}

SPECIFICATION = [
    ("new", "triage", LATER, {}, "decide", Reason.UNDECIDED),
    ("acknowledge", "acknowledge", LATER, {}, "write_reply", Reason.NO_REPLY),
    ("acknowledge", "acknowledge", BEFORE, {}, "write_reply", Reason.NO_REPLY),
    ("acknowledge", "approval", LATER, PENDING, "await_reader", Reason.BEING_READ),
    ("acknowledge", "acknowledge", LATER, DRAFTED | {"approval": "rejected"}, "rewrite_reply", Reason.REJECTED),
    ("acknowledge", "acknowledge", LATER, DRAFTED | {"approval": "approved"}, "post_acknowledgement", Reason.REPLY_READY),
    ("acknowledge", "acknowledge", LATER, DRAFTED | {"approval": "ready"}, "post_acknowledgement", Reason.REPLY_READY),
    ("acknowledge", "acknowledge", LATER, DRAFTED | {"approval": "ready", "held_until": LATER}, "cool_down", Reason.COOLING),
    ("acknowledge", "acknowledge", BEFORE, DRAFTED | {"approval": "ready", "on_hold": True}, "cool_down", Reason.ON_HOLD),
    ("acknowledge", "acknowledge", LATER, DRAFTED | {"approval": "ready", "held_until": LATER, "on_hold": True}, "cool_down", Reason.ON_HOLD),
    ("acknowledge", "approval", LATER, PENDING | {"on_hold": True}, "await_reader", Reason.BEING_READ),
    ("acknowledge", "acknowledge", LATER, {"on_hold": True}, "write_reply", Reason.NO_REPLY),
    ("acknowledge", "acknowledge", LATER, {"threat_hold": True}, "cool_down", Reason.THREAT),
    ("acknowledge", "acknowledge", LATER, {"threat_hold": True, "thread_ended": True}, "resume_public_thread", Reason.THREAD_ENDED),
    ("acknowledge", "acknowledge", LATER, DRAFTED | {"approval": "rejected", "threat_hold": True}, "cool_down", Reason.THREAT),
    ("acknowledge", "acknowledge", LATER, DRAFTED | {"approval": "approved", "threat_hold": True}, "cool_down", Reason.THREAT),
    ("working", "next_step", LATER, DRAFTED | {"approval": "ready", "on_hold": True}, "cool_down", Reason.ON_HOLD),
    ("working", "next_step", BEFORE, DRAFTED | {"approval": "ready", "on_hold": True}, "finish_step", Reason.OF_STAGE),
    ("acknowledge", "acknowledge", LATER, {"thread_ended": True}, "resume_public_thread", Reason.THREAD_ENDED),
    ("contact", "contact", LATER, {}, "contact_in_private", Reason.OF_STAGE),
    ("contact", "contact", LATER, DRAFTED | {"approval": "approved"}, "post_reply", Reason.REPLY_READY),
    ("working", "next_step", LATER, {}, "finish_step", Reason.OF_STAGE),
    ("working", "resolve_by", BEFORE, {}, "finish_step", Reason.OF_STAGE),
    ("working", "promise", LATER, {}, "keep_promise", Reason.PROMISED),
    ("working", "approval", LATER, PENDING, "await_reader", Reason.BEING_READ),
    ("contact", "contact", BEFORE, PENDING, "contact_in_private", Reason.OF_STAGE),
    ("contact", "approval", BEFORE, PENDING, "await_reader", Reason.BEING_READ),
    ("working", "promise", BEFORE, PENDING, "keep_promise", Reason.PROMISED),
    ("working", "next_step", LATER, DRAFTED | {"approval": "rejected"}, "rewrite_reply", Reason.REJECTED),
    ("working", "next_step", BEFORE, DRAFTED | {"approval": "rejected"}, "finish_step", Reason.OF_STAGE),
    ("contact", "contact", LATER, LOST, "reach_them", Reason.UNDELIVERED),
    ("contact", "contact", LATER, LOST | {"link_until": LATER}, "reach_them", Reason.UNDELIVERED),
    ("waiting", "wait_ping", LATER, LOST, "reach_them", Reason.UNDELIVERED),
    ("waiting", "wait_ping", LATER, LOST | {"snoozed_until": LATER}, "reach_them", Reason.UNDELIVERED),
    ("waiting", "wait_ping", BEFORE, LOST | {"came_back": True}, "receive_reply", Reason.WROTE_AGAIN),
    ("working", "promise", BEFORE, LOST, "keep_promise", Reason.PROMISED),
    ("checked_in", "check_in_answer", BEFORE, LOST, "reach_them", Reason.UNDELIVERED),
    ("acknowledge", "acknowledge", LATER, LOST, "write_reply", Reason.NO_REPLY),
    ("closed", None, LATER, CLOSED | LOST, "nothing", Reason.OVER),
    ("waiting", "wait_ping", LATER, {}, "receive_reply", Reason.THEIR_TURN),
    ("waiting", "wait_ping", BEFORE, {}, "ping", Reason.NO_ANSWER),
    ("waiting", "wait_close", LATER, {"pings": 2}, "receive_reply", Reason.THEIR_TURN),
    ("waiting", "wait_close", BEFORE, {"pings": 2}, "settle_unanswered", Reason.NO_ANSWER),
    ("waiting", "wait_ping", BEFORE, {"came_back": True}, "receive_reply", Reason.WROTE_AGAIN),
    ("resolved", "confirm_fix", LATER, {}, "confirm_fix", Reason.OF_STAGE),
    ("resolved", "confirm_fix", BEFORE, {"second_chance_used": True}, "confirm_and_settle", Reason.OF_STAGE),
    ("resolved", "confirm_fix", LATER, {"came_back": True}, "report_not_fixed", Reason.WROTE_AGAIN),
    ("resolved", "confirm_fix", LATER, {"came_back": True, "failed_fixes": 1}, "choose_ending", Reason.SECOND_FAILURE),
    ("second_chance", "second_chance", LATER, {}, "await_day", Reason.NOT_YET),
    ("second_chance", "second_chance", BEFORE, {}, "check_in", Reason.OF_STAGE),
    ("second_chance", "second_chance", BEFORE, {"newer_open_case": True}, "newer_case_first", Reason.COMPLAINED_ELSEWHERE),
    ("second_chance", "second_chance", LATER, {"opted_out": True}, "skip_second_chance", Reason.OPTED_OUT),
    ("second_chance", "second_chance", BEFORE, {"opted_out": True, "newer_open_case": True}, "skip_second_chance", Reason.OPTED_OUT),
    ("second_chance", "second_chance", LATER, {"came_back": True}, "complain_again", Reason.WROTE_AGAIN),
    ("second_chance", "second_chance", BEFORE, {"came_back": True, "answer": BAD}, "complain_again", Reason.SAID_BAD),
    ("second_chance", "second_chance", BEFORE, {"came_back": True, "answer": GOOD}, "check_in", Reason.OF_STAGE),
    ("second_chance", "second_chance", LATER, OWED, "write_ending", Reason.ENDING_OWED),
    ("second_chance", "second_chance", BEFORE, OWED, "write_ending", Reason.ENDING_OWED),
    ("second_chance", "promise", LATER, OWED, "write_ending", Reason.ENDING_OWED),
    ("second_chance", "promise", BEFORE, OWED, "keep_promise", Reason.PROMISED),
    ("second_chance", "second_chance", LATER, OWED | {"came_back": True}, "complain_again", Reason.WROTE_AGAIN),
    ("second_chance", "second_chance", LATER, OWED | {"snoozed_until": LATER}, "write_ending", Reason.ENDING_OWED),
    ("second_chance", "second_chance", LATER, OWED | DRAFTED | {"approval": "approved"}, "post_reply", Reason.REPLY_READY),
    ("second_chance", "second_chance", LATER, OWED | {"threat_hold": True}, "await_day", Reason.NOT_YET),
    ("checked_in", "check_in_answer", LATER, OWED, "write_ending", Reason.ENDING_OWED),
    ("checked_in", "check_in_answer", LATER, {}, "await_answer", Reason.THEIR_TURN),
    ("checked_in", "check_in_answer", BEFORE, {}, "settle_check_in", Reason.NO_ANSWER),
    ("checked_in", "check_in_answer", BEFORE, {"answer": GOOD, "came_back": True}, "win_back", Reason.SAID_GOOD),
    ("checked_in", "check_in_answer", BEFORE, {"answer": PARTLY, "came_back": True}, "hear_new_problem", Reason.SAID_BAD),
    ("checked_in", "check_in_answer", BEFORE, {"answer": BAD, "came_back": True}, "hear_new_problem", Reason.SAID_BAD),
    ("checked_in", "check_in_answer", LATER, {"came_back": True}, "hear_new_problem", Reason.WROTE_AGAIN),
    ("escalated", "escalation_review", BEFORE, {}, "keep_escalated", Reason.OF_STAGE),
    ("watched", "watch_review", LATER, {}, "keep_watching", Reason.NOT_YET),
    ("watched", "watch_review", BEFORE, {}, "keep_watching", Reason.OF_STAGE),
    ("watched", "watch_close", BEFORE, {}, "let_go_watched", Reason.OF_STAGE),
    ("watched", "watch_review", LATER, {"came_back": True}, "recognise_customer", Reason.WROTE_AGAIN),
    ("watched", "watch_review", LATER, {"came_back": True, "nature": Nature.HARASSMENT}, "see_hostility", Reason.WROTE_AGAIN),
    ("closed", None, LATER, CLOSED, "nothing", Reason.OVER),
    ("closed", None, LATER, CLOSED | {"came_back": True}, "reopen", Reason.WROTE_AGAIN),
    ("closed", None, LATER, {"outcome": Outcome.DUPLICATE, "came_back": True}, "nothing", Reason.OVER),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "due", "at", "known", "do", "reason"), SPECIFICATION)
def test_what_comes_next(stage: str, due: str | None, at, known: dict, do: str, reason: Reason):
    found = step(case(stage, due, at, **known))
    assert (found.do, found.reason) == (do, reason)


def test_a_reply_that_a_lead_has_to_read_is_submitted_and_not_posted():
    facts = case(
        "acknowledge", "acknowledge", approval="ready", public_replies=1, severity=Severity.S1, draft_by=OWNER
    )
    assert (step(facts).do, step(facts).reason) == (Action.WRITE_REPLY, Reason.MUST_BE_READ)
    assert step(facts, LEA).do == "post_acknowledgement"


def test_a_rejected_draft_asks_its_author_to_rewrite_it_whoever_looks():
    facts = case("acknowledge", "acknowledge", approval="rejected", draft_by=AUTHOR)
    assert {step(facts, by).whose for by in (ADA, OTTO, LEA)} == {AUTHOR}


@pytest.mark.parametrize(("by", "do"), [(ADA, "await_reader"), (OTTO, "await_reader"), (LEA, "read_draft")])
def test_a_draft_under_review_says_who_reads_it_and_until_when(by: Mover, do: str):
    found = step(case("acknowledge", "acknowledge", BEFORE, **PENDING), by)
    assert (found.do, found.whose, found.by) == (do, READER, LATER)
    assert found.kind is FollowUpKind.APPROVAL


def test_a_lead_reads_a_draft_whatever_else_is_late():
    assert step(case("contact", "contact", BEFORE, **PENDING), LEA).do == Action.READ_DRAFT


def test_who_was_asked_or_stands_in_for_a_lead_reads_it_too():
    facts = case("acknowledge", "acknowledge", **PENDING | {"reader": OWNER})
    assert step(facts).do == Action.READ_DRAFT
    assert step(case("acknowledge", **PENDING), replace(OTTO, stands_in=True)).do == Action.READ_DRAFT


def test_nobody_reads_their_own_draft_even_a_lead():
    assert step(case("acknowledge", **PENDING | {"draft_by": READER}), LEA).do == Action.AWAIT_READER


@pytest.mark.parametrize(
    ("stage", "due", "turn"),
    [("waiting", "wait_ping", Turn.THEIRS), ("checked_in", "check_in_answer", Turn.THEIRS),
     ("second_chance", "second_chance", Turn.NOBODY), ("working", "next_step", Turn.OURS)],
)  # fmt: skip
def test_whose_move_it_is_and_until_when(stage: str, due: str, turn: Turn):
    found = step(case(stage, due))
    assert (found.turn, found.by) == (turn, LATER)
    assert found.whose == (OWNER if turn is Turn.OURS else None)


def test_a_snoozed_case_asks_for_nothing_before_it_wakes():
    found = step(case("working", "next_step", BEFORE, snoozed_until=MONDAY + DAY))
    assert (found.do, found.reason, found.turn) == ("finish_step", Reason.ASLEEP, Turn.NOBODY)
    assert (found.by, found.whose) == (MONDAY + DAY, None)


@pytest.mark.parametrize("known", [{"due_kind": FollowUpKind.PROMISE, "due_at": BEFORE}, PENDING])
def test_a_snooze_puts_off_neither_a_promise_nor_the_reading_of_a_draft(known: dict):
    facts = case("working", "next_step", snoozed_until=MONDAY + DAY, **known)
    assert step(facts, LEA).turn is Turn.OURS


EARLIEST = {stage: [None, FollowUpKind.PROMISE, *kinds] for stage, kinds in STAGE_FOLLOW_UPS.items()}
EARLIEST[Stage.WAITING].append(FollowUpKind.WAIT_CLOSE)
DATES = st.sampled_from([None, BEFORE, MONDAY, LATER])


@st.composite
def any_case(draw) -> CaseFacts:
    """A case as it can be: with any draft where we may speak, any answer, any earliest follow-up."""
    stage = draw(st.sampled_from(Stage))
    speaks = stage in SPEAKING
    approval = draw(st.sampled_from([None, "pending", "approved", "rejected", "ready"])) if speaks else None
    earliest = draw(st.sampled_from(EARLIEST[stage] + [FollowUpKind.APPROVAL] * (approval == "pending")))
    facts = case(
        stage,
        earliest,
        draw(st.sampled_from([BEFORE, MONDAY, LATER])),
        outcome=draw(st.sampled_from(Outcome)) if stage is Stage.CLOSED else None,
        severity=draw(st.sampled_from([None, *Severity])),
        nature=draw(st.sampled_from([None, *Nature])),
        customer_status=draw(st.sampled_from(CustomerStatus)),
        opted_out=draw(st.booleans()),
        second_chance_used=draw(st.booleans()),
        approval=approval,
        draft_by=draw(st.sampled_from([None, AUTHOR, OWNER, READER])),
        reader=draw(st.sampled_from([None, OWNER, READER])),
        held_until=draw(DATES) if approval == "ready" else None,
        public_replies=draw(st.integers(0, 3)),
        thread_ended=draw(st.booleans()),
        pings=draw(st.integers(0, 2)),
        failed_fixes=draw(st.integers(0, 1)),
        newer_open_case=draw(st.booleans()),
        answer=draw(st.sampled_from([None, *CheckInAnswer])),
        came_back=draw(st.booleans()),
        snoozed_until=draw(DATES),
    )
    return replace(facts, read_until=facts.due_at, read_by=READER) if approval == "pending" else facts


ANYONE = st.builds(Mover, st.sampled_from([AUTHOR, OWNER, READER]), st.sampled_from(Role), st.booleans())


@given(any_case(), ANYONE)
def test_it_is_a_legal_move_or_a_page_that_does_not_refuse(facts: CaseFacts, by: Mover):
    found = next_step(facts, by=by, now=MONDAY)
    move = NEEDS.get(found.do, found.move)
    assert found.move or found.do in Action
    assert move is None or refusal(BY_NAME[move], facts, by=by, now=MONDAY) is None


@given(any_case(), ANYONE)
def test_a_case_whose_replies_a_threat_holds_has_a_step_too(facts: CaseFacts, by: Mover):
    found = next_step(replace(facts, threat_hold=True), by=by, now=MONDAY)
    assert found.do not in (*NEEDS.values(), Action.WRITE_REPLY, Action.REWRITE_REPLY, Action.POST_REPLY)


@given(any_case(), ANYONE)
def test_it_never_takes_a_case_off_its_way(facts: CaseFacts, by: Mover):
    assert next_step(facts, by=by, now=MONDAY).do not in GRAVE


@given(any_case(), ANYONE)
def test_a_customer_who_is_not_content_is_never_won_back(facts: CaseFacts, by: Mover):
    if facts.answer is not CheckInAnswer.WELL:
        assert next_step(facts, by=by, now=MONDAY).do != "win_back"


@given(any_case(), ANYONE)
def test_what_else_is_owed_changes_nothing(facts: CaseFacts, by: Mover):
    """A list knows the earliest follow-up of a case alone, its page knows all of them."""
    more = {kind: BEFORE for kind in FollowUpKind if kind not in facts.due}
    assert next_step(replace(facts, due={**facts.due, **more}), by=by, now=MONDAY) == next_step(
        facts, by=by, now=MONDAY
    )


@given(any_case(), ANYONE)
def test_where_there_is_nothing_to_do_it_is_not_our_move(facts: CaseFacts, by: Mover):
    found = next_step(facts, by=by, now=MONDAY)
    if found.do in (Action.NOTHING, Action.AWAIT_ANSWER, Action.AWAIT_DAY):
        assert found.turn is not Turn.OURS


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_a_step_of_its_own(stage: Stage):
    found = step(case(stage, outcome=Outcome.SETTLED if stage is Stage.CLOSED else None))
    assert found.move is None or stage in BY_NAME[found.move].sources


@given(any_case(), ANYONE)
def test_it_is_one_of_the_steps_that_have_words(facts: CaseFacts, by: Mover):
    assert next_step(facts, by=by, now=MONDAY).do in STEPS
