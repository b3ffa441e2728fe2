"""Are cases linked and unlinked on the page of a case?"""

import re

from tests.web.site import Site
from tests.world import make_case, make_member


async def test_two_cases_are_linked_and_unlinked(site: Site):
    alice = await make_member("alice")
    desk = await site.visit_as(alice)
    one, other = await make_case(alice), await make_case(alice, text="<b>Again</b>")
    await desk.send_form(f"/cases/{one}/links", other=str(other), relation="same_problem")
    page = (await desk.get(f"/cases/{one}")).text
    assert "the same problem" in page
    assert "&lt;b&gt;Again&lt;/b&gt;" in page
    assert f"linked case #{one}" in (await desk.get(f"/cases/{other}")).text
    [remove] = re.findall(r'method="post" action="(/cases/\d+/links/[^"]+/remove)"', page)
    await desk.send_form(remove)
    assert f"unlinked case #{other}" in (await desk.get(f"/cases/{one}")).text


async def test_what_is_wrong_stands_beside_the_number(site: Site):
    alice = await make_member("alice")
    desk = await site.visit_as(alice)
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/links", other=str(number))
    assert answer.status_code == 422
    assert "Enter the number of the other case." in answer.text
