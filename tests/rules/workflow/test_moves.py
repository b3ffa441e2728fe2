"""The table of moves: which exist, what forbids them, and what they do to what we owe."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from amends.rules.follow_up.kinds import ENDED_BY_REOPENING, OUTLIVE_STAGE
from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.team.reply_rules import HELD_FOR
from amends.rules.vocabulary import (
    OPEN_STAGES,
    Channel,
    CustomerStatus,
    FollowUpKind,
    Outcome,
    Role,
    Severity,
    Stage,
)
from amends.rules.workflow.guards import CaseFacts, Mover, allowed_pings
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import (
    BY_NAME,
    MOVES,
    OUTWARD,
    SPEAKING,
    STAGE_FOLLOW_UPS,
    Move,
    at_once,
    consequences,
    legal,
    onward,
    refusal,
)
from amends.rules.workflow.reply_guards import NOT_ON_HOLD

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
AGENT = Mover(UUID(int=1), Role.AGENT)
LEAD = Mover(UUID(int=2), Role.LEAD)
LATER = timedelta(days=60)


def facts(stage: Stage, **particulars: object) -> CaseFacts:
    due = {kind: NOW for kind in STAGE_FOLLOW_UPS[stage]}
    return replace(CaseFacts(stage=stage, severity=Severity.S3, due=due), **particulars)


def names(moves: tuple[Move, ...]) -> set[str]:
    return {move.name for move in moves}


def test_what_leads_on_is_what_is_legal_by_the_stage_that_it_leads_to():
    found = onward(facts(Stage.CONTACT), by=AGENT, now=NOW)
    told = {stage: [move.name for move in moves] for stage, moves in found.items()}
    assert told[Stage.WORKING] == ["hear_from_them"]
    assert told[Stage.WAITING][0] == "contact_in_private"
    assert told[Stage.ESCALATED] == ["escalate"]
    assert Stage.CONTACT not in told
    assert Stage.CLOSED not in told, "how a case ends is no column"
    for stage in OPEN_STAGES:
        moves = legal(facts(stage), by=LEAD, now=NOW)
        for target, able in onward(facts(stage), by=LEAD, now=NOW).items():
            assert set(able) == {move for move in moves if move.target is target}


def test_every_move_has_a_name_of_its_own():
    assert len(BY_NAME) == len(MOVES)


def test_every_particular_that_a_move_asks_can_be_given():
    known = set(MoveInput.__struct_fields__)
    assert all(set(move.asks + move.offers) <= known for move in MOVES)


def test_a_move_that_closes_names_the_outcome_and_no_other_does():
    assert all((move.target is Stage.CLOSED) == (move.outcome is not None) for move in MOVES)


def test_every_outcome_but_erasure_can_be_reached():
    assert {move.outcome for move in MOVES if move.outcome} == set(Outcome) - {Outcome.ERASED}


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.NEW])
def test_every_stage_can_be_entered(stage: Stage):
    assert any(move.target is stage and stage not in move.sources for move in MOVES)


@pytest.mark.parametrize("stage", OPEN_STAGES)
@pytest.mark.parametrize("by", [AGENT, LEAD], ids=["agent", "lead"])
def test_no_open_case_is_a_dead_end_for_anybody(stage: Stage, by: Mover):
    assert any(not move.keeps_stage for move in legal(facts(stage), by=by, now=NOW))


def test_the_first_move_offered_is_the_likeliest_one():
    expected = {
        Stage.NEW: "answer",
        Stage.ACKNOWLEDGE: "post_acknowledgement",
        Stage.CONTACT: "contact_in_private",
        Stage.WORKING: "finish_step",
        Stage.WAITING: "receive_reply",
        Stage.RESOLVED: "confirm_fix",
        Stage.SECOND_CHANCE: "check_in",
        Stage.CHECKED_IN: "win_back",
        Stage.ESCALATED: "return_to_work",
        Stage.WATCHED: "keep_watching",
    }
    assert {stage: legal(facts(stage), by=LEAD, now=NOW)[0].name for stage in expected} == expected


@pytest.mark.parametrize(
    ("name", "case", "by"),
    [
        ("post_acknowledgement", facts(Stage.ACKNOWLEDGE, approval="pending"), LEAD),
        ("post_acknowledgement", facts(Stage.ACKNOWLEDGE, approval="rejected"), LEAD),
        ("approve", facts(Stage.ACKNOWLEDGE, approval="pending"), AGENT),
        ("approve", facts(Stage.ACKNOWLEDGE, approval="pending", draft_by=LEAD.id), LEAD),
        ("deliver_remedy", facts(Stage.WORKING, open_promises=1), LEAD),
        ("solve_in_public", facts(Stage.ACKNOWLEDGE, open_promises=1), LEAD),
        ("ping", facts(Stage.WAITING, pings=2), LEAD),
        ("ping", facts(Stage.WAITING, pings=1, severity=Severity.S4), LEAD),
        ("settle_unanswered", facts(Stage.WAITING), LEAD),
        ("confirm_fix", facts(Stage.RESOLVED, second_chance_used=True), LEAD),
        ("confirm_fix", facts(Stage.RESOLVED, opted_out=True), LEAD),
        ("confirm_fix", facts(Stage.RESOLVED, customer_status=CustomerStatus.NOT_A_CUSTOMER), LEAD),
        ("confirm_fix", facts(Stage.RESOLVED, severity=Severity.S4), LEAD),
        ("report_not_fixed", facts(Stage.RESOLVED, failed_fixes=1), LEAD),
        ("check_in", facts(Stage.SECOND_CHANCE, due={FollowUpKind.SECOND_CHANCE: NOW + LATER}), LEAD),
        ("check_in", facts(Stage.SECOND_CHANCE, newer_open_case=True), LEAD),
        ("check_in", facts(Stage.SECOND_CHANCE, opted_out=True), LEAD),
        ("settle_check_in", facts(Stage.CHECKED_IN, due={FollowUpKind.CHECK_IN_ANSWER: NOW + LATER}), LEAD),
        ("settle_check_in", facts(Stage.CHECKED_IN, answer=CheckInAnswer.BADLY), LEAD),
        ("let_go_watched", facts(Stage.WATCHED, due={FollowUpKind.WATCH_CLOSE: NOW + LATER}), LEAD),
        ("let_go", facts(Stage.WORKING, severity=Severity.S2), AGENT),
        ("concede", facts(Stage.WORKING, severity=Severity.S1), AGENT),
        ("let_go", facts(Stage.NEW, severity=None), LEAD),
        ("escalate", facts(Stage.ESCALATED), LEAD),
        ("reopen", facts(Stage.CLOSED, outcome=Outcome.DUPLICATE), LEAD),
        ("reopen", facts(Stage.CLOSED, outcome=Outcome.ERASED), LEAD),
        ("contact_in_private", facts(Stage.NEW), LEAD),
    ],
)
def test_a_guard_forbids(name: str, case: CaseFacts, by: Mover):
    assert refusal(BY_NAME[name], case, by=by, now=NOW)


@pytest.mark.parametrize(
    ("name", "case", "by"),
    [
        ("post_acknowledgement", facts(Stage.ACKNOWLEDGE, approval="approved"), AGENT),
        ("approve", facts(Stage.ACKNOWLEDGE, approval="pending", draft_by=AGENT.id), LEAD),
        ("ping", facts(Stage.WAITING, pings=1), AGENT),
        ("settle_unanswered", facts(Stage.WAITING, pings=2, due={FollowUpKind.WAIT_CLOSE: NOW}), AGENT),
        ("confirm_fix", facts(Stage.RESOLVED), AGENT),
        ("report_not_fixed", facts(Stage.RESOLVED), AGENT),
        ("check_in", facts(Stage.SECOND_CHANCE), AGENT),
        ("settle_check_in", facts(Stage.CHECKED_IN), AGENT),
        ("let_go_watched", facts(Stage.WATCHED), AGENT),
        ("let_go", facts(Stage.WORKING, severity=Severity.S3), AGENT),
        ("let_go", facts(Stage.WORKING, severity=Severity.S1), LEAD),
        ("reopen", facts(Stage.CLOSED, outcome=Outcome.LOST), AGENT),
    ],
)
def test_the_same_move_is_allowed_when_the_guard_holds(name: str, case: CaseFacts, by: Mover):
    assert refusal(BY_NAME[name], case, by=by, now=NOW) is None


def test_waiting_pauses_the_date_to_resolve_by_and_an_answer_resumes_it():
    waits = consequences(BY_NAME["ask_them"], facts(Stage.WORKING))
    assert waits.paused == {FollowUpKind.RESOLVE_BY}
    assert waits.done == {FollowUpKind.NEXT_STEP}
    assert waits.made == (FollowUpKind.WAIT_PING,)
    paused = {FollowUpKind.RESOLVE_BY: NOW, FollowUpKind.WAIT_PING: NOW}
    works = consequences(BY_NAME["receive_reply"], facts(Stage.WAITING, due=paused))
    assert works.resumed == {FollowUpKind.RESOLVE_BY}
    assert works.made == (FollowUpKind.NEXT_STEP,)


def test_the_second_ping_is_followed_by_the_date_to_close():
    first = consequences(BY_NAME["ping"], facts(Stage.WAITING))
    second = consequences(BY_NAME["ping"], facts(Stage.WAITING, pings=1))
    assert (first.made, second.made) == ((FollowUpKind.WAIT_PING,), (FollowUpKind.WAIT_CLOSE,))


def test_escalating_keeps_promises_and_drops_our_own_duties():
    due = {kind: NOW for kind in (FollowUpKind.NEXT_STEP, FollowUpKind.RESOLVE_BY, FollowUpKind.PROMISE)}
    effect = consequences(BY_NAME["escalate"], facts(Stage.WORKING, due=due))
    assert effect.dropped == {FollowUpKind.NEXT_STEP, FollowUpKind.RESOLVE_BY}
    assert effect.made == (FollowUpKind.ESCALATION_REVIEW,)


def test_closing_drops_everything_promises_too():
    due = {FollowUpKind.NEXT_STEP: NOW, FollowUpKind.PROMISE: NOW}
    effect = consequences(BY_NAME["let_go"], facts(Stage.WORKING, due=due))
    assert effect.dropped == set(due)
    assert effect.made == ()


@pytest.mark.parametrize(
    ("kind", "particulars", "name"),
    [
        (FollowUpKind.CONFIRM_FIX, {"stage": Stage.RESOLVED}, "confirm_fix"),
        (FollowUpKind.CONFIRM_FIX, {"stage": Stage.RESOLVED, "second_chance_used": True}, None),
        (FollowUpKind.CHECK_IN_ANSWER, {"stage": Stage.CHECKED_IN}, "settle_check_in"),
        (FollowUpKind.WATCH_REVIEW, {"stage": Stage.WATCHED}, "keep_watching"),
        (FollowUpKind.WATCH_CLOSE, {"stage": Stage.WATCHED}, "let_go_watched"),
        (FollowUpKind.RESOLVE_BY, {"stage": Stage.WORKING}, None),
        (FollowUpKind.TRIAGE, {"stage": Stage.NEW}, None),
        (FollowUpKind.APPROVAL, {"stage": Stage.ACKNOWLEDGE, "approval": "pending"}, None),
    ],
)
def test_a_duty_is_done_at_once_only_where_nothing_is_chosen_or_said(
    kind, particulars: dict, name: str | None
):
    known = facts(**particulars)
    move = at_once(kind, known, by=LEAD, now=NOW + LATER)
    assert (move and move.name) == name


class CaseLife(RuleBasedStateMachine):
    """Any case, moved by anybody in any order, against the invariants of its life."""

    @initialize()
    def capture(self):
        self.now = NOW
        self.case = facts(Stage.NEW, severity=None)
        self.check_ins = 0

    @rule(data=st.data(), by=st.sampled_from([AGENT, LEAD]), hours=st.integers(0, 24 * 40))
    def move(self, data: st.DataObject, by: Mover, hours: int):
        self.now += timedelta(hours=hours)
        allowed = legal(self.case, by=by, now=self.now)
        if not allowed:
            assert self.case.stage is Stage.CLOSED
            return
        chosen = data.draw(st.sampled_from(allowed))
        self.check_ins += chosen.name == "check_in"
        self.case = self.after(chosen, by, data.draw(st.sampled_from(Severity)))

    @rule()
    def promise(self):
        if self.case.stage is not Stage.CLOSED:
            due = {
                **self.case.due,
                **dict.fromkeys(OUTLIVE_STAGE - ENDED_BY_REOPENING, self.now + timedelta(days=1)),
            }
            self.case = replace(self.case, due=due, open_promises=1)

    @rule()
    def see_again(self):
        if self.case.stage is Stage.CLOSED:
            due = {**self.case.due, FollowUpKind.CAME_BACK: self.now + timedelta(hours=2)}
            self.case = replace(self.case, due=due)

    def after(self, move: Move, by: Mover, severity: Severity) -> CaseFacts:
        effect = consequences(move, self.case)
        assert not effect.done & effect.dropped
        due = {k: at for k, at in self.case.due.items() if k not in effect.done | effect.dropped}
        for kind in effect.made:
            assert kind not in due, "two live follow-ups of one kind"
            due[kind] = self.now + timedelta(days=3)
        counted = (
            {move.counts: getattr(self.case, move.counts) + 1}
            if move.counts in ("pings", "failed_fixes")
            else {}
        )
        if move.name in ("contact_in_private", "ask_in_public", "ask_them"):
            counted = {"pings": 0}
        approval = {
            "keep_draft": "ready",
            "submit_draft": "pending",
            "approve": "approved",
            "reject": "rejected",
        }
        return replace(
            self.case,
            stage=move.target or self.case.stage,
            outcome=move.outcome,
            severity=severity if "severity" in move.asks else self.case.severity,
            due=due,
            open_promises=int(FollowUpKind.PROMISE in due),
            second_chance_used=self.case.second_chance_used or move.name == "confirm_fix",
            approval=approval.get(move.name, None if not move.keeps_stage else self.case.approval),
            draft_by=by.id if move.name in ("keep_draft", "submit_draft") else self.case.draft_by,
            held_until=self.now + HELD_FOR if move.name == "keep_draft" else None,
            public_replies=self.case.public_replies + (move.counts == "public_replies"),
            plan_given=self.case.plan_given or move.counts == "public_replies",
            place_given=self.case.place_given or move.counts == "public_replies",
            thread_ended=move.name == "end_public_thread"
            or (self.case.thread_ended and move.name not in ("resume_public_thread", "reopen_to_answer")),
            **counted,
        )

    @invariant()
    def an_open_case_always_owes_something(self):
        if self.case.stage is not Stage.CLOSED:
            assert set(self.case.due) - OUTLIVE_STAGE

    @invariant()
    def a_closed_case_has_an_outcome_and_nothing_is_left_but_what_outlives_it(self):
        if self.case.stage is Stage.CLOSED:
            assert set(self.case.due) <= {
                FollowUpKind.MENTION,
                FollowUpKind.CAME_BACK,
                FollowUpKind.BLOCK_REVIEW,
                FollowUpKind.MEASURE_REVIEW,
                FollowUpKind.LEGAL_HOLD_REVIEW,
                FollowUpKind.CORRECTION,
                FollowUpKind.INCIDENT_TASK,
            }
            assert self.case.outcome

    @invariant()
    def an_open_case_owes_nothing_that_asks_whether_to_open_it(self):
        assert self.case.stage is Stage.CLOSED or not ENDED_BY_REOPENING & set(self.case.due)

    @invariant()
    def what_waits_to_be_read_is_owed_by_somebody(self):
        assert (FollowUpKind.APPROVAL in self.case.due) == (self.case.approval == "pending")

    @invariant()
    def the_person_is_never_pestered(self):
        assert self.check_ins <= 1
        assert self.case.pings <= 2
        assert allowed_pings(self.case.severity) in (1, 2)

    @invariant()
    def a_case_owes_only_what_its_stage_is_about(self):
        allowed = {*STAGE_FOLLOW_UPS[self.case.stage], *OUTLIVE_STAGE}
        if self.case.stage is Stage.WAITING:
            allowed |= {FollowUpKind.RESOLVE_BY, FollowUpKind.WAIT_CLOSE}
        if self.case.stage in SPEAKING:
            allowed |= {FollowUpKind.APPROVAL}
        assert set(self.case.due) <= allowed


TestCaseLife = CaseLife.TestCase


@pytest.mark.parametrize("name", sorted(OUTWARD))
def test_an_incident_holds_what_is_written_through_a_public_channel_alone(name: str):
    move = BY_NAME[name]
    held = replace(facts(move.sources[0]), on_hold=True)
    said = refusal(move, held, by=AGENT, now=NOW, channel=Channel.PUBLIC_REPLY)
    assert said == NOT_ON_HOLD.sentence
    free = replace(held, on_hold=False)
    assert refusal(move, held, by=AGENT, now=NOW, channel=Channel.EMAIL) == refusal(
        move, free, by=AGENT, now=NOW
    )


@pytest.mark.parametrize("name", sorted(move.name for move in MOVES if move.counts == "public_replies"))
def test_an_incident_holds_every_move_that_says_something_in_public(name: str):
    move = BY_NAME[name]
    held = replace(facts(move.sources[0]), on_hold=True)
    assert refusal(move, held, by=AGENT, now=NOW) == NOT_ON_HOLD.sentence
