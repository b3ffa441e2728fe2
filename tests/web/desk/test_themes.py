"""Does a lead look after the list of themes?"""

import re

from amends.services.desk import case_themes, themes
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, make_case, make_member


async def test_the_list_grows_changes_and_shrinks(site: Site):
    desk = await site.visit_as(await make_member("alice", role="lead"))
    assert "No themes yet" in (await desk.get("/settings/themes")).text
    await desk.send_form("/settings/themes", name="Delivery <b>")
    page = (await desk.get("/settings/themes")).text
    assert "Delivery &lt;b&gt;" in page
    [address] = re.findall(r'action="(/settings/themes/[0-9a-f-]{36})"', page)
    await desk.send_form("/settings/themes", name="Late", parent=address.rpartition("/")[2])
    assert 'class="narrower"' in (await desk.get("/settings/themes")).text
    answer = await desk.send_form(f"{address}/remove")
    assert answer.status_code == 409
    assert "Other themes are grouped under it" in answer.text
    await desk.send_form(address, name="Delivery", parent="")
    await desk.send_form(f"{address}/retire")
    page = (await desk.get("/settings/themes")).text
    assert "retired" in page
    assert "Restore" in page


async def test_a_theme_under_a_retired_one_stays_there_when_its_name_is_changed(site: Site):
    act = Act(await make_member("alice", role="lead"), MONDAY)
    delivery = await themes.make(act, "Delivery")
    late = await themes.make(act, "Late", parent=delivery)
    await themes.retire(act, delivery)
    page = (await (await site.visit_as(act.by)).get("/settings/themes")).text
    [form] = re.findall(f'action="/settings/themes/{late}".*?</form>', page, re.DOTALL)
    assert f'<option value="{delivery}" selected>' in form
    assert page.count(f'<option value="{delivery}"') == 1


async def test_what_is_wrong_stands_beside_what_was_typed(site: Site):
    desk = await site.visit_as(await make_member("alice", role="lead"))
    await desk.send_form("/settings/themes", name="Late")
    answer = await desk.send_form("/settings/themes", name=" late")
    assert answer.status_code == 422
    assert "There is already a theme “late”." in answer.text
    assert 'name="name" type="text" value=" late"' in answer.text


async def test_each_theme_shows_its_cases_of_each_week_on_one_scale(site: Site):
    lead = await make_member("lea", role="lead")
    often = await themes.make(Act(lead, MONDAY), "Late")
    seldom = await themes.make(Act(lead, MONDAY), "Price")
    await themes.make(Act(lead, MONDAY), "Unused")
    for _ in range(4):
        await case_themes.choose(Act(lead, MONDAY), await make_case(lead), add_to={often})
    await case_themes.choose(Act(lead, MONDAY), await make_case(lead), add_to={seldom})
    page = (await (await site.visit_as(lead)).get("/settings/themes")).text
    assert re.findall('<rect x="44" y="[^"]+" width="3" height="([^"]+)"', page) == ["16.0", "4.0"]
    assert "<title>No case in the last 12 weeks</title>" in page
