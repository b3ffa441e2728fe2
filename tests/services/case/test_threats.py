"""Is a threat found on its case until it is withdrawn?"""

from amends.rules.vocabulary import Stage
from amends.services.case import holds
from amends.services.case import threats as flagged
from amends.services.team.members import Act, Member
from amends.services.workflow import threats
from tests.world import MONDAY, case_row, make_case


async def test_a_threat_is_found_with_how_the_case_stood_until_it_ends(bob: Member):
    number = await make_case(bob)
    case = (await case_row(number))["id"]
    assert await flagged.of_case(case) is None
    await threats.flag(Act(bob, MONDAY), number)
    found = await flagged.of_case(case)
    assert found is not None
    assert found.flagged_by is not None
    assert (found.stage_before, found.severity_before, found.flagged_by.id) == (Stage.NEW, None, bob.id)
    assert await holds.of_case(number) == {"on_hold": False, "threat_hold": True}
    await flagged.end(found.id, now=MONDAY)
    assert await flagged.of_case(case) is None
    assert await holds.of_case(number) == {"on_hold": False, "threat_hold": False}
