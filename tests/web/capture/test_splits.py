"""Is a post given a case of its own from the page of the case?"""

import re
from uuid import uuid4

from amends.services.capture import captures
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, make_member, post


async def test_the_second_post_of_a_case_becomes_a_case(site: Site):
    alice = await make_member("alice")
    desk = await site.visit_as(alice)
    first = uuid4()
    number = (await captures.receive(Act(alice, MONDAY), first, post(id="1"))).case.number
    beside = post(id="2", url="https://x.com/eve/status/2", sameCaseAs=str(first), text="Another thing")
    await captures.receive(Act(alice, MONDAY), uuid4(), beside)
    [split] = re.findall(
        r'action="(/cases/\d+/posts/[^"]+/split)"', (await desk.get(f"/cases/{number}")).text
    )
    made = await desk.send_form(split)
    assert made.headers["location"] == f"/cases/{number + 1}?notice=split"
    assert "opened this case from a post of case #1" in (await desk.get(f"/cases/{number + 1}")).text
    assert "moved one of the posts to case #2" in (await desk.get(f"/cases/{number}")).text
