"""Does a case that was no threat go back to where it was, with what it owed and when?"""

from datetime import datetime, timedelta

import pytest

from amends import tables
from amends.rules.vocabulary import OPEN_STAGES, Stage
from amends.services.case import timeline
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member
from amends.services.workflow import threats
from amends.services.workflow.moves import MoveRefused, MoveUnknown
from tests.world import DAY, MONDAY, case_row, lead_to, make_case, move, owed

DATES = ("due_at", "starts_at", "occurrence", "allotted", "counted", "paused_at", "remaining", "words")


async def duties(number: int) -> dict[str, tuple[object, ...]]:
    return {kind: tuple(row[name] for name in DATES) for kind, row in (await owed(number)).items()}


async def flagged_and_back(number: int, bob: Member, *, now: datetime, later: timedelta) -> None:
    await threats.flag(Act(bob, now), number)
    await threats.withdraw(Act(bob, now + later), number, "A song", back="as_before")


async def into(stage: str, number: int, bob: Member) -> datetime:
    if stage == Stage.WATCHED:
        day = MONDAY.date() + 3 * DAY
        await move(number, "watch_in_silence", by=bob, reason="Bait", review_on=day, severity="s3")
        return MONDAY
    if stage == Stage.ESCALATED:
        await move(number, "escalate", by=bob, reason="Odd", severity="s2")
        return MONDAY
    return await lead_to(number, stage, by=bob)


@pytest.mark.parametrize("stage", [stage.value for stage in OPEN_STAGES])
async def test_each_stage_comes_back_with_its_duties_and_dates(stage: str, bob: Member):
    number = await make_case(bob)
    now = await into(stage, number, bob)
    stood = await case_row(number)
    before = await duties(number)
    await flagged_and_back(number, bob, now=now, later=timedelta(minutes=5))
    case = await case_row(number)
    assert (case["stage"], case["severity"]) == (stage, stood["severity"])
    if stage == Stage.ESCALATED:
        assert set(await owed(number)) == {"escalation_review"}
    else:
        assert await duties(number) == before
        assert (case["due_at"], case["due_kind"]) == (stood["due_at"], stood["due_kind"])


async def test_a_second_chance_stays_one_on_its_day(bob: Member):
    number = await make_case(bob)
    now = await lead_to(number, "second_chance", by=bob)
    day = (await owed(number))["second_chance"]["due_at"]
    await flagged_and_back(number, bob, now=now, later=DAY)
    assert (await owed(number))["second_chance"]["due_at"] == day
    last = [
        entry for entry in await timeline.of_case((await case_row(number))["id"]) if entry.kind == "moved"
    ][-1]
    assert (last.particulars["before"], last.particulars["after"]) == ("escalated", "second_chance")


async def test_what_is_late_by_then_is_shown_late_and_climbs_from_now(bob: Member):
    number = await make_case(bob)
    due = (await owed(number))["triage"]["due_at"]
    await flagged_and_back(number, bob, now=MONDAY, later=3 * DAY)
    triage = (await owed(number))["triage"]
    assert (triage["due_at"], triage["climbs_from"], triage["next_at"]) == (
        due,
        MONDAY + 3 * DAY,
        MONDAY + 3 * DAY,
    )
    assert (triage["rung"], triage["generation"]) == (0, 2)


async def test_promises_were_never_gone_and_are_not_doubled(bob: Member):
    number = await make_case(bob)
    now = await lead_to(number, "working", by=bob)
    await follow_ups.promise(Act(bob, now), number, words="A refund", due_at=now + DAY)
    await flagged_and_back(number, bob, now=now, later=timedelta(minutes=5))
    rows = await tables.FollowUp.select().where(
        (tables.FollowUp.kind == "promise") & (tables.FollowUp.state == "due")
    )
    assert len(rows) == 1


async def test_a_case_that_moved_since_goes_on_by_a_move(bob: Member):
    number = await make_case(bob)
    await threats.flag(Act(bob, MONDAY), number)
    await move(number, "return_to_work", by=bob, now=MONDAY + DAY, reason="Looked at")
    await move(number, "escalate", by=bob, now=MONDAY + 2 * DAY, reason="Again")
    later = Act(bob, MONDAY + 3 * DAY)
    with pytest.raises(MoveRefused):
        await threats.withdraw(later, number, "A song", back="as_before")
    with pytest.raises(MoveUnknown):
        await threats.withdraw(later, number, "A song", back="concede")
    await threats.withdraw(later, number, "A song", back="return_to_watch")
    assert (await case_row(number))["stage"] == "watched"
