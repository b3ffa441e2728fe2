"""Does the strip above a conversation say who spoke when, and nothing where there is little to see?"""

import re

from amends.services.team.members import Act
from amends.services.workflow import case_commands
from tests.web.site import Site
from tests.world import DAY, MONDAY, make_case, make_member


async def test_a_conversation_has_its_marks_from_its_beginning_to_now(site: Site) -> None:
    alice = await make_member("alice")
    desk, number = await site.visit_as(alice), await make_case(alice)
    for count in range(6):
        assert 'class="strip"' not in (await desk.get(f"/cases/{number}")).text
        await case_commands.note(Act(alice, MONDAY + count * DAY), number, text="She rang")
    site.clock.at = MONDAY + 10 * DAY
    page = (await (await site.visit_as(alice)).get(f"/cases/{number}")).text
    marks = re.findall(r'<rect data-voice="(\w+)" x="(\d+)"', page)
    assert [voice for voice, _x in marks] == ["note"] * 6
    places = [int(x) for _voice, x in marks]
    assert places == sorted(places)
    assert 450 < places[-1] < 550
    assert 'aria-label="6 notes"' in page
