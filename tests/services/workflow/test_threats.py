"""Does one press make a case a threat: escalated, told, held, planned, and undone when it was wrong?"""

from datetime import timedelta

import pytest

from amends import tables
from amends.rules.follow_up.threat_plans import STARTER_STEPS
from amends.rules.team.calendars import next_open
from amends.rules.vocabulary import Channel, DossierGiven, Telling
from amends.services.case import threats as flagged
from amends.services.case.access import CaseIsClosed
from amends.services.case.holds import ReplyOnHold
from amends.services.follow_up import checklists, follow_ups
from amends.services.team import teams
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, moves, threats
from amends.services.workflow.moves import MoveRefused
from amends.services.workflow.threats import (
    HoldNotYours,
    NobodyTold,
    NotFlagged,
    ThreatReasonMissing,
    ThreatReviewed,
    Told,
    WithdrawalNotYours,
)
from tests.world import (
    DAY,
    MONDAY,
    case_row,
    entries,
    lead_to,
    make_case,
    make_member,
    make_target,
    move,
    owed,
)


@pytest.fixture
async def number(bob: Member) -> int:
    return await make_case(bob)


@pytest.fixture
async def lead(alice: Member) -> Member:
    return await make_member("leila", role="lead")


async def steps(number: int) -> list[str]:
    case = await case_row(number)
    return [step.state.value for card in await checklists.of_case(case["id"]) for step in card.steps]


async def threat(number: int) -> flagged.ThreatShown | None:
    return await flagged.of_case((await case_row(number))["id"])


async def test_one_press_escalates_holds_and_begins_the_plan(number: int, bob: Member):
    await threats.flag(Act(bob, MONDAY), number)
    case = await case_row(number)
    assert (case["stage"], case["severity"], case["nature"]) == ("escalated", "s1", "threat")
    kinds = set(await owed(number))
    assert "escalation_review" in kinds
    assert "triage" not in kinds
    found = await threat(number)
    assert found is not None
    assert found.on_hold
    assert set(await steps(number)) == {"open"}
    assert (await entries(number))[-1] == "threat"


async def test_its_steps_do_not_wait_for_the_office_but_for_those_with_more_than_a_day_of_work(
    number: int, bob: Member
):
    friday_evening = MONDAY + timedelta(days=4, hours=9)
    await threats.flag(Act(bob, friday_evening), number)
    table = tables.FollowUp
    steps = await table.select(table.due_at).where((table.kind == "reminder") & (table.state == "due"))
    hours = [hours for _words, _role, hours in STARTER_STEPS if hours]
    *urgent, care = sorted(row["due_at"] for row in steps)
    assert urgent == [friday_evening + timedelta(hours=one) for one in hours if one <= 8]
    office = await teams.calendar()
    assert care == next_open(office, care) > friday_evening + timedelta(hours=16)


async def test_leads_are_told_at_once_as_a_row(number: int, bob: Member, lead: Member):
    await make_target(lead)
    await threats.flag(Act(bob, MONDAY), number)
    review = (await owed(number))["escalation_review"]
    [nudge] = await tables.Nudge.select().where(tables.Nudge.follow_up == review["id"])
    assert (nudge["member"], nudge["run_at"]) == (lead.id, MONDAY)


async def test_pressed_twice_it_is_one_threat(number: int, bob: Member):
    await threats.flag(Act(bob, MONDAY), number)
    before = await entries(number)
    await threats.flag(Act(bob, MONDAY), number)
    assert await entries(number) == before


async def test_a_case_that_is_escalated_already_is_held_too(number: int, bob: Member):
    await move(number, "escalate", by=bob, reason="Odd", severity="s2")
    await threats.flag(Act(bob, MONDAY), number)
    found = await threat(number)
    assert found is not None
    assert found.stage_before == "escalated"
    case = await case_row(number)
    assert (case["severity"], case["nature"]) == ("s1", "threat"), "its move to escalated had said less"
    assert (await owed(number))["escalation_review"]["due_at"] - MONDAY <= timedelta(hours=4)


async def test_a_closed_case_is_reopened_first(number: int, bob: Member):
    await move(number, "not_ours", by=bob, reason="Spam")
    with pytest.raises(CaseIsClosed):
        await threats.flag(Act(bob, MONDAY), number)


async def test_promises_go_on(number: int, bob: Member):
    now = await lead_to(number, "working", by=bob)
    await follow_ups.promise(Act(bob, now), number, words="A refund", due_at=now + DAY)
    await threats.flag(Act(bob, now), number)
    assert "promise" in await owed(number)
    assert "next_step" not in await owed(number)


async def test_replies_wait_until_a_lead_lifts_the_hold(number: int, bob: Member, lead: Member):
    await threats.flag(Act(bob, MONDAY), number)
    await move(number, "return_to_answer", by=bob, reason="Harmless words")
    with pytest.raises(MoveRefused, match="flagged as a threat"):
        await move(number, "keep_draft", by=bob, text="Sorry.")
    with pytest.raises(ReplyOnHold, match="flagged as a threat"):
        await case_commands.record_touchpoint(
            Act(bob, MONDAY), number, channel=Channel.PUBLIC_REPLY, direction="out", text="Sorry."
        )
    with pytest.raises(HoldNotYours):
        await threats.lift(Act(bob, MONDAY), number, "It is fine")
    with pytest.raises(ThreatReasonMissing):
        await threats.lift(Act(lead, MONDAY), number, " ")
    await threats.lift(Act(lead, MONDAY), number, "The police agreed")
    await move(number, "keep_draft", by=bob, text="Sorry for the delay.", reason="Short")
    found = await threat(number)
    assert found is not None
    assert (found.on_hold, found.lifted_reason) == (False, "The police agreed")


async def test_undone_at_once_nothing_was_flagged(number: int, bob: Member):
    await threats.flag(Act(bob, MONDAY), number)
    [undo] = await tables.Undo.select().where(tables.Undo.move == "escalate")
    await moves.undo(Act(bob, MONDAY + timedelta(seconds=5)), number, undo["id"])
    case = await case_row(number)
    assert (case["stage"], case["severity"], case["nature"]) == ("new", None, None)
    assert await threat(number) is None
    assert set(await owed(number)) == {"triage"}
    assert set(await steps(number)) == {"skipped"}


async def test_no_threat_after_all_goes_back_with_a_reason(number: int, bob: Member, lead: Member):
    await threats.flag(Act(bob, MONDAY), number)
    later = MONDAY + DAY
    with pytest.raises(ThreatReasonMissing):
        await threats.withdraw(Act(bob, later), number, "", back="return_to_answer")
    await threats.withdraw(Act(bob, later), number, "A song", back="return_to_answer")
    case = await case_row(number)
    assert (case["stage"], case["severity"], case["nature"]) == ("acknowledge", None, None)
    assert await threat(number) is None
    assert set(await steps(number)) == {"skipped"}
    with pytest.raises(NotFlagged):
        await threats.withdraw(Act(lead, later), number, "A song", back="return_to_answer")


async def test_flagged_again_the_plan_goes_on(number: int, bob: Member):
    await threats.flag(Act(bob, MONDAY), number)
    await threats.withdraw(Act(bob, MONDAY), number, "A song", back="return_to_answer")
    await threats.flag(Act(bob, MONDAY), number)
    assert set(await steps(number)) == {"open"}


async def test_another_agent_does_not_withdraw_it(number: int, bob: Member, lead: Member):
    await threats.flag(Act(lead, MONDAY), number)
    with pytest.raises(WithdrawalNotYours):
        await threats.withdraw(Act(bob, MONDAY), number, "A song", back="return_to_work")


async def test_severity_that_was_set_since_stays(number: int, bob: Member):
    await threats.flag(Act(bob, MONDAY), number)
    await tables.Case.update({tables.Case.severity: "s2"}).where(tables.Case.number == number)
    await threats.withdraw(Act(bob, MONDAY), number, "A song", back="return_to_watch")
    assert (await case_row(number))["severity"] == "s2"


async def test_danger_is_said_of_a_threat_that_is_still_escalated(number: int, bob: Member, lead: Member):
    act = Act(bob, MONDAY)
    with pytest.raises(NotFlagged):
        await threats.somebody_is_in_danger(act, number)
    await threats.flag(act, number)
    await threats.somebody_is_in_danger(act, number)
    assert (await entries(number))[-1] == "threat"
    await move(number, "return_to_work", by=lead, reason="Looked at")
    with pytest.raises(ThreatReviewed):
        await threats.somebody_is_in_danger(act, number)


async def test_who_was_told_is_kept_with_how(number: int, bob: Member):
    with pytest.raises(NotFlagged):
        await threats.tell(Act(bob, MONDAY), number, Told(name="Police"))
    await threats.flag(Act(bob, MONDAY), number)
    with pytest.raises(NobodyTold):
        await threats.tell(Act(bob, MONDAY), number, Told())
    told = Told(name="Police", how=Telling.PHONE, dossier=DossierGiven.ATTACHED, words="Reference 12")
    await threats.tell(Act(bob, MONDAY), number, told)
    assert (await entries(number))[-1] == "threat"
