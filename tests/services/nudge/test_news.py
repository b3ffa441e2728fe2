"""Is an S1 told at once to whoever can hear it, and a new case to whoever wants to?"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from amends.gateways.notifier import Outcome, Result
from amends.rules.vocabulary import FollowUpKind, NewCases, Role, Severity
from amends.rules.workflow.batches import Deed, Wish
from amends.services.capture import captures
from amends.services.nudge import nudges, targets
from amends.services.team import absences
from amends.services.team.members import Act, Member
from amends.services.workflow import batches, case_commands, leaving, moves, severities, threats
from tests import nudging
from tests.nudging import NOON, Desk
from tests.services.nudge.test_nudges import send_all
from tests.world import case_row, make_case, make_team, move, post

desk = nudging.desk
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
NIGHT = {"quiet_from": 0, "quiet_until": 23 * 60}
"""Quiet at noon, too."""


async def heard(desk: Desk, at=NOON) -> list[tuple[str, str]]:
    """Who is told what, of all that leaves at this instant; nothing is late yet."""
    before = len(desk.receiver.received)
    await nudges.announce(now=at)
    await send_all(desk, at)
    told = desk.receiver.received[before:]
    return sorted((address.split("//")[1].split(".")[0], message.title) for address, message in told)


async def somebody(desk: Desk, name: str, role: Role = Role.AGENT, **columns: object) -> Member:
    member = await desk.member(name, role, **{"new_cases": "never"} | columns)
    await desk.target(name, member)
    return member


async def on_duty(member: Member) -> None:
    await absences.take_duty(Act(member, NOON), member.id, begins_at=NOON - HOUR, ends_at=NOON + 9 * HOUR)


async def capture(by: Member, **about: Any) -> int:
    given = post(capturedAt=NOON.isoformat(), **about)
    return (await captures.receive(Act(by, NOON), uuid4(), given)).case.number


async def by_capture(ada: Member) -> None:
    await capture(ada, severity="s1")


async def by_triage(ada: Member) -> None:
    await move(await make_case(ada, now=NOON), "answer", by=ada, now=NOON, severity="s1", stance="fix")


async def by_weighing(ada: Member) -> None:
    number = await make_case(ada, now=NOON)
    await severities.weigh(Act(ada, NOON), number, severity=Severity.S1)


async def by_escalation(ada: Member) -> None:
    number = await make_case(ada, now=NOON)
    await move(number, "escalate", by=ada, now=NOON, reason="A lawyer", severity="s1")


async def by_batch(ada: Member) -> None:
    number = await make_case(ada, now=NOON)
    await batches.carry_out(Act(ada, NOON), [number], Wish(deed=Deed.SEVERITY, severity=Severity.S1))


@pytest.mark.parametrize("become", [by_capture, by_triage, by_weighing, by_escalation, by_batch])
async def test_however_a_case_becomes_s1_whoever_is_on_duty_is_told_at_once(desk: Desk, become):
    ada, dan = await somebody(desk, "ada"), await somebody(desk, "dan")
    await on_duty(dan)
    await become(ada)
    [(who, title)] = await heard(desk)
    assert who == "dan"
    assert title.startswith(("#1 · S1 critical · ", "#1 · review the escalation · "))
    assert await heard(desk, NOON + MINUTE) == [], "once"


@pytest.mark.parametrize("how", ["away", "disabled"])
async def test_an_s1_goes_to_the_leads_when_who_is_on_duty_goes_before_it_leaves(desk: Desk, how: str):
    dan = await somebody(desk, "dan")
    await somebody(desk, "lea", Role.LEAD)
    await on_duty(dan)
    await capture(dan, severity="s1")
    await nudges.announce(now=NOON)
    if how == "away":
        whole_day = {"begins_at": NOON - HOUR, "ends_at": NOON + 9 * HOUR}
        await absences.plan(Act(dan, NOON), dan.id, **whole_day, deputy=None)
    else:
        await leaving.disable(dan.id, by=None, now=NOON)
    assert await heard(desk) == []
    assert [who for who, _title in await heard(desk, NOON + SECOND)] == ["lea"]
    assert await heard(desk, NOON + MINUTE) == [], "once"


async def test_with_nobody_on_duty_the_leads_are_told_at_night_too(desk: Desk):
    ada = await somebody(desk, "ada")
    await somebody(desk, "lea", Role.LEAD, **NIGHT)
    await capture(ada, severity="s1")
    assert [who for who, _title in await heard(desk)] == ["lea"]
    assert "nobody on duty" in desk.receiver.received[0][1].body


async def test_who_is_on_duty_and_asleep_hears_in_the_morning_and_the_leads_now(desk: Desk):
    ada, dan = await somebody(desk, "ada"), await somebody(desk, "dan", **NIGHT)
    await somebody(desk, "lea", Role.LEAD)
    await on_duty(dan)
    await capture(ada, severity="s1")
    assert [who for who, _title in await heard(desk)] == ["lea"]
    assert [who for who, _title in await heard(desk, NOON + 11 * HOUR)] == ["dan"]


async def test_who_lets_an_s1_break_through_is_told_at_night(desk: Desk):
    dan = await somebody(desk, "dan", hears_urgent=True, **NIGHT)
    await on_duty(dan)
    await capture(dan, severity="s1")
    assert [who for who, _title in await heard(desk)] == ["dan"]


async def flagged(ada: Member) -> int:
    number = await make_case(ada, now=NOON)
    await threats.flag(Act(ada, NOON), number)
    return number


async def test_of_a_threat_those_on_duty_hear_first_and_every_lead_where_somebody_is_in_danger(desk: Desk):
    ada, dan = await somebody(desk, "ada"), await somebody(desk, "dan")
    await somebody(desk, "lea", Role.LEAD)
    await somebody(desk, "lou", Role.LEAD, **NIGHT)
    await on_duty(dan)
    number = await flagged(ada)
    assert {who for who, _title in await heard(desk)} == {"dan"}
    await threats.somebody_is_in_danger(Act(ada, NOON + MINUTE), number)
    assert {who for who, _title in await heard(desk, NOON + MINUTE)} == {"lea", "lou"}
    assert await heard(desk, NOON + 2 * MINUTE) == []


async def test_of_a_threat_the_leads_hear_where_nobody_on_duty_can_be_told(desk: Desk):
    ada, dan = await somebody(desk, "ada"), await somebody(desk, "dan", **NIGHT)
    await somebody(desk, "lea", Role.LEAD)
    await on_duty(dan)
    await flagged(ada)
    assert {who for who, _title in await heard(desk)} == {"lea"}


async def test_thirty_s1_are_one_message_with_their_count(desk: Desk):
    dan = await somebody(desk, "dan")
    await on_duty(dan)
    for _case in range(30):
        await capture(dan, severity="s1")
    assert await heard(desk) == [("dan", "30 critical cases")]


async def test_what_becomes_s1_within_the_minute_after_a_message_waits_for_the_others(desk: Desk):
    dan = await somebody(desk, "dan")
    await on_duty(dan)
    for second in (0, 10, 20):
        await capture(dan, severity="s1")
        assert len(await heard(desk, NOON + second * SECOND)) == (second == 0)
    assert await heard(desk, NOON + MINUTE) == [("dan", "2 critical cases")]


async def test_an_s1_that_is_none_any_more_is_not_told(desk: Desk):
    dan = await somebody(desk, "dan")
    await on_duty(dan)
    number = await capture(dan, severity="s1")
    await severities.weigh(Act(dan, NOON), number, severity=Severity.S3)
    assert await heard(desk) == []


async def test_a_case_that_is_s1_for_the_second_time_is_told_again(desk: Desk):
    dan = await somebody(desk, "dan")
    await on_duty(dan)
    number = await capture(dan, severity="s1")
    assert len(await heard(desk)) == 1
    await severities.weigh(Act(dan, NOON), number, severity=Severity.S3)
    later = NOON + 2 * MINUTE
    await severities.weigh(Act(dan, later), number, severity=Severity.S1)
    assert len(await heard(desk, later)) == 1


async def test_a_hand_over_meanwhile_keeps_an_s1_from_nobody(desk: Desk):
    dan = await somebody(desk, "dan")
    await on_duty(dan)
    number = await capture(dan, severity="s1")
    await nudges.announce(now=NOON)
    await move(number, "answer", by=dan, now=NOON, severity="s1", stance="fix")
    await send_all(desk, NOON)
    assert len(desk.receiver.received) == 1


async def test_one_case_that_became_s1_twice_is_once_in_a_message(desk: Desk):
    dan = await somebody(desk, "dan")
    await on_duty(dan)
    await capture(dan, severity="s1")
    assert len(await heard(desk)) == 1
    number = await capture(dan)
    for second, severity in enumerate((Severity.S1, Severity.S3, Severity.S1)):
        await severities.weigh(Act(dan, NOON), number, severity=severity)
        await nudges.announce(now=NOON + second * SECOND)
    assert [title[:7] for _who, title in await heard(desk, NOON + 2 * MINUTE)] == ["#2 · S1"]


async def test_a_move_that_is_undone_leaves_nothing_to_tell(desk: Desk):
    dan = await somebody(desk, "dan")
    await on_duty(dan)
    number = await capture(dan)
    undo_id = await move(number, "answer", by=dan, now=NOON, severity="s1", stance="fix")
    await moves.undo(Act(dan, NOON), number, undo_id)
    await severities.weigh(Act(dan, NOON), number, severity=Severity.S1)
    await nudges.announce(now=NOON)
    assert len(await desk.nudges()) == 1


async def test_who_waits_for_an_s1_hears_of_what_is_late_all_the_same(desk: Desk):
    dan = await somebody(desk, "dan")
    await desk.target("team")
    await on_duty(dan)
    follow_up = await desk.follow_up(dan, kind=FollowUpKind.PROMISE)
    number = (await desk.case_of(follow_up))["number"]
    await nudges.sweep(now=NOON)
    await send_all(desk, NOON)
    desk.receiver.answers["json://dan.example.org/"] = [Result(Outcome.unreachable, "no route")]
    await severities.weigh(Act(dan, NOON), number, severity=Severity.S1)
    await heard(desk, NOON + 2 * MINUTE)
    await severities.weigh(Act(dan, NOON), number, severity=Severity.S3)
    await nudges.sweep(now=NOON + 2 * HOUR)
    assert [who for who, _title in await heard(desk, NOON + 2 * HOUR)] == ["dan", "team"]


async def test_what_was_told_before_a_move_is_undone_is_not_told_again(desk: Desk):
    dan = await somebody(desk, "dan")
    await on_duty(dan)
    number = await capture(dan, severity="s1")
    undo_id = await move(number, "answer", by=dan, now=NOON, severity="s1", stance="fix")
    assert len(await heard(desk, NOON + SECOND)) == 1
    await moves.undo(Act(dan, NOON + 5 * SECOND), number, undo_id)
    assert await heard(desk, NOON + 2 * MINUTE) == []


async def test_what_nobody_was_told_before_a_move_is_undone_is_told(desk: Desk):
    ada = await somebody(desk, "ada", new_cases=NewCases.ALL)
    number = await capture(ada)
    undo_id = await move(number, "answer", by=ada, now=NOON, severity="s3", stance="fix")
    assert await heard(desk, NOON + SECOND) == []
    await moves.undo(Act(ada, NOON + 5 * SECOND), number, undo_id)
    assert await heard(desk, NOON + MINUTE) == [("ada", "#1 · new case · decide what to do")]


async def test_a_case_that_was_an_s1_twice_can_have_a_move_undone(desk: Desk):
    dan = await somebody(desk, "dan")
    await on_duty(dan)
    number = await capture(dan, severity="s1")
    await move(number, "answer", by=dan, now=NOON, severity="s1", stance="fix")
    await case_commands.take_off(Act(dan, NOON), number)
    for minute in (0, 2):
        at = NOON + minute * MINUTE
        for severity in (Severity.S3, Severity.S1):
            await severities.weigh(Act(dan, at), number, severity=severity)
        assert len(await heard(desk, at)) == 1
    later = NOON + 3 * MINUTE
    undo_id = await move(number, "keep_draft", by=dan, now=later, text="We are sorry.", reason="Short")
    await moves.undo(Act(dan, later + SECOND), number, undo_id)
    assert (await case_row(number))["owner"] is None
    assert await heard(desk, later + MINUTE) == []


async def test_alone_one_hears_of_every_new_case(desk: Desk):
    ada = await somebody(desk, "ada", new_cases=None)
    await capture(ada)
    assert await heard(desk) == [("ada", "#1 · new case · decide what to do")]
    await capture(ada)
    await capture(ada)
    assert await heard(desk, NOON + MINUTE) == [], "within ten minutes"
    assert await heard(desk, NOON + 10 * MINUTE) == [("ada", "2 new cases")]


async def test_in_a_team_who_wants_all_hears_and_who_is_on_duty_of_the_severe(desk: Desk):
    ada = await somebody(desk, "ada", new_cases=NewCases.ALL)
    dan = await somebody(desk, "dan", new_cases=None)
    await somebody(desk, "eve", new_cases=None)
    await on_duty(dan)
    await capture(ada)
    assert [who for who, _title in await heard(desk)] == ["ada"]
    await capture(ada, severity="s2")
    assert [who for who, _title in await heard(desk, NOON + 10 * MINUTE)] == ["ada", "dan"]


async def test_a_place_hears_once_that_a_case_is_new(desk: Desk):
    ada, dan = await somebody(desk, "ada", new_cases=NewCases.ALL), await somebody(desk, "dan")
    await on_duty(dan)
    number = await capture(ada)
    assert [who for who, _title in await heard(desk)] == ["ada"]
    await severities.weigh(Act(ada, NOON), number, severity=Severity.S1)
    assert [who for who, _title in await heard(desk, NOON + HOUR)] == ["dan"]


async def test_an_s1_that_was_lowered_before_it_was_told_is_a_new_case_all_the_same(desk: Desk):
    ada = await somebody(desk, "ada", new_cases=NewCases.ALL)
    number = await capture(ada, severity="s1")
    await severities.weigh(Act(ada, NOON), number, severity=Severity.S3)
    assert await heard(desk) == [("ada", "#1 · new case · decide what to do")]


async def test_the_teams_own_place_hears_of_what_it_wants(desk: Desk):
    root = await somebody(desk, "root", Role.ADMIN)
    await somebody(desk, "ada")
    await desk.target("team")
    await make_team(zone="UTC")
    await capture(root)
    assert await heard(desk) == []
    await targets.tell_team_of(Act(root, NOON), NewCases.ALL)
    await capture(root)
    assert [who for who, _title in await heard(desk)] == ["team"]


async def test_a_case_that_is_decided_meanwhile_is_no_news(desk: Desk):
    ada = await somebody(desk, "ada", new_cases=NewCases.ALL)
    number = await capture(ada)
    await nudges.announce(now=NOON)
    await move(number, "not_ours", by=ada, now=NOON, reason="Spam")
    await send_all(desk, NOON)
    assert desk.receiver.received == []
