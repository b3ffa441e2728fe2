"""Does a lead look after the fields of the team on their page?"""

from amends.rules.vocabulary import FieldKind
from amends.services.case import field_values, fields
from amends.services.case.fields import FieldGiven
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, make_case, make_member


async def test_the_list_grows_changes_and_shrinks(site: Site):
    desk = await site.visit_as(await make_member("alice", role="lead"))
    assert "No fields yet" in (await desk.get("/settings/fields")).text
    await desk.send_form("/settings/fields", label_en="Shop <b>", kind="choice", choices="Lyon\nNice")
    page = (await desk.get("/settings/fields")).text
    assert "Shop &lt;b&gt;" in page
    assert "{shop_b}" in page
    await desk.send_form("/settings/fields/shop_b", label_en="Branch", choices="Lyon\nNice", asked="on")
    [field] = await fields.everything()
    assert (field.name, field.label_en, field.asked) == ("shop_b", "Branch", True)
    await desk.send_form("/settings/fields/shop_b/retire")
    assert "retired" in (await desk.get("/settings/fields")).text
    await desk.send_form("/settings/fields/shop_b/bring-back")
    await desk.send_form("/settings/fields/shop_b/remove")
    assert "No fields yet" in (await desk.get("/settings/fields")).text


async def test_what_is_wrong_stands_beside_what_was_typed(site: Site):
    desk = await site.visit_as(await make_member("alice", role="lead"))
    answer = await desk.send_form("/settings/fields", label_fr="Agence", kind="choice", choices="Lyon")
    assert answer.status_code == 422
    assert "Write at least two choices" in answer.text
    assert 'value="Agence"' in answer.text
    assert ">Lyon</textarea>" in answer.text


async def test_a_field_with_values_says_in_how_many_cases_and_is_not_removed(site: Site):
    act = Act(await make_member("alice", role="lead"), MONDAY)
    name = await fields.make(act, FieldKind.TEXT, FieldGiven(label_en="Product"))
    await field_values.fill(act, await make_case(act.by), {name: "Vase"})
    desk = await site.visit_as(act.by)
    page = (await desk.get("/settings/fields")).text
    assert "1 case<" in page
    assert f"/settings/fields/{name}/remove" not in page
    answer = await desk.send_form(f"/settings/fields/{name}/remove")
    assert answer.status_code == 409


async def test_agents_do_not_look_after_the_list(site: Site):
    desk = await site.visit_as(await make_member("bob"))
    assert (await desk.get("/settings/fields")).status_code == 403
