"""Who gets reports by mail: added, paused, taken off; of each letter no more is told than is known."""

from datetime import date

import pytest

from amends import tables
from amends.gateways.notifier import Outcome, Result
from amends.rules.insight.report_letters import Rhythm
from amends.rules.vocabulary import Role
from amends.services.insight import report_letters, report_readers
from amends.services.nudge import targets
from amends.services.team.members import Act, Member
from tests.nudging import NOON, Desk
from tests.services.insight import test_report_letters
from tests.services.insight.test_report_letters import BOSS, DAY, MINUTE, MONDAY, reader, server
from tests.services.nudge.test_nudges import send_all

desk, lead = test_report_letters.desk, test_report_letters.lead


async def test_only_what_the_mail_server_said_is_told(desk: Desk, lead: Member):
    who = await reader(desk, lead)
    assert (await report_readers.everyone())[0].posted is None
    desk.receiver.answers[BOSS] = [
        Result(Outcome.timeout, "no answer"),
        *[Result(Outcome.rejected, "no")] * 20,
    ]
    await report_readers.send_now(Act(lead, NOON), who)
    states, at = [await posted()], NOON
    for _try in range(12):
        await send_all(desk, at)
        states.append(await posted())
        at += DAY
    assert [*dict.fromkeys(states)] == ["waiting", "tried", "given_up"]
    assert (await tables.Target.select(tables.Target.failures))[0]["failures"] == 0
    await report_readers.send_now(Act(lead, at), who)
    desk.receiver.answers[BOSS] = []
    await send_all(desk, at)
    assert await posted() == "accepted"


async def posted() -> str:
    [one] = await report_readers.everyone()
    return str(one.posted.state) if one.posted else ""


async def test_a_paused_reader_gets_nothing_and_afterwards_only_what_is_over_then(desk: Desk, lead: Member):
    who = await reader(desk, lead)
    await report_letters.plan(now=MONDAY)
    await report_readers.pause(Act(lead, MONDAY), who, paused=True)
    assert await send_all(desk, MONDAY + MINUTE) == []
    assert await posted() == "ended"
    assert await report_letters.plan(now=MONDAY + 7 * DAY) == 0
    await report_readers.pause(Act(lead, MONDAY + 8 * DAY), who, paused=False)
    assert await report_letters.plan(now=MONDAY + 9 * DAY) == 0
    assert await report_letters.plan(now=MONDAY + 14 * DAY) == 1


async def test_whoever_is_taken_off_the_list_gets_what_waits_no_more(desk: Desk, lead: Member):
    who = await reader(desk, lead)
    await report_readers.send_now(Act(lead, NOON), who)
    await report_readers.remove(Act(lead, NOON), who)
    await send_all(desk, NOON)
    assert desk.receiver.received == []
    with pytest.raises(report_readers.ReaderUnknown):
        await report_readers.send_now(Act(lead, NOON), who)


async def test_without_the_mail_server_nothing_is_decided_and_that_is_said(desk: Desk, lead: Member):
    through = await server(desk)
    who = await reader(desk, lead, through=through)
    await targets.remove(Act(await desk.member("root", Role.ADMIN), NOON), through)
    assert await report_letters.plan(now=MONDAY) == 0
    assert (await report_readers.everyone())[0].through == ""
    with pytest.raises(report_readers.NoMailServer):
        await report_readers.send_now(Act(lead, NOON), who)


async def test_only_the_teams_mail_and_ones_own_may_be_used(desk: Desk, lead: Member):
    bob = await desk.member("bob", Role.LEAD)
    await desk.target("chat")
    team, mine, others = await server(desk), await server(desk, lead), await server(desk, bob)
    assert {one.id for one in await report_readers.servers(Act(lead, NOON))} == {team, mine}
    for through, address in ((others, "boss@example.org"), (team, "boss@@example.org"), (team, "")):
        with pytest.raises(report_readers.ReaderRefused):
            await report_readers.checked(Act(lead, NOON), address, through, desk.receiver, desk.secrets)


async def test_an_address_gets_each_report_once(desk: Desk, lead: Member):
    through = await server(desk)
    await reader(desk, lead, through=through)
    await reader(desk, lead, through=through, rhythm=Rhythm.MONTHLY)
    with pytest.raises(report_readers.ReaderRefused):
        await reader(desk, lead, through=through)
    rows = await tables.ReportReader.select(tables.ReportReader.planned_to)
    assert {row["planned_to"] for row in rows} == {date(2026, 3, 1), date(2026, 2, 28)}
