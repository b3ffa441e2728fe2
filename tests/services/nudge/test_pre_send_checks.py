"""Checks before sending: a nudge that waited for the morning or for a worker is judged again."""

from datetime import timedelta

from amends import tables
from amends.database import transaction
from amends.rules.vocabulary import NudgeState, Role
from amends.services.follow_up import follow_ups
from amends.services.nudge import nudges
from amends.services.nudge.nudges import claims
from amends.services.team import absences
from amends.services.team.members import Act
from amends.services.workflow import moves
from tests import nudging, world
from tests.nudging import NOON, Desk
from tests.services.nudge.test_bundles import with_target
from tests.services.nudge.test_nudges import send_all

desk = nudging.desk
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NIGHT = NOON.replace(hour=22)
QUIET = {"quiet_from": 21 * 60, "quiet_until": 8 * 60}


async def test_what_a_worker_that_died_was_sending_to_a_paused_target_waits_with_the_rest(desk: Desk):
    ada = await with_target(desk, "ada")
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    [nudge] = await nudges.ready(now=NOON, limit=10)
    await claims.claim(nudge, "who died", now=NOON)
    await tables.Target.update({tables.Target.paused_until: NOON + HOUR}, force=True)
    assert await send_all(desk, NOON + 2 * MINUTE) == []
    assert await nudges.ready(now=NOON + 59 * MINUTE, limit=10) == []
    assert await send_all(desk, NOON + HOUR) == [NudgeState.SENT]


async def test_what_no_worker_sent_in_time_waits_until_quiet_hours_end(desk: Desk):
    ada = await with_target(desk, "ada", **QUIET)
    await desk.follow_up(ada, due_at=NIGHT - 2 * HOUR)
    await nudges.sweep(now=NIGHT - 2 * HOUR)
    assert await send_all(desk, NIGHT) == [NudgeState.READY]
    assert await nudges.ready(now=NIGHT + 9 * HOUR, limit=10) == []
    assert await send_all(desk, NIGHT + 10 * HOUR) == [NudgeState.SENT]
    assert [row["attempts"] for row in await desk.nudges()] == [1]


async def test_what_is_done_when_its_owner_leaves_is_handed_on_to_nobody(desk: Desk):
    ada = await with_target(desk, "ada")
    await desk.target("team")
    follow_up = await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    await tables.Member.update({tables.Member.disabled_at: NOON}, force=True)
    await desk.settle(follow_up)
    assert await send_all(desk, NOON) == [NudgeState.VOID]
    assert len(await desk.nudges()) == 1


async def test_an_escalation_reaches_the_deputy_of_a_lead_at_once_too(desk: Desk):
    lea, bob = await with_target(desk, "lea", Role.LEAD), await with_target(desk, "bob", **QUIET)
    follow_up = await desk.follow_up(None, due_at=NOON + 48 * HOUR)
    async with transaction():
        await nudges.tell_of_escalation(follow_up, NIGHT)
    away = {"begins_at": NIGHT, "ends_at": NIGHT + 48 * HOUR}
    await absences.plan(Act(lea, NIGHT), lea.id, deputy=bob.id, **away)
    await send_all(desk, NIGHT)
    assert await send_all(desk, NIGHT) == [NudgeState.SENT]
    assert desk.receiver.addresses == ["json://bob.example.org/"]


async def test_a_reminder_that_waits_goes_on_waiting_when_the_move_that_overtook_it_is_undone(desk: Desk):
    """Whoever moves a case that nobody owns takes it, and with it the promise, whose ladder begins again."""
    await world.make_team(zone="UTC")
    await desk.target("team")
    ada = await desk.member("ada", Role.LEAD)
    number = await world.make_case(ada, now=NOON)
    due_at = NOON + 48 * HOUR
    await follow_ups.promise(Act(ada, NOON), number, words="A call", due_at=due_at)
    await tables.FollowUp.update({"next_at": None}).where(tables.FollowUp.kind == "triage")
    await nudges.sweep(now=due_at)
    undo = await world.move(number, "answer", by=ada, now=due_at, severity="s3", stance="fix")
    later = due_at + timedelta(seconds=10)
    await moves.undo(Act(ada, later), number, undo)
    assert await send_all(desk, later) == [NudgeState.SENT]
    assert [message.title for _address, message in desk.receiver.received] == [
        "#1 · keep the promise · due now"
    ]
    assert await nudges.sweep(now=later) == 0


async def test_a_promise_that_was_joined_into_a_case_without_an_owner_is_told_to_the_team(desk: Desk):
    await world.make_team(zone="UTC")
    ada = await with_target(desk, "ada")
    await desk.target("team")
    kept, joined = await world.make_case(ada, now=NOON), await world.make_case(ada, now=NOON)
    await world.lead_to(joined, "working", by=ada, now=NOON)
    due_at = NOON + HOUR
    await follow_ups.promise(Act(ada, NOON), joined, words="A call", due_at=due_at)
    await nudges.sweep(now=due_at)
    await world.move(joined, "join", by=ada, now=due_at, duplicate_of=kept)
    await send_all(desk, due_at)
    assert await send_all(desk, due_at) == [NudgeState.SENT]
    assert desk.receiver.addresses == ["json://team.example.org/"]


async def test_a_clock_that_jumps_tells_nothing_twice_and_forgets_nothing(desk: Desk):
    ada, lea = await with_target(desk, "ada"), await with_target(desk, "lea", Role.LEAD)
    await desk.target("team")
    await desk.follow_up(ada, hours=4)
    away = await desk.follow_up(lea, due_at=NOON + 20 * HOUR)
    for jump in (0, -3, 3, 0, 3, 40 * 24, 0, 40 * 24 + 1):
        await nudges.sweep(now=NOON + jump * HOUR)
        await send_all(desk, NOON + jump * HOUR)
    told = [(address, message.reference) for address, message in desk.receiver.received]
    assert len(told) == len(set(told))
    reached = {(row["follow_up"], row["rung"]) for row in await desk.nudges() if row["state"] == "sent"}
    assert {rung for one, rung in reached if one != away} == {1, 2, 4}, "of those missed the last one is told"
    assert {one for one, _rung in reached} >= {away}
    assert {row["state"] for row in await desk.nudges()} <= {"sent", "void"}
