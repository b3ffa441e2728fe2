"""Leads see how well the extension reads its sites; others do not need to."""

from tests.web.site import Site
from tests.world import make_case, make_member


async def test_without_captures_the_page_says_what_will_be_there(site: Site) -> None:
    page = await (await site.signed_in("lead")).get("/settings/extension")
    assert "Nothing was captured in the last 30 days." in page.text


async def test_each_reader_is_shown_with_what_it_could_not_read(site: Site) -> None:
    bob = await make_member("bob")
    for missing in (["rating"], [], ["rating", "<i>odd</i>"]):
        await make_case(bob, adapter={"name": "x", "version": 2}, missing=missing)
    page = (await (await site.signed_in("lead")).get("/settings/extension")).text
    assert "3 captures" in page
    assert "67% (2 of 3)" in page
    assert "33% (1 of 3)" in page
    assert "the rating" in page
    assert "<i>odd" not in page


async def test_the_settings_lead_there_whoever_may_see_it(site: Site) -> None:
    for role, sees in (("agent", False), ("lead", True), ("admin", True)):
        page = await (await site.signed_in(role)).get("/settings")
        assert ('href="/settings/extension"' in page.text) is sees
