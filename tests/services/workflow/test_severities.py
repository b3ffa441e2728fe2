"""Does a case that gets worse owe everything sooner, and does its timeline say so?"""

from datetime import timedelta
from typing import Any

import pytest

from amends import tables
from amends.rules.vocabulary import Severity
from amends.services.case import timeline
from amends.services.case.access import CaseIsClosed
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member
from amends.services.workflow import moves, severities
from tests.world import DAY, HOUR, MONDAY, case_row, lead_to, make_case, move, owed


async def said(number: int) -> dict[str, Any]:
    """The particulars of the last entry of a case."""
    case = await case_row(number)
    return (await timeline.of_case(case["id"]))[-1].particulars


async def test_raised_to_s1_what_the_stage_owes_is_due_within_its_term_from_its_own_start(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    before = (await owed(number))["acknowledge"]
    await severities.weigh(Act(bob, MONDAY + HOUR / 2), number, severity=Severity.S1)
    after = (await owed(number))["acknowledge"]
    assert after["due_at"] == before["starts_at"] + HOUR < before["due_at"]
    assert after["generation"] == before["generation"] + 1, "older nudges are no longer true"
    assert (await case_row(number))["due_at"] == after["due_at"], "lists show the same date"
    assert (await said(number))["moved"] == [
        {
            "follow_up": "acknowledge",
            "before": before["due_at"].isoformat(),
            "due_at": after["due_at"].isoformat(),
        }
    ]


async def test_what_is_late_at_once_climbs_its_ladder_from_now(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    now = MONDAY + 3 * HOUR
    await severities.weigh(Act(bob, now), number, severity=Severity.S1)
    after = (await owed(number))["acknowledge"]
    assert after["due_at"] < now == after["climbs_from"] == after["next_at"]


async def test_promises_and_chosen_dates_stay(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    await follow_ups.promise(Act(bob, MONDAY), number, words="A cake", due_at=MONDAY + 9 * DAY)
    step = (await owed(number))["next_step"]
    await follow_ups.reschedule(Act(bob, MONDAY), step["id"], due_at=MONDAY + 8 * DAY, reason="Holidays")
    await severities.weigh(Act(bob, MONDAY + HOUR), number, severity=Severity.S1)
    after = await owed(number)
    assert after["promise"]["due_at"] == MONDAY + 9 * DAY
    assert after["next_step"]["due_at"] == MONDAY + 8 * DAY
    assert after["resolve_by"]["due_at"] < MONDAY + 3 * DAY


async def test_lowered_its_dates_stay_unless_a_member_lets_them_come_later(bob: Member):
    number = await make_case(bob)
    await move(number, "answer", by=bob, severity="s1", stance="fix")
    soon = (await owed(number))["acknowledge"]["due_at"]
    await severities.weigh(Act(bob, MONDAY), number, severity=Severity.S3)
    assert (await owed(number))["acknowledge"]["due_at"] == soon
    await severities.weigh(Act(bob, MONDAY), number, severity=Severity.S1)
    await severities.weigh(Act(bob, MONDAY), number, severity=Severity.S3, later=True)
    assert (await owed(number))["acknowledge"]["due_at"] > soon


async def test_raised_from_s4_it_owes_what_no_s4_owes(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    await severities.weigh(Act(bob, MONDAY), number, severity=Severity.S4)
    await follow_ups.settle((await case_row(number))["id"], ["resolve_by"], state="dropped", now=MONDAY)
    await tables.FollowUp.delete().where(tables.FollowUp.state == "dropped")
    await severities.weigh(Act(bob, MONDAY), number, severity=Severity.S2)
    assert {"next_step", "resolve_by"} <= set(await owed(number))


@pytest.mark.parametrize(("severity", "news"), [("s1", "urgent"), ("s2", None)])
async def test_a_move_that_weighs_it_as_s1_is_told_like_any_other_weighing(
    bob: Member, severity: str, news: str | None
):
    number = await make_case(bob)
    await tables.FollowUp.update({tables.FollowUp.news: None}, force=True)
    undo_id = await move(number, "answer", by=bob, severity=severity, stance="fix")
    assert (await owed(number))["acknowledge"]["news"] == news
    await moves.undo(Act(bob, MONDAY + timedelta(seconds=5)), number, undo_id)
    assert (await case_row(number))["severity"] is None


async def test_a_closed_case_keeps_its_severity(bob: Member):
    number = await make_case(bob)
    await move(number, "not_ours", by=bob, reason="Spam")
    with pytest.raises(CaseIsClosed):
        await severities.weigh(Act(bob, MONDAY), number, severity=Severity.S1)
