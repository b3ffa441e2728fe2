"""Is everybody who must be reminded reminded, once per rung, and nobody of what is no longer true?"""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from amends import tables
from amends.database import transaction
from amends.gateways.notifier import Outcome, Result
from amends.gateways.secrets import Secrets, SecretUnreadable, new_key
from amends.rules.vocabulary import FollowUpKind, NudgeState, Role, Severity, Stage
from amends.services.case import timeline
from amends.services.nudge import nudges, targets, trials
from amends.services.nudge.nudges import claims, dead_letters, planning, receivers, settlement
from amends.services.team.members import Act
from amends.services.workflow import case_commands
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk

desk = nudging.desk

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SOON = NOON + MINUTE


async def send_all(desk: Desk, now: datetime) -> list[NudgeState]:
    ids = await nudges.ready(now=now, limit=100)
    return [
        state
        for one in ids
        for state in await nudges.deliver(one, desk.receiver, desk.secrets, now=now, base_url=BASE_URL)
    ]


async def test_nobody_is_reminded_of_what_is_not_due_yet(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada, due_at=NOON + HOUR)
    assert await nudges.sweep(now=NOON) == 0
    assert await nudges.ready(now=NOON, limit=10) == []


async def test_the_ladder_speaks_to_the_owner_then_to_a_second_target_and_the_team_then_to_the_lead(
    desk: Desk,
):
    ada, lea = await desk.member("ada"), await desk.member("lea", Role.LEAD)
    await desk.target("ada-mail", ada)
    await desk.target("ada-phone", ada, position=2)
    await desk.target("lea", lea)
    await desk.target("team")
    await desk.follow_up(ada, hours=4)

    told = []
    for late in (timedelta(0), 2 * HOUR, 4 * HOUR, 30 * HOUR, 24 * 30 * HOUR):
        await nudges.sweep(now=NOON + late)
        before = len(desk.receiver.received)
        await send_all(desk, NOON + late)
        told.append(sorted(address for address, _message in desk.receiver.received[before:]))

    assert told == [
        ["json://ada-mail.example.org/"],
        ["json://ada-phone.example.org/", "json://team.example.org/"],
        ["json://lea.example.org/"],
        [],
        [],
    ]


async def test_a_rung_is_decided_once_however_often_it_is_swept(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    assert [await nudges.sweep(now=SOON) for _ in range(3)] == [1, 0, 0]
    await tables.FollowUp.update({"rung": 0, "next_at": NOON}, force=True)
    assert await nudges.sweep(now=SOON) == 0, "the key of the nudge is what it is about"


async def test_two_workers_that_sweep_at_once_decide_each_nudge_once(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    for _ in range(30):
        await desk.follow_up(ada)
    planned = await asyncio.gather(*(nudges.sweep(now=SOON) for _ in range(4)))
    assert sum(planned) == 30
    assert len(await desk.nudges()) == 30


async def test_more_than_a_batch_is_planned_in_one_sweep(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(planning, "BATCH", 3)
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    for _ in range(8):
        await desk.follow_up(ada)
    assert await nudges.sweep(now=SOON) == 8


async def test_what_nobody_owns_goes_to_the_team_and_then_to_the_lead(desk: Desk):
    lea = await desk.member("lea", Role.LEAD)
    await desk.target("lea", lea)
    await desk.target("team")
    await desk.follow_up(None)
    for late in (timedelta(0), 3 * HOUR):
        await nudges.sweep(now=NOON + late)
    assert [row["target_name"] for row in await desk.nudges()] == ["team", "lea"]


async def test_an_owner_without_a_target_or_disabled_is_replaced_by_the_team(desk: Desk):
    ada, bob = await desk.member("ada"), await desk.member("bob", disabled_at=NOON)
    await desk.target("bob", bob)
    await desk.target("team")
    await desk.follow_up(ada)
    await desk.follow_up(bob)
    await nudges.sweep(now=SOON)
    assert [row["target_name"] for row in await desk.nudges()] == ["team", "team"]


async def test_where_there_is_no_lead_the_admins_are_told(desk: Desk):
    admin = await desk.member("root", Role.ADMIN)
    await desk.target("root", admin)
    await desk.follow_up(None)
    await nudges.sweep(now=NOON + 3 * HOUR)
    assert [row["target_name"] for row in await desk.nudges()] == ["root"]


async def test_without_any_target_the_ladder_goes_on_and_nothing_is_sent(desk: Desk):
    follow_up = await desk.follow_up(await desk.member("ada"))
    assert await nudges.sweep(now=SOON) == 0
    rows = await tables.FollowUp.select().where(tables.FollowUp.id == follow_up)
    assert rows[0]["rung"] == 1
    assert rows[0]["next_at"] > NOON


async def test_a_target_that_two_audiences_share_is_told_once(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("team")
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    await send_all(desk, NOON)
    await nudges.sweep(now=NOON + 2 * HOUR)
    assert [row["rung"] for row in await desk.nudges()] == [1, 2]


async def test_quiet_hours_hold_a_nudge_until_they_end(desk: Desk):
    ada = await desk.member("ada", zone="Europe/Paris", quiet_from=19 * 60, quiet_until=8 * 60 + 30)
    await desk.target("ada", ada)
    evening = NOON.replace(hour=20)
    await desk.follow_up(ada, due_at=evening)
    await nudges.sweep(now=evening)
    assert await nudges.ready(now=evening, limit=10) == []
    morning = (NOON + timedelta(days=1)).replace(hour=7, minute=30)
    assert await nudges.ready(now=morning - MINUTE, limit=10) == []
    assert len(await nudges.ready(now=morning, limit=10)) == 1


async def test_a_snoozed_case_is_left_in_peace_but_its_promises_are_not(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    later = NOON + timedelta(days=2)
    await desk.follow_up(ada, snoozed_until=later)
    await desk.follow_up(ada, kind=FollowUpKind.PROMISE, snoozed_until=later)
    assert await nudges.sweep(now=SOON) == 1
    await case_commands.wake_due(now=later)
    assert await nudges.sweep(now=later) >= 1, "the snooze is over"


async def test_a_message_says_who_where_and_why_and_nothing_of_the_complaint(desk: Desk):
    ada = await desk.member("ada", zone="Europe/Paris")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON + 2 * HOUR)
    await send_all(desk, NOON + 2 * HOUR)
    _address, message = desk.receiver.received[0]
    assert message.title == "#1 · write the public reply · 2 h late"
    assert "Reddit" in message.body
    assert "Europe/Paris" in message.body
    assert f"{BASE_URL}/cases/1" in message.body
    assert "They broke it" not in message.body + message.title
    assert message.reference


async def test_who_was_nudged_stands_on_the_timeline_once_for_each_rung_and_audience(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.target("team")
    await desk.target("other")
    follow_up = await desk.follow_up(ada)
    await nudges.sweep(now=NOON + 2 * HOUR)
    assert await send_all(desk, NOON + 2 * HOUR) == [NudgeState.SENT] * 3
    case = await desk.case_of(follow_up)
    told = [entry.particulars for entry in await timeline.of_case(case["id"])]
    assert sorted((one["rung"], one["audience"]) for one in told) == [(2, "owner"), (2, "team")]


@pytest.mark.parametrize("what", ["settled", "moved", "closed", "snoozed", "disabled", "paused"])
async def test_a_nudge_that_is_no_longer_true_is_not_sent(desk: Desk, what: str):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    follow_up = await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    case, owed = tables.Case, tables.FollowUp
    if what == "settled":
        await desk.settle(follow_up)
    elif what == "moved":
        await owed.update({owed.generation: 2}, force=True)
    elif what == "closed":
        closed = {case.stage: Stage.CLOSED, case.outcome: "settled", case.closed_at: NOON}
        await case.update(closed, force=True)
    elif what == "snoozed":
        await case.update({case.snoozed_until: NOON + timedelta(days=1)}, force=True)
    elif what == "disabled":
        await tables.Member.update({tables.Member.disabled_at: NOON}, force=True)
    else:
        await owed.update({owed.paused_at: NOON}, force=True)
    assert await send_all(desk, SOON) == [NudgeState.VOID]
    assert desk.receiver.received == []


async def test_a_snoozed_promise_is_still_sent(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada, kind=FollowUpKind.PROMISE)
    await nudges.sweep(now=SOON)
    await tables.Case.update({tables.Case.snoozed_until: NOON + timedelta(days=1)}, force=True)
    assert await send_all(desk, SOON) == [NudgeState.SENT]


async def test_two_workers_that_take_a_nudge_at_once_send_it_once(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    [nudge] = await nudges.ready(now=SOON, limit=1)
    states = await asyncio.gather(
        *(nudges.deliver(nudge, desk.receiver, desk.secrets, now=SOON, base_url=BASE_URL) for _ in range(5))
    )
    assert sorted(states, key=len) == [[]] * 4 + [[NudgeState.SENT]]
    assert len(desk.receiver.received) == 1


async def test_a_nudge_whose_sender_died_is_sent_again_when_its_lease_ends(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    [nudge] = await nudges.ready(now=SOON, limit=1)
    assert await claims.claim(nudge, "the one who dies", now=SOON)
    assert await nudges.ready(now=SOON + 59 * MINUTE / 60, limit=1) == []
    assert await nudges.ready(now=SOON + nudges.LEASE, limit=1) == [nudge]
    assert await send_all(desk, SOON + nudges.LEASE) == [NudgeState.SENT]


async def test_whoever_lost_a_nudge_to_another_settles_nothing(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    [nudge] = await nudges.ready(now=SOON, limit=1)
    rows = await claims.claim(nudge, "slow", now=SOON)
    await claims.claim(nudge, "quick", now=SOON + nudges.LEASE)
    late = await settlement.settle(rows, "slow", Result(Outcome.unreachable, "no route"), SOON)
    assert late == []
    [after] = await desk.nudges()
    assert (after["state"], after["holder"]) == (NudgeState.SENDING, "quick")


async def test_leases_of_an_earlier_start_are_freed_at_once_where_nobody_else_sends(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    [nudge] = await nudges.ready(now=SOON, limit=1)
    await claims.claim(nudge, "the one who died", now=SOON)
    assert await nudges.free_leases(now=SOON) == 1
    assert await nudges.ready(now=SOON, limit=1) == [nudge]


async def test_a_target_that_fails_is_tried_again_later_and_counted(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.unreachable, "no route")]
    assert await send_all(desk, SOON) == [NudgeState.READY]
    [shown] = await targets.of_member(ada.id)
    assert (shown.failures, shown.succeeded_at) == (1, None)
    assert await nudges.ready(now=SOON + 30 * MINUTE / 60, limit=1) == []
    assert await send_all(desk, SOON + 2 * MINUTE) == [NudgeState.SENT]
    [shown] = await targets.of_member(ada.id)
    assert (shown.failures, shown.succeeded_at) == (0, SOON + 2 * MINUTE)
    attempts = await tables.Delivery.select().order_by(tables.Delivery.attempt)
    assert [(row["attempt"], row["result"]) for row in attempts] == [(1, "unreachable"), (2, "delivered")]


async def test_a_send_that_may_have_arrived_is_not_repeated_for_a_quarter_of_an_hour(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.timeout, "no answer")]
    await send_all(desk, SOON)
    assert await nudges.ready(now=SOON + 14 * MINUTE, limit=1) == []
    assert len(await nudges.ready(now=SOON + 20 * MINUTE, limit=1)) == 1


async def test_a_repeat_bears_the_reference_of_the_first_try(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.rejected, "status 500")]
    await send_all(desk, SOON)
    await send_all(desk, SOON + 10 * MINUTE)
    assert len({message.reference for _address, message in desk.receiver.received}) == 1


async def until_dead(desk: Desk, result: Result) -> datetime:
    now = SOON
    desk.receiver.answers["json://ada.example.org/"] = [result] * 20
    for _ in range(20):
        await send_all(desk, now)
        now += timedelta(hours=13)
    return now


async def test_after_the_last_try_a_nudge_is_a_dead_letter_that_can_be_retried(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    now = await until_dead(desk, Result(Outcome.rejected, "status 500"))
    [letter] = await nudges.dead()
    assert (letter.case_number, letter.target_name, letter.attempts) == (1, "ada", 9)
    assert letter.target_masked == "json://ada.example.org/…"
    assert "did not accept" in letter.why

    desk.receiver.answers.clear()
    await nudges.retry(Act(ada, now), letter.id)
    assert await send_all(desk, now) == [NudgeState.SENT]
    assert await nudges.dead() == []


async def test_a_refused_address_is_given_up_at_once(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.refused, "private address")]
    assert await send_all(desk, SOON) == [NudgeState.DEAD]


async def test_a_nudge_that_kills_its_sender_each_time_is_given_up(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    await tables.Nudge.update({tables.Nudge.attempts: 9}, force=True)
    assert await send_all(desk, SOON) == [NudgeState.DEAD]
    assert desk.receiver.received == []
    [letter] = await nudges.dead()
    assert letter.why == dead_letters.why("killed: x")


async def test_a_nudge_whose_address_cannot_be_unsealed_stays_ready_however_often_it_is_tried(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    [nudge] = await nudges.ready(now=SOON, limit=1)
    others = Secrets([new_key()])
    for minute in range(12):
        at = SOON + timedelta(minutes=minute)
        with pytest.raises(SecretUnreadable):
            await nudges.deliver(nudge, desk.receiver, others, now=at, base_url=BASE_URL)
    assert desk.receiver.received == []
    assert await send_all(desk, SOON + timedelta(minutes=12)) == [NudgeState.SENT]


async def test_a_test_of_an_address_that_cannot_be_unsealed_ends(desk: Desk):
    ada = await desk.member("ada")
    test = await trials.begin(Act(ada, SOON), await desk.target("ada", ada))
    others = Secrets([new_key()])
    await nudges.deliver(test, desk.receiver, others, now=SOON, base_url=BASE_URL)
    assert (ended := await trials.result(test, by=ada))
    assert ended.outcome == "not_sent"


async def test_a_dead_letter_of_what_is_settled_is_not_shown(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    follow_up = await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.refused, "private address")]
    await send_all(desk, SOON)
    assert len(await nudges.dead()) == 1
    await desk.settle(follow_up)
    assert await nudges.dead() == []


async def test_only_the_receiver_or_a_lead_retries_a_dead_nudge(desk: Desk):
    ada, bob, lea = await desk.member("ada"), await desk.member("bob"), await desk.member("lea", Role.LEAD)
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=SOON)
    [nudge] = await nudges.ready(now=SOON, limit=1)
    with pytest.raises(nudges.NudgeIsAlive):
        await nudges.retry(Act(lea, SOON), nudge)
    await tables.Nudge.update({tables.Nudge.state: NudgeState.DEAD}, force=True)
    with pytest.raises(dead_letters.NudgeNotYours):
        await nudges.retry(Act(bob, SOON), nudge)
    with pytest.raises(nudges.NudgeUnknown):
        await nudges.retry(Act(lea, SOON), uuid4())
    await nudges.retry(Act(lea, SOON), nudge)


async def test_every_lead_is_told_of_an_escalation_at_once_even_at_night(desk: Desk):
    night = NOON.replace(hour=3)
    lea = await desk.member("lea", Role.LEAD, quiet_from=19 * 60, quiet_until=8 * 60)
    await desk.target("lea", lea)
    follow_up = await desk.follow_up(None, severity=Severity.S1, due_at=NOON)
    async with transaction():
        assert await nudges.tell_of_escalation(follow_up, night) == 1
    async with transaction():
        assert await nudges.tell_of_escalation(follow_up, night) == 0
    assert await send_all(desk, night) == [NudgeState.SENT]
    assert "escalated" in desk.receiver.received[0][1].body


def test_a_member_without_targets_has_no_receiver():
    assert receivers.Receivers().of(receivers.Audience.OWNER, owner=uuid4()) == []
