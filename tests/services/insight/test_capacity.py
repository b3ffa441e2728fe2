"""Capacity: what is due, what comes and what there is, by what the team typed and corrected."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from amends import tables
from amends.database import add
from amends.rules.insight.capacity import PROPOSED, ActKind, CapacityPlan, Wording
from amends.services.insight import capacity
from amends.services.insight.capacity import CapacityChanged, WrongCapacity
from amends.services.team import absences
from amends.services.team.members import Act, Member, OnlyAdminsMay
from amends.services.workflow import public_endings
from amends.tables.insight.capacity import CapacityNote
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case, make_member

SECOND = timedelta(seconds=1)
LATER = MONDAY + 14 * DAY
"""Two weeks on, a Monday at ten: no holiday lies in the seven days after it but Whit Monday's eve."""


async def open_cases(number: int, *, at: datetime) -> None:
    """So many cases that came then and need nothing any more."""
    taken = 10_000 + await tables.Case.count()
    for place in range(taken, taken + number):
        values = {"title": "x", "platform": "x", "lang": "en", "opened_at": at, "moved_at": at}
        await add(tables.Case, id=uuid4(), number=place, stage="watched", **values)


async def test_a_small_team_is_told_no_hours(alice: Member):
    found = await capacity.coming_week(now=MONDAY)
    assert (found.wording, found.coming) == (Wording.NOTHING_DUE, 0)
    await make_case(alice)
    found = await capacity.coming_week(now=MONDAY + HOUR)
    assert (found.due, found.wording) == ({ActKind.DECIDE: 1}, Wording.MORNING)
    assert not found.is_short


async def test_what_is_due_later_or_asleep_is_not_owed_in_the_coming_week(alice: Member):
    number = await make_case(alice)
    await lead_to(number, "second_chance", by=alice)
    await public_endings.skip(Act(alice, MONDAY), number, "They told everybody themselves")
    assert (await capacity.coming_week(now=MONDAY + HOUR)).due == {}
    found = await capacity.coming_week(now=MONDAY + 20 * DAY)
    assert found.due == {ActKind.SECOND_CHANCE: 1}


async def test_hours_there_are_go_down_with_an_absence_and_up_with_the_share(alice: Member):
    admin, bob = await make_member("ada", role="admin"), await make_member("bob")
    assert (await capacity.coming_week(now=MONDAY)).there == 54  # three members, four days of nine hours
    week = {"begins_at": MONDAY - DAY, "ends_at": MONDAY + 7 * DAY}
    await absences.plan(Act(bob, MONDAY), bob.id, deputy=None, **week)
    assert (await capacity.coming_week(now=MONDAY)).there == 36
    await capacity.set_minutes(Act(admin, MONDAY), PROPOSED, share=100, after=0)
    assert (await capacity.coming_week(now=MONDAY)).there == 72


async def test_a_team_with_many_new_cases_hears_when_more_is_owed_than_there_are_hours(alice: Member):
    admin = await make_member("ada", role="admin")
    await open_cases(60, at=MONDAY)
    found = await capacity.coming_week(now=LATER)
    assert (found.wording, found.coming) == (Wording.HOURS, 30)
    assert not found.is_short  # of sixty cases, none asked for anything in its first week
    await open_cases(60, at=LATER - DAY)
    slow = {kind: 60 for kind in ActKind}
    await capacity.set_minutes(Act(admin, LATER), slow, share=1, after=0)
    await make_case(alice, now=LATER)
    assert (await capacity.coming_week(now=LATER + HOUR)).is_short


async def test_what_was_noted_of_short_hours_is_said_for_two_hours_and_there_is_one_note(alice: Member):
    admin = await make_member("ada", role="admin")
    await open_cases(60, at=LATER - DAY)
    await capacity.note(now=LATER)
    assert await capacity.noted_shortage(now=LATER) is None
    await capacity.set_minutes(Act(admin, LATER), dict.fromkeys(ActKind, 60), share=1, after=0)
    found = await capacity.coming_week(now=LATER)
    said = capacity.Shortage(owed=found.owed.likely, there=found.there, noted_at=LATER)
    assert await capacity.noted_shortage(now=LATER + 2 * HOUR - SECOND) == said
    assert await capacity.noted_shortage(now=LATER + 2 * HOUR) is None
    await capacity.note(now=LATER + 2 * HOUR)
    assert (await capacity.noted_shortage(now=LATER + 2 * HOUR)) is not None
    await capacity.set_minutes(Act(admin, LATER + 3 * HOUR), PROPOSED, share=100, after=1)
    assert await capacity.noted_shortage(now=LATER + 3 * HOUR) is None
    assert await CapacityNote.count() == 1


async def test_new_cases_are_counted_by_the_weeks_since_the_first_one(alice: Member):
    await open_cases(30, at=MONDAY)
    assert (await capacity.coming_week(now=MONDAY + HOUR)).coming == 30
    assert (await capacity.coming_week(now=MONDAY + 21 * DAY)).coming == 10
    assert (await capacity.coming_week(now=MONDAY + 85 * DAY)).coming == 0


async def test_what_new_cases_asked_for_in_their_first_week_is_learnt_from_twenty(alice: Member):
    for place in range(20):
        await lead_to(await make_case(alice, id=f"17{place:05}"), "contact", by=alice)
    before = await capacity.coming_week(now=MONDAY + HOUR)
    later = await capacity.coming_week(now=MONDAY + 14 * DAY)
    assert before.owed.likely == 16  # 20 due contacts, and 20 new cases of the usual sort
    assert later.owed.likely == 8  # ten new cases, each decided and answered; contacts are 20 times late


async def test_only_admins_set_minutes_and_what_cannot_be_is_refused_by_field(alice: Member):
    admin = await make_member("ada", role="admin")
    with pytest.raises(OnlyAdminsMay):
        await capacity.set_minutes(Act(alice, MONDAY), PROPOSED, share=50, after=0)
    with pytest.raises(WrongCapacity) as refused:
        await capacity.set_minutes(Act(admin, MONDAY), {**PROPOSED, ActKind.STEP: 241}, share=0, after=0)
    assert set(refused.value.fields) == {"step", "share"}
    assert (await capacity.standing()).plan == CapacityPlan()


async def test_of_two_who_change_the_minutes_at_once_the_second_is_told(alice: Member):
    admin = await make_member("ada", role="admin")
    minutes = {**PROPOSED, ActKind.ANSWER: 20}
    await capacity.set_minutes(Act(admin, MONDAY), minutes, share=40, after=0)
    with pytest.raises(CapacityChanged):
        await capacity.set_minutes(Act(admin, MONDAY), PROPOSED, share=50, after=0)
    standing = await capacity.standing()
    assert (standing.version, standing.made_by, standing.made_at) == (1, "Ada", MONDAY)
    assert standing.plan == CapacityPlan(minutes, 40)


async def test_what_a_week_took_corrects_what_is_owed_and_can_be_taken_back(alice: Member):
    for place in range(20):
        await lead_to(await make_case(alice, id=f"17{place:05}"), "contact", by=alice)
    act = Act(alice, MONDAY + 7 * DAY)
    assert await capacity.last_monday(act.now) == date(2026, 5, 4)
    before = (await capacity.coming_week(now=act.now)).owed.likely
    await capacity.say_week(act, 12, after=0)  # twice the 320 minutes of 20 decisions and 20 answers
    said = (await capacity.standing()).plan.said
    assert said is not None
    assert said.acts == {ActKind.DECIDE: 20, ActKind.ANSWER: 20}
    assert (await capacity.coming_week(now=act.now)).owed.likely == pytest.approx(2 * before, abs=1.5)
    await capacity.say_week(act, None, after=1)
    assert (await capacity.coming_week(now=act.now)).owed.likely == before


async def test_a_week_without_work_or_with_impossible_hours_corrects_nothing(alice: Member):
    for hours in (0, 2_001, 14):
        with pytest.raises(WrongCapacity):
            await capacity.say_week(Act(alice, MONDAY), hours, after=0)
