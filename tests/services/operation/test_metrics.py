"""Are the numbers for monitors those of the database, each word of a closed list with its own?"""

from datetime import timedelta

from amends import tables
from amends.gateways.notifier import Outcome, Result
from amends.rules.vocabulary import OPEN_STAGES, FollowUpKind, NudgeState, Stage
from amends.services.nudge import nudges, target_health
from amends.services.operation import health, metrics
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk

desk = nudging.desk

HOUR = timedelta(hours=1)


async def test_a_fresh_installation_has_a_zero_for_every_word(desk: Desk):
    found = await metrics.read(now=NOON)
    assert found.worker_seen_at is None
    assert found.open_cases == dict.fromkeys(OPEN_STAGES, 0)
    assert found.overdue == dict.fromkeys(FollowUpKind, 0)
    assert found.deliveries == dict.fromkeys(Outcome, 0)
    assert found.settled == {NudgeState.SENT: 0, NudgeState.DEAD: 0, NudgeState.VOID: 0}


async def test_every_number_is_that_of_this_instant(desk: Desk):
    await health.beat("old", started_at=NOON, now=NOON - HOUR)
    await health.beat("new", started_at=NOON, now=NOON)
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await desk.follow_up(None, kind=FollowUpKind.TRIAGE, due_at=NOON - HOUR)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.refused, "not allowed")]
    await nudges.sweep(now=NOON)
    for one in await nudges.ready(now=NOON, limit=10):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=NOON, base_url=BASE_URL)
    target = tables.Target
    await target.update({target.failures: 3, target.paused_until: NOON + HOUR}, force=True)
    found = await metrics.read(now=NOON)
    assert (found.worker_seen_at, found.workers) == (NOON, {"live": 1, "late": 1})
    assert (found.deliveries[Outcome.refused], found.settled[NudgeState.DEAD], found.dead_letters) == (
        1,
        1,
        1,
    )
    assert (found.overdue[FollowUpKind.ACKNOWLEDGE], found.overdue[FollowUpKind.TRIAGE]) == (1, 1)
    assert found.unowned_overdue == 1
    assert found.open_cases[Stage.ACKNOWLEDGE] == 2
    assert (found.failing_targets, found.paused_targets) == (1, 1)


async def test_a_target_in_trouble_is_named_with_its_member_while_they_are_here(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.target("team")
    target = tables.Target
    await target.update({target.failures: 3}).where(target.name == "ada")
    await target.update({target.paused_until: NOON + HOUR}).where(target.name == "team")
    found = await target_health.in_trouble(now=NOON)
    assert [(one.name, one.member_name, one.failing, one.paused_until) for one in found] == [
        ("ada", "ada", True, None),
        ("team", None, False, NOON + HOUR),
    ]
    await tables.Member.update({tables.Member.disabled_at: NOON}, force=True)
    assert [one.name for one in await target_health.in_trouble(now=NOON + HOUR)] == []
