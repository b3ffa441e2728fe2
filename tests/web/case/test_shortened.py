"""A case says which parts of its post were too long, and that they were shortened."""

from amends.services.team.members import Member
from tests.web.site import Site
from tests.world import make_case, make_member


async def test_a_case_names_what_was_shortened_and_says_nothing_where_nothing_was(site: Site) -> None:
    bob: Member = await make_member("bob")
    visitor = await site.visit_as(bob)
    long, short = (
        await make_case(bob, title="No cake " * 99, id="1"),
        await make_case(bob, title="No cake", id="2"),
    )
    assert "Too long, so shortened: the title." in (await visitor.get(f"/cases/{long}")).text
    assert "shortened" not in (await visitor.get(f"/cases/{short}")).text
