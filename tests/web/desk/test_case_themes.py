"""Does a member say what a case is about, on its page and in the list?"""

from amends.services.desk import themes
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, make_case, make_member


async def test_themes_are_ticked_shown_and_narrow_the_list(site: Site):
    alice = await make_member("alice")
    desk = await site.visit_as(alice)
    late = await themes.make(Act(alice, MONDAY), "Late")
    broken = await themes.make(Act(alice, MONDAY), "Broken")
    number, other = await make_case(alice), await make_case(alice)
    assert "Choose themes" in (await desk.get(f"/cases/{number}")).text
    await desk.send_form(f"/cases/{number}/themes", theme=str(late))
    page = (await desk.get(f"/cases/{number}")).text
    assert f'href="/cases?theme={late}&amp;stage=all"' in page
    assert "added themes: Late" in page
    chosen = (await desk.get(f"/cases/{number}/themes")).text
    assert f'<input type="hidden" name="seen" value="{late}">' in chosen
    await desk.send_form(f"/cases/{number}/themes", theme=str(broken), seen=str(late))
    assert "added themes: Broken, removed themes: Late" in (await desk.get(f"/cases/{number}")).text
    listed = (await desk.get(f"/cases?theme={broken}")).text
    assert f'href="/cases/{number}"' in listed
    assert f'href="/cases/{other}"' not in listed
    assert "Broken" in (await desk.get(f"/cases?theme={broken}&words=!!")).text


async def test_a_lead_adds_what_the_list_lacks_and_an_agent_does_not(site: Site):
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    number = await make_case(alice)
    agent = await site.visit_as(bob)
    assert "Leads manage the list." in (await agent.get(f"/cases/{number}/themes")).text
    await agent.send_form(f"/cases/{number}/themes", fresh="Mine")
    assert await themes.everything() == ()
    lead = await site.visit_as(alice)
    await lead.send_form(f"/cases/{number}/themes", fresh="Late")
    assert "added themes: Late" in (await lead.get(f"/cases/{number}")).text
    answer = await lead.send_form(f"/cases/{number}/themes", fresh=" LATE")
    assert answer.status_code == 422
    assert "There is already a theme “LATE”." in answer.text


async def test_several_cases_get_a_theme_at_once(site: Site):
    alice = await make_member("alice")
    desk = await site.visit_as(alice)
    numbers = [await make_case(alice) for _ in range(2)]
    assert "Add a theme" not in (await desk.get(f"/cases/several?number={numbers[0]}")).text
    late = await themes.make(Act(alice, MONDAY), "Late")
    assert "Add a theme" in (await desk.get(f"/cases/several?number={numbers[0]}")).text
    for number in numbers:
        await desk.send_form("/cases/several", number=str(number), deed="theme", theme=str(late), sure="1")
    listed = (await desk.get(f"/cases?theme={late}")).text
    assert all(f'href="/cases/{number}"' in listed for number in numbers)


async def test_a_theme_in_the_address_that_is_gone_lists_nothing_and_says_so(site: Site):
    alice = await make_member("alice")
    await make_case(alice)
    desk = await site.visit_as(alice)
    page = (await desk.get("/cases?theme=00000000-0000-4000-8000-000000000000")).text
    assert "A theme that is gone" in page
