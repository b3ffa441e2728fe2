"""What does the one message about an incident say?"""

from amends import tables
from amends.rules.vocabulary import IncidentKind
from amends.services.desk import incidents
from amends.services.desk.incidents import Opening
from amends.services.nudge.incident_words import sentence
from amends.services.nudge.notice_messages import message
from amends.services.nudge.nudges import notices
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import MONDAY, make_case, make_target


def test_it_says_how_many_cases_are_the_readers_and_that_nothing_is_posted():
    said = sentence(title="Leak", cases=82, mine=3, on_hold=True, spokesperson="Ann")
    assert said == (
        "Incident “Leak”: 82 cases. 3 of them are yours. Replies are on hold: post nothing on these cases. "
        "Ann speaks for the team."
    )


def test_it_says_nothing_that_is_not_so():
    said = sentence(title="Leak", cases=1, mine=0, on_hold=False, spokesperson="")
    assert said == "Incident “Leak”: 1 case."


async def test_the_message_is_as_true_as_when_it_leaves(alice: Member, bob: Member):
    cases = [await make_case(bob) for _ in range(2)]
    for case in cases:
        await case_commands.assign(Act(alice, MONDAY), case, owner=bob.id)
    await make_target(bob)
    opening = Opening(title="Leak", kind=IncidentKind.DATA_LEAK, numbers=cases)
    number = await incidents.open_incident(Act(alice, MONDAY), opening)
    await notices.tell_members(now=MONDAY)
    [nudge] = await tables.Nudge.select().where(tables.Nudge.member == bob.id)
    told = await message(bob.id, nudge["id"], base_url="https://amends.test", now=MONDAY)
    assert told is not None
    assert "2 of them are yours" in told.body
    assert told.opens == "https://amends.test/incidents/1"
    await incidents.close(Act(alice, MONDAY), number, owner=None)
    assert await message(bob.id, nudge["id"], base_url="https://amends.test", now=MONDAY) is None
