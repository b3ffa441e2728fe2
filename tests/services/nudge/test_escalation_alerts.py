"""Whom Amends tells of an escalation, and how far each message came."""

from datetime import timedelta
from uuid import UUID

from amends import tables
from amends.rules.vocabulary import NudgeState
from amends.services.nudge import nudges
from amends.services.team.members import Act, Member
from amends.services.workflow import threats
from tests.world import MONDAY, case_row, make_case, make_member, make_target


async def flagged(by: Member) -> UUID:
    number = await make_case(by)
    await threats.flag(Act(by, MONDAY), number)
    return (await case_row(number))["id"]


async def test_where_no_lead_has_a_place_there_is_no_alert(database: None):
    assert await nudges.alerts(await flagged(await make_member("ada", role="lead")), since=MONDAY) == []


async def test_an_alert_names_its_member_place_and_state(database: None):
    ada = await make_member("ada", role="lead")
    await make_target(ada)
    case = await flagged(ada)
    [one] = await nudges.alerts(case, since=MONDAY)
    assert (one.member, one.place, one.state, one.reaches) == ("Ada", "phone", NudgeState.READY, True)
    settled = MONDAY + timedelta(minutes=1)
    change = {"state": "dead", "failure": "refused: no such box", "settled_at": settled}
    await tables.Nudge.update(change, force=True)
    [one] = await nudges.alerts(case, since=MONDAY)
    assert (one.reaches, one.at, bool(one.why)) == (False, settled, True)


async def test_what_was_told_before_the_flag_does_not_count(database: None):
    ada = await make_member("ada", role="lead")
    await make_target(ada)
    case = await flagged(ada)
    assert await nudges.alerts(case, since=MONDAY + timedelta(seconds=1)) == []
