"""Is nobody nagged? What is for one person goes together, within a budget, to whoever is there."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from amends import tables
from amends.gateways.notifier import Outcome, Result
from amends.rules.vocabulary import NudgeState, Role, Severity
from amends.services.nudge import digests, nudges, target_health, targets, trials
from amends.services.nudge.nudges import claims, settlement
from amends.services.team import absences
from amends.services.team.members import Act, Member
from tests import nudging
from tests.nudging import NOON, Desk
from tests.services.nudge.test_nudges import send_all

desk = nudging.desk
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


async def told(desk: Desk, at) -> list[str]:
    """The titles of the messages that leave at this instant."""
    await nudges.sweep(now=at)
    before = len(desk.receiver.received)
    await send_all(desk, at)
    return [message.title for _address, message in desk.receiver.received[before:]]


async def with_target(desk: Desk, name: str, role: Role = Role.AGENT, **columns: object) -> Member:
    member = await desk.member(name, role, **{"digest_at": 9 * 60} | columns)
    await desk.target(name, member)
    return member


async def test_after_two_days_of_downtime_each_member_gets_one_message(desk: Desk):
    ada, bob = await with_target(desk, "ada"), await with_target(desk, "bob")
    for owner in (ada, ada, ada, bob):
        await desk.follow_up(owner)
    assert sorted(await told(desk, NOON + 48 * HOUR)) == [
        "#4 · write the public reply · 2 days late",
        "3 reminders",
    ]
    assert {row["state"] for row in await desk.nudges()} == {"sent"}


async def test_what_is_for_one_person_within_ten_minutes_goes_together(desk: Desk):
    ada = await with_target(desk, "ada")
    for minutes in (0, 2, 4):
        await desk.follow_up(ada, due_at=NOON + minutes * MINUTE)
    assert await told(desk, NOON) == ["#1 · write the public reply · due now"]
    assert await told(desk, NOON + 2 * MINUTE) == []
    assert await told(desk, NOON + 4 * MINUTE) == []
    assert await told(desk, NOON + 12 * MINUTE) == ["2 reminders"]


async def test_of_several_that_claim_for_one_person_at_once_one_gets_all(desk: Desk):
    ada = await with_target(desk, "ada")
    for _ in range(24):
        await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    ids = [row["id"] for row in await desk.nudges()]
    claimed = await asyncio.gather(*(claims.claim(one, one.hex, now=NOON) for one in ids))
    assert [len(rows) for rows in claimed if rows] == [24]


async def test_an_s1_waits_for_no_other_message(desk: Desk):
    ada = await with_target(desk, "ada")
    await desk.follow_up(ada)
    await told(desk, NOON)
    await desk.follow_up(ada, due_at=NOON + MINUTE, severity=Severity.S1)
    assert len(await told(desk, NOON + MINUTE)) == 1


async def test_a_bundle_that_fails_is_tried_again_as_a_whole(desk: Desk):
    ada = await with_target(desk, "ada")
    for _ in range(3):
        await desk.follow_up(ada)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.unreachable, "no route")]
    assert await told(desk, NOON) == ["3 reminders"]
    assert {row["state"] for row in await desk.nudges()} == {"ready"}
    assert await told(desk, NOON + 2 * MINUTE) == ["3 reminders"]
    references = {message.reference for _address, message in desk.receiver.received}
    assert len(references) == 1
    assert await told(desk, NOON + 20 * MINUTE) == []


async def test_after_six_messages_a_day_the_rest_is_left_to_the_digest(desk: Desk):
    ada = await with_target(desk, "ada")
    for turn in range(8):
        await desk.follow_up(ada, due_at=NOON + turn * HOUR / 2)
    messages = [len(await told(desk, NOON + turn * HOUR / 2)) for turn in range(8)]
    assert messages == [1, 1, 1, 1, 1, 1, 0, 0]
    reasons = {row["failure"] for row in await desk.nudges() if row["state"] == "void"}
    assert reasons == {"left to the digest"}
    await desk.follow_up(ada, due_at=NOON + 5 * HOUR, severity=Severity.S1)
    assert len(await told(desk, NOON + 5 * HOUR)) == 1, "an S1 always goes out"


async def test_without_a_digest_there_is_no_budget(desk: Desk):
    ada = await with_target(desk, "ada", digest_at=None, daily_budget=1)
    for turn in range(3):
        await desk.follow_up(ada, due_at=NOON + turn * HOUR / 2)
    assert [len(await told(desk, NOON + turn * HOUR / 2)) for turn in range(3)] == [1, 1, 1]


NIGHT = {"quiet_from": 12 * 60, "quiet_until": 8 * 60}
MORNING = NOON + 20 * HOUR


async def test_what_climbed_while_it_was_held_is_told_once_in_the_morning(desk: Desk):
    ada = await with_target(desk, "ada", Role.LEAD, **NIGHT)
    await desk.target("second", ada, position=2)
    for _ in range(2):
        await desk.follow_up(ada)
    for hours in (0, 2, 4, 6):
        assert await told(desk, NOON + hours * HOUR) == []
    assert await told(desk, MORNING) == ["2 reminders"]
    assert desk.receiver.addresses == ["json://ada.example.org/"]
    assert await told(desk, MORNING + 2 * HOUR) == []


async def test_others_are_told_of_a_later_rung_while_the_owner_sleeps(desk: Desk):
    ada = await with_target(desk, "ada", **NIGHT)
    await desk.target("team")
    await desk.follow_up(ada)
    await told(desk, NOON)
    assert await told(desk, NOON + 2 * HOUR) == ["#1 · write the public reply · 2 h late"]
    assert desk.receiver.addresses == ["json://team.example.org/"]


async def test_a_target_that_works_again_is_told_once_of_what_climbed_meanwhile(desk: Desk):
    ada = await with_target(desk, "ada")
    await desk.follow_up(ada)
    busy = Result(Outcome.unreachable, "no route")
    desk.receiver.answers["json://ada.example.org/"] = [busy] * 6
    for minutes in (0, 2, 5, 15, 40, 115):
        assert len(await told(desk, NOON + minutes * MINUTE)) == 1
    assert await told(desk, NOON + 125 * MINUTE) == [], "the second rung has come"
    assert len(await told(desk, NOON + 6 * HOUR)) == 1
    assert [(row["rung"], row["state"]) for row in await desk.nudges()] == [(1, "sent")]


async def test_whoever_is_being_told_at_this_moment_is_not_told_of_the_next_rung_beside_it(desk: Desk):
    ada = await with_target(desk, "ada")
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    [nudge] = await nudges.ready(now=NOON, limit=1)
    on_its_way = await claims.claim(nudge, "slow", now=NOON)
    await nudges.sweep(now=NOON + 125 * MINUTE)
    await settlement.settle(on_its_way, "slow", Result(Outcome.unreachable, "no route"), NOON)
    assert await told(desk, NOON + 126 * MINUTE) == ["#1 · write the public reply · 2 h late"]
    assert [(row["rung"], row["state"]) for row in await desk.nudges()] == [(1, "sent")]


async def test_a_rung_that_was_held_says_nothing_once_a_later_one_broke_through(desk: Desk):
    ada = await with_target(desk, "ada", hears_urgent=True, **NIGHT)
    await desk.follow_up(ada, severity=Severity.S1)
    assert await told(desk, NOON) == []
    begin, end = NOON + HOUR, NOON + 10 * HOUR
    await absences.take_duty(Act(ada, NOON), ada.id, begins_at=begin, ends_at=end)
    assert len(await told(desk, NOON + 2 * HOUR)) == 1
    assert await told(desk, MORNING) == []
    assert {row["failure"] for row in await desk.nudges() if row["state"] == "void"} == {"overtaken"}


async def away(member: Member, deputy: Member | None) -> UUID:
    begin, end = NOON - 24 * HOUR, NOON + 24 * HOUR
    return await absences.plan(
        Act(member, NOON), member.id, begins_at=begin, ends_at=end, deputy=deputy.id if deputy else None
    )


async def addresses(desk: Desk) -> list[str]:
    await told(desk, NOON)
    return desk.receiver.addresses


async def test_of_whoever_is_away_the_deputy_hears_and_not_both(desk: Desk):
    ada, bob = await with_target(desk, "ada"), await with_target(desk, "bob")
    await away(ada, bob)
    await desk.follow_up(ada)
    assert await addresses(desk) == ["json://bob.example.org/"]
    assert "You are deputy for ada" in desk.receiver.received[0][1].body


async def test_where_the_deputy_is_away_too_or_there_is_none_the_team_hears(desk: Desk):
    ada, bob = await with_target(desk, "ada"), await with_target(desk, "bob")
    await desk.target("team")
    await away(ada, bob)
    await away(bob, None)
    await desk.follow_up(ada)
    assert await addresses(desk) == ["json://team.example.org/"]


async def gone(member: Member, deputy: Member, begin: datetime, end: datetime) -> UUID:
    return await absences.plan(Act(member, NOON), member.id, begins_at=begin, ends_at=end, deputy=deputy.id)


async def test_what_was_held_for_somebody_who_is_away_by_then_goes_to_the_deputy(desk: Desk):
    ada, bob = await with_target(desk, "ada", **NIGHT), await with_target(desk, "bob")
    await desk.follow_up(ada)
    await told(desk, NOON)
    await gone(ada, bob, NOON + HOUR, NOON + 30 * HOUR)
    await told(desk, MORNING)
    await told(desk, MORNING)
    assert desk.receiver.addresses == ["json://bob.example.org/"]
    assert "You are deputy for ada" in desk.receiver.received[0][1].body


async def test_what_was_held_for_the_deputy_goes_to_the_owner_who_is_back(desk: Desk):
    ada, bob = await with_target(desk, "ada", **NIGHT), await with_target(desk, "bob", **NIGHT)
    await gone(ada, bob, NOON - HOUR, NOON + HOUR)
    await desk.follow_up(ada)
    await told(desk, NOON)
    await told(desk, MORNING)
    await told(desk, MORNING)
    assert desk.receiver.addresses == ["json://ada.example.org/"]
    assert "You own this case" in desk.receiver.received[0][1].body


async def test_what_was_handed_on_comes_back_with_whoever_went(desk: Desk):
    ada, bob = await with_target(desk, "ada"), await with_target(desk, "bob", **NIGHT)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.unreachable, "no route")]
    await desk.follow_up(ada)
    await told(desk, NOON)
    await gone(ada, bob, NOON + MINUTE, NOON + HOUR)
    await told(desk, NOON + 2 * MINUTE)
    await told(desk, MORNING)
    await told(desk, MORNING)
    assert [address for address, _message in desk.receiver.received] == ["json://ada.example.org/"] * 2


async def test_a_digest_that_could_not_leave_is_dropped_once_its_reader_is_away(desk: Desk):
    ada, bob = await with_target(desk, "ada"), await with_target(desk, "bob")
    await desk.follow_up(ada, due_at=NOON + HOUR)
    assert await digests.plan(now=NOON) == 1
    await gone(ada, bob, NOON + MINUTE, NOON + 3 * HOUR)
    assert await told(desk, NOON + 2 * MINUTE) == []


async def test_an_absence_that_was_cancelled_changes_nothing(desk: Desk):
    ada, bob = await with_target(desk, "ada"), await with_target(desk, "bob")
    absence = await away(ada, bob)
    await absences.cancel(Act(ada, NOON), absence)
    await desk.follow_up(ada)
    assert await addresses(desk) == ["json://ada.example.org/"]


async def test_whoever_is_on_duty_and_asked_for_it_hears_of_an_s1_at_night_others_in_the_morning(desk: Desk):
    quiet = {"quiet_from": 19 * 60, "quiet_until": 8 * 60, "hears_urgent": True}
    ada, bob = await with_target(desk, "ada", **quiet), await with_target(desk, "bob", **quiet)
    night = NOON.replace(hour=3)
    await absences.take_duty(Act(bob, night), bob.id, begins_at=night - HOUR, ends_at=night + HOUR)
    await desk.follow_up(ada, due_at=night, severity=Severity.S1)
    await told(desk, night)
    assert desk.receiver.addresses == ["json://bob.example.org/"]
    waiting = [row["target_name"] for row in await desk.nudges() if row["state"] == NudgeState.READY]
    assert waiting == ["ada"]


async def test_a_service_that_asks_for_a_pause_gets_it_for_everything_that_goes_there(desk: Desk):
    ada, bob = await with_target(desk, "ada"), await with_target(desk, "bob")
    busy = Result(Outcome.rejected, "too many requests", retry_after=3600)
    desk.receiver.answers["json://ada.example.org/"] = [busy]
    await desk.follow_up(ada, severity=Severity.S1)
    await desk.follow_up(ada, due_at=NOON + 10 * MINUTE, severity=Severity.S1)
    await desk.follow_up(bob, due_at=NOON + 10 * MINUTE)
    assert await told(desk, NOON) == ["#1 · write the public reply · due now"]
    await told(desk, NOON + 10 * MINUTE)
    assert desk.receiver.addresses == ["json://ada.example.org/", "json://bob.example.org/"]
    assert await nudges.ready(now=NOON + 59 * MINUTE, limit=10) == []
    assert await told(desk, NOON + HOUR) == ["2 reminders"]
    assert (await targets.of_member(ada.id))[0].failures == 0


async def test_a_nudge_that_was_decided_while_its_target_was_paused_stands_in_nobodys_way(desk: Desk):
    ada = await with_target(desk, "ada")
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    await tables.Target.update({tables.Target.paused_until: NOON + HOUR}, force=True)
    assert await send_all(desk, NOON) == []
    assert await nudges.ready(now=NOON + 59 * MINUTE, limit=10) == []
    assert await send_all(desk, NOON + HOUR) == [NudgeState.SENT]


async def test_a_test_is_sent_in_a_pause_because_somebody_asks_how_things_are(desk: Desk):
    ada = await with_target(desk, "ada")
    [target] = await targets.of_member(ada.id)
    await tables.Target.update({tables.Target.paused_until: NOON + HOUR}, force=True)
    await trials.begin(Act(ada, NOON), target.id)
    assert await send_all(desk, NOON) == [NudgeState.SENT]
    assert (await tables.Target.select(tables.Target.paused_until))[0]["paused_until"] is None


async def test_while_a_target_fails_again_and_again_the_members_mailbox_is_told(desk: Desk):
    ada = await with_target(desk, "ada")
    mailbox = await targets.add(
        await targets.checked("mailtos://ada:x@example.org", desk.receiver),
        member=ada.id,
        name="Mail",
        position=2,
        by=ada,
        now=NOON,
        secrets=desk.secrets,
    )
    [chat, _mail] = await targets.of_member(ada.id)
    await tables.Target.update({tables.Target.failures: 2}).where(tables.Target.id == chat.id)
    assert (await target_health.failing_of(ada.id)) == []
    busy = Result(Outcome.unreachable, "no route")
    desk.receiver.answers["json://ada.example.org/"] = [busy]
    await desk.follow_up(ada)
    await told(desk, NOON)
    assert (await target_health.failing_of(ada.id)) == ["ada"]
    await desk.follow_up(ada, due_at=NOON + MINUTE / 2)
    await told(desk, NOON + MINUTE / 2)
    assert desk.receiver.received[-1][0] == "mailtos://ada:x@example.org"
    await tables.Target.update({tables.Target.failures: 3}).where(tables.Target.id == mailbox)
    await desk.follow_up(ada, due_at=NOON + HOUR)
    await told(desk, NOON + HOUR)
    assert desk.receiver.received[-1][0] == "json://ada.example.org/"


async def test_the_digest_goes_to_the_mailbox_while_the_first_target_is_failing(desk: Desk):
    rows = [{"id": 1, "failures": 3, "masked": "json://…"}, {"id": 2, "failures": 0, "masked": "slack://…"}]
    assert target_health.reached(rows[0], rows)["id"] == 1
    rows.append({"id": 3, "failures": 0, "masked": "mailtos://example.org/…"})
    assert target_health.reached(rows[0], rows)["id"] == 3
    assert target_health.reached(rows[1], rows)["id"] == 2
