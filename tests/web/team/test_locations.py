"""Does a lead look after the list of locations, and does a team without one see nothing of it?"""

import re

from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, case_row, make_case, make_member

PAGE = "/settings/locations"


async def test_the_list_grows_changes_and_shrinks(site: Site):
    desk = await site.visit_as(await make_member("alice", role="lead"))
    assert "One shop and one brand need no list." in (await desk.get(PAGE)).text
    await desk.send_form(PAGE, name="Rennes <b>", kind="shop", pages="https://bean.example/rennes")
    await desk.send_form(PAGE, name="Bean", kind="brand", is_default="on")
    page = (await desk.get(PAGE)).text
    assert "Rennes &lt;b&gt;" in page
    assert "default" in page
    [one] = [one for one in await locations.everything() if one.is_default]
    address = f"{PAGE}/{one.id}"
    await desk.send_form(address, name="Bean & Co", kind="brand", pages="")
    await desk.send_form(f"{address}/retire")
    assert "Restore" in (await desk.get(PAGE)).text
    await desk.send_form(f"{address}/bring-back")
    await desk.send_form(f"{address}/remove")
    assert [one.name for one in await locations.everything()] == ["Rennes <b>"]


async def test_what_is_wrong_stands_beside_what_was_typed(site: Site):
    desk = await site.visit_as(await make_member("alice", role="lead"))
    answer = await desk.send_form(PAGE, name="Rennes", kind="shop", pages="https://goo.gl/abc")
    assert answer.status_code == 422
    assert "names no page of a location" in answer.text
    assert ">https://goo.gl/abc</textarea>" in answer.text


async def test_only_leads_keep_the_list(site: Site):
    bob = await site.signed_in("agent")
    assert (await bob.get(PAGE)).status_code == 403
    assert (await bob.send_form(PAGE, name="Rennes")).status_code == 403


async def test_a_team_without_locations_sees_nothing_of_them(site: Site):
    bob = await make_member("bob")
    number = await make_case(bob)
    desk = await site.visit_as(bob)
    for path in ("/", "/cases", f"/cases/{number}", "/cases/new", "/cases/board"):
        page = re.sub("<script.*?</script>", "", (await desk.get(path)).text, flags=re.DOTALL)
        assert "ocation" not in page


async def test_the_location_of_a_case_is_changed_in_place_and_undone(site: Site):
    bob = await make_member("bob")
    rennes = await locations.make(Act(bob, MONDAY), NewLocation(name="Rennes"))
    number = await make_case(bob)
    desk = await site.visit_as(bob)
    assert 'id="chip-location"' in (await desk.get(f"/cases/{number}")).text
    version = (await case_row(number))["version"]
    await desk.send_form(f"/cases/{number}/location", location=str(rennes), version=str(version))
    page = (await desk.get(f"/cases/{number}")).text
    assert "set the location to Rennes" in page
    [undo] = re.findall(f'action="(/cases/{number}/moves/[^"]*/undo)"', page)
    late = await desk.send_form(f"/cases/{number}/location", location="", version=str(version))
    assert late.status_code == 409
    assert "Current value: Rennes." in late.text
    await desk.send_form(undo)
    assert (await case_row(number))["location"] is None


async def test_lists_narrow_to_a_location_and_the_file_names_it(site: Site):
    lead = await make_member("lou", role="lead")
    rennes = await locations.make(Act(lead, MONDAY), NewLocation(name="Rennes"))
    here = await make_case(lead, location=rennes, text="Cold soup")
    await make_case(lead, text="Late cake")
    desk = await site.visit_as(lead)
    page = (await desk.get(f"/cases?location={rennes}")).text
    assert "Cold soup" in page
    assert "Late cake" not in page
    assert "Location or brand" in page
    assert ' · <span dir="auto">Rennes</span>' in page
    file = (await desk.get(f"/cases/export.csv?location={rennes}")).text
    assert [line.split(",")[0] for line in file.splitlines()[1:]] == [f'"{here}"']
    assert "Rennes" in file
    assert "A location that is gone" in (await desk.get(f"/cases?location={here:032x}")).text
