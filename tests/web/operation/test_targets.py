"""Can somebody who knows no Apprise address say where nudges go, see how that place does, and mend it?"""

import re

from amends import tables
from amends.gateways.secrets import Secrets
from amends.rules.nudge.nudges import FAILURES
from tests.web.site import Site, Visitor
from tests.world import DAY


async def kept(site: Site) -> list[str]:
    """The addresses that are kept, unsealed."""
    secrets = Secrets(site.settings.encryption_keys)
    return [secrets.open(row["sealed"], of=row["id"]) for row in await tables.Target.select()]


async def place(site: Site, visitor: Visitor) -> str:
    answer = await visitor.send_form(
        "/settings/targets", kind="ntfy", name="Phone", room="bakers", position="1"
    )
    assert answer.status_code == 303
    found = re.search(r'href="(/settings/targets/[\w-]+)"', (await visitor.get("/settings/reminders")).text)
    assert found
    return found[1]


async def test_a_usual_service_is_added_by_its_own_fields(site: Site):
    agent = await site.signed_in()
    await place(site, agent)
    assert await kept(site) == ["ntfys://ntfy.sh/bakers"]


async def test_what_is_wrong_stands_beside_its_field_and_no_secret_comes_back(site: Site):
    agent = await site.signed_in()
    answer = await agent.send_form(
        "/settings/targets", kind="telegram", name="Phone", token="canary", room="-100", position="1"
    )
    assert answer.status_code == 422
    assert 'id="target-telegram-token-error"' in answer.text
    assert 'value="-100"' in answer.text
    assert "canary" not in answer.text


async def test_an_address_is_written_anew_and_never_shown(site: Site):
    agent = await site.signed_in()
    path = await place(site, agent)
    page = (await agent.get(path)).text
    assert "bakers" not in page
    assert 'value="Phone"' in page
    assert (await agent.send_form(path, kind="ntfy", name="Phone", room="two words")).status_code == 422
    answer = await agent.send_form(path, kind="ntfy", name="Bell", room="ovens")
    assert answer.headers["location"] == "/settings/reminders?notice=saved#targets"
    assert await kept(site) == ["ntfys://ntfy.sh/ovens"]


async def test_the_settings_say_how_a_place_does(site: Site):
    agent = await site.signed_in()
    await place(site, agent)
    assert "Nothing delivered yet." in (await agent.get("/settings/reminders")).text
    now = site.clock()
    await tables.Target.update(
        {tables.Target.succeeded_at: now - DAY, tables.Target.paused_until: now + DAY}, force=True
    )
    page = (await agent.get("/settings/reminders")).text
    assert "Last worked" in page
    assert "paused at its request:" in page


async def test_whose_target_fails_again_and_again_is_told_on_every_page(site: Site):
    agent, other = await site.signed_in(), await site.signed_in(name="other")
    await place(site, agent)
    assert "Your reminders do not arrive" not in (await agent.get("/")).text
    await tables.Target.update({tables.Target.failures: FAILURES}, force=True)
    for path in ("/", "/settings/reminders"):
        assert "Your reminders do not arrive: Phone." in (await agent.get(path)).text
        assert "Your reminders do not arrive" not in (await other.get(path)).text


async def test_an_admin_says_which_new_cases_the_teams_place_is_told_of(site: Site):
    admin, path = await site.signed_in(role="admin"), "/settings/team/new-cases"
    assert path not in (await admin.get("/settings/delivery")).text, "there is no place yet"
    await admin.send_form("/settings/team/targets", kind="ntfy", name="Team", room="bakers", position="1")
    answer = await admin.send_form(path, new_cases="all")
    assert answer.headers["location"] == "/settings/delivery?notice=saved#team-targets"
    assert '<option value="all" selected>' in (await admin.get("/settings/delivery")).text
    agent = await site.signed_in()
    assert (await agent.send_form(path, new_cases="never")).status_code == 403
