"""Are the numbers of the navigation what the queues behind them hold?"""

from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, queues, triage
from tests.world import DAY, HOUR, MONDAY, make_case


async def test_new_cases_that_are_awake_wait_in_triage(alice: Member, bob: Member):
    *_, asleep = [await make_case(bob) for _ in range(4)]
    await case_commands.snooze(Act(bob, MONDAY), asleep, until=MONDAY + DAY, wake_on_reply=True, reason="")
    assert len(await triage.waiting(now=MONDAY + HOUR)) == 3
    for member in (alice, bob):
        assert (await queues.waiting(Act(member, MONDAY + HOUR))).triage == 3
    assert (await queues.waiting(Act(bob, MONDAY + 2 * DAY))).triage == 4
