"""Is a browser told of the cases that may hold the post it has just captured?"""

from typing import Any
from uuid import uuid4

from tests.services.person.test_post_copies import DASHBOARD, MAPS
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_member


async def capture(browser: Visitor, post: dict[str, Any]) -> Any:
    answer = await browser.put(f"/api/v1/captures/{uuid4()}", json={"capturedAt": MONDAY.isoformat(), **post})
    return answer.json()


async def test_a_copy_is_named_with_its_address_and_on_the_pages_of_both_cases(site: Site) -> None:
    bob = await make_member("bob")
    browser, desk = await site.paired(bob), await site.visit_as(bob)
    first = await capture(browser, MAPS)
    assert (first["copies"], first["existing"]) == ([], False)
    assert "Maybe the same post" not in (await desk.get("/cases/1")).text
    again = await capture(browser, DASHBOARD)
    assert again["copies"] == [{"number": 1, "url": f"{site.settings.base_url}/cases/1"}]
    for number, other in ((1, 2), (2, 1)):
        page = (await desk.get(f"/cases/{number}")).text
        assert "Maybe the same post" in page
        assert f'href="/cases/{number}?do=join&amp;into={other}#next-step"' in page


async def test_a_post_that_is_known_says_its_case_and_no_copies(site: Site) -> None:
    browser = await site.paired(await make_member("bob"))
    await capture(browser, MAPS)
    await capture(browser, DASHBOARD)
    known = await capture(browser, DASHBOARD)
    assert (known["existing"], known["copies"]) == (True, [])
