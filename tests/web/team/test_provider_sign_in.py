"""Signing in by a real provider: linked, made anew, confirmed; and the attacks on the way there and back."""

import re
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from amends import tables
from amends.rules.vocabulary import Role
from amends.services.team import members, providers
from amends.services.team.members import Act, Member
from amends.services.team.providers import ProviderFields
from amends.settings import Settings, from_environ
from tests.openid import running
from tests.openid.running import CLIENT, SECRET, come_back
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_member

PASSWORD = "seven quiet ovens"
PORTS = [running.free_port(), running.free_port()]
BASE = "http://127.0.0.1:8000"
AWAY = "http://127.0.0.1:8000/sign-in/with/"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Two ports of this machine are listed, where providers may run over plain http."""
    return from_environ(
        {
            "AMENDS_DATA_DIR": str(tmp_path / "data"),
            "AMENDS_DATABASE_URL": database_url,
            "AMENDS_ALLOW_PRIVATE_TARGETS": ",".join(f"127.0.0.1:{port}" for port in PORTS),
        }
    )


@pytest.fixture
async def dora(site: Site) -> Member:
    return await members.add(
        "dora@example.org", name="Dora", role=Role.ADMIN, password=PASSWORD, now=MONDAY, by=None
    )


@pytest.fixture
def clock_now(site: Site) -> None:
    """A provider signs with the time that it is."""
    site.clock.at = datetime.now(UTC)


async def provider(site: Site, dora: Member, port: int, **changes: object) -> str:
    fields = {
        "name": "Staff",
        "issuer": f"http://127.0.0.1:{port}",
        "client_id": CLIENT,
        "secret": SECRET,
        "domains": "shop.example",
        "role": Role.LEAD,
        "is_on": True,
    }
    act, secrets = Act(dora, site.clock()), site.app.state["site"].secrets
    private = site.settings.allow_private_targets
    return str(await providers.add(act, ProviderFields(**(fields | changes)), secrets, private=private))


def running_at(port: int, *known: str) -> AbstractContextManager[str]:
    return running.provider(*(f"{AWAY}{one}/back" for one in known), port=port)


async def leave(visitor: Visitor, known: str, following: str = "/agenda") -> str:
    answer = await visitor.get(f"/sign-in/with/{known}", params={"next": following})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def returned(visitor: Visitor, known: str, query: dict[str, str]):
    return await visitor.get(f"/sign-in/with/{known}/back", params=query)


async def link(desk: Visitor, known: str, name: str):
    page = (await desk.send_form(f"/settings/sign-in/providers/{known}/link")).text
    found = re.search(r'class="button primary" href="([^"]+)"', page)
    assert found, page
    query = await come_back(unescape(found[1]), name, until=AWAY)
    return await returned(desk, known, query)


@pytest.mark.usefixtures("clock_now")
async def test_who_has_linked_it_signs_in_by_it_and_unlinks_it_again(site: Site, dora: Member) -> None:
    known = await provider(site, dora, PORTS[0])
    desk = await site.visit_as(dora)
    with running_at(PORTS[0], known):
        assert (await link(desk, known, "d-1")).headers["location"].endswith("notice=saved#providers")
        visitor = site.visitor()
        assert "Sign in with Staff" in (await visitor.get("/sign-in")).text
        query = await come_back(await leave(visitor, known), "d-1", until=AWAY)
        done = await returned(visitor, known, query)
        assert done.headers["location"] == "/agenda"
        assert "Dora" in (await visitor.get("/settings")).text
        again = await returned(visitor, known, query)
        assert "Begin again." in again.text, "the cookie is used up"
        page = (await desk.get("/settings/sign-in")).text
        [account] = re.findall(r"/settings/sign-in/providers/([0-9a-f-]{36})/unlink", page)
        await desk.send_form(f"/settings/sign-in/providers/{account}/unlink")
        stranger = site.visitor()
        query = await come_back(await leave(stranger, known), "d-1", until=AWAY)
        refused = await returned(stranger, known, query)
        assert refused.status_code == 403
        assert "No account here is linked" in refused.text


@pytest.mark.usefixtures("clock_now")
async def test_a_verified_address_of_an_allowed_domain_gets_an_account_and_no_other_does(
    site: Site, dora: Member
) -> None:
    known = await provider(site, dora, PORTS[0], domains="shop.example, example.org")
    with running_at(PORTS[0], known):
        visitor = site.visitor()
        query = await come_back(
            await leave(visitor, known, "//evil.example"), "ines@shop.example", until=AWAY
        )
        assert (await returned(visitor, known, query)).headers["location"] == "/"
        added = await members.by_email("ines@shop.example")
        assert (added.role, added.name) == (Role.LEAD, "ines")
        for address in ("mallory@evil.example", "dora@example.org", "DORA@example.org"):
            stranger = site.visitor()
            query = await come_back(await leave(stranger, known), address, until=AWAY)
            refused = await returned(stranger, known, query)
            assert refused.status_code == 403, "an address never leads to somebody who is there already"
            assert (await stranger.get("/settings")).status_code == 303
        assert len(await members.everyone()) == 2


@pytest.mark.usefixtures("clock_now")
async def test_answers_that_were_stolen_mixed_up_or_sent_twice_open_nothing(site: Site, dora: Member) -> None:
    known = await provider(site, dora, PORTS[0])
    other = await provider(site, dora, PORTS[1], name="Other")
    with running_at(PORTS[0], known), running_at(PORTS[1], other):
        await link(await site.visit_as(dora), known, "d-1")
        victim, attacker = site.visitor(), site.visitor()
        stolen = await come_back(await leave(attacker, known), "d-1", until=AWAY)
        refusals = [await returned(victim, known, stolen)]
        await leave(victim, known)
        kept = dict(victim.cookies)
        refusals.append(await returned(victim, known, stolen))
        victim.cookies.update(kept)
        state = parse_qs(urlsplit(await leave(victim, known)).query)["state"][0]
        refusals.append(await returned(victim, known, stolen | {"state": state}))
        mixed = await come_back(await leave(victim, other), "d-1", until=AWAY)
        refusals.append(await returned(victim, known, mixed))
        here = await come_back(await leave(victim, known), "d-1", until=AWAY)
        refusals.append(await returned(victim, known, here | {"iss": f"http://127.0.0.1:{PORTS[1]}"}))
        without = await come_back(await leave(victim, known), "d-1", until=AWAY)
        refusals.append(await returned(victim, known, {key: without[key] for key in ("code", "state")}))
        turned_back = parse_qs(urlsplit(await leave(victim, known)).query)["state"][0]
        said = {"state": turned_back, "error": "access_denied", "iss": f"http://127.0.0.1:{PORTS[0]}"}
        refusals.append(await returned(victim, known, said))
        for refused in refusals:
            assert refused.status_code >= 400
            assert 'name="password"' in refused.text, "the password is still there"
        assert (await victim.get("/settings")).status_code == 303
        used = await come_back(await leave(attacker, known), "d-1", until=AWAY)
        cookies = dict(attacker.cookies)
        assert (await returned(attacker, known, used)).status_code == 303
        thief = site.visitor(cookies={key: value for key, value in cookies.items() if "provider" in key})
        assert (await returned(thief, known, used)).status_code == 502, "a code is good once"


@pytest.mark.usefixtures("clock_now")
async def test_the_same_name_at_another_provider_is_somebody_else(site: Site, dora: Member) -> None:
    known = await provider(site, dora, PORTS[0])
    other = await provider(site, dora, PORTS[1], name="Other", domains="")
    with running_at(PORTS[0], known), running_at(PORTS[1], other):
        await link(await site.visit_as(dora), known, "dora@example.org")
        stranger = site.visitor()
        query = await come_back(await leave(stranger, other), "dora@example.org", until=AWAY)
        assert (await returned(stranger, other, query)).status_code == 403
        eve = await site.visit_as(await make_member("eve"))
        taken = await link(eve, known, "dora@example.org")
        assert taken.status_code == 409
        assert "linked to another member" in taken.text


@pytest.mark.usefixtures("clock_now")
async def test_it_confirms_what_is_sensitive_for_the_member_who_linked_it(site: Site, dora: Member) -> None:
    known = await provider(site, dora, PORTS[0])
    desk = await site.visit_as(dora)
    with running_at(PORTS[0], known):
        await link(desk, known, "d-1")
        await tables.Session.update({tables.Session.proved_at: None}, force=True)
        asked = await desk.send_form("/settings/members", email="eve@example.org", name="Eve", role="agent")
        assert "Confirm with Staff, in a new tab" in asked.text
        away = (await desk.get(f"/confirm/with/{known}")).headers["location"]
        assert "prompt=login" in away
        wrong = await come_back(away, "d-2", until=AWAY)
        assert (await returned(desk, known, wrong)).status_code == 403
        again = (await desk.get(f"/confirm/with/{known}")).headers["location"]
        done = await returned(desk, known, await come_back(again, "d-1", until=AWAY))
        assert "Close this tab" in done.text
        added = await desk.send_form("/settings/members", email="eve@example.org", name="Eve", role="agent")
        assert "/password?purpose=invite" in added.text


async def test_a_provider_that_is_down_says_so_and_the_password_still_works(site: Site, dora: Member) -> None:
    known = await provider(site, dora, PORTS[0])
    visitor = site.visitor()
    refused = await visitor.get(f"/sign-in/with/{known}")
    assert refused.status_code == 502
    assert "Staff does not answer as it must." in refused.text
    done = await visitor.send_form("/sign-in", email=dora.email, password=PASSWORD)
    assert done.status_code == 303


async def test_one_that_is_switched_off_or_inside_or_another_than_it_says_is_not_gone_to(
    site: Site, dora: Member
) -> None:
    off = await provider(site, dora, PORTS[0], is_on=False)
    assert (await site.visitor().get(f"/sign-in/with/{off}")).status_code == 404
    assert "Sign in with Staff" not in (await site.visitor().get("/sign-in")).text
    inside = await provider(site, dora, 9, issuer="https://127.0.0.1:9")
    assert (await site.visitor().get(f"/sign-in/with/{inside}")).status_code == 502
    desk = await site.visit_as(dora)
    told = await desk.send_form(f"/settings/providers/{inside}/test")
    assert "inside your own network" in told.text


@pytest.mark.usefixtures("clock_now")
async def test_an_admin_sets_one_up_tries_it_and_removes_it_with_its_links(site: Site, dora: Member) -> None:
    desk = await site.visit_as(dora)
    typed = {"name": "Staff", "issuer": "http://login.example.org", "client_id": "amends"}
    wrong = await desk.send_form("/settings/providers", **typed, domains="x", client_secret="s3cret-word")
    assert wrong.status_code == 422
    assert "begins with https://" in wrong.text
    assert "Enter domains such as example.org" in wrong.text
    assert "s3cret-word" not in wrong.text
    typed["issuer"] = f"http://127.0.0.1:{PORTS[0]}"
    done = await desk.send_form(
        "/settings/providers", **typed, client_secret=SECRET, role="agent", is_on="on"
    )
    page = done.headers["location"].partition("?")[0]
    shown = (await desk.get(page)).text
    known = page.rpartition("/")[2]
    assert f"/sign-in/with/{known}/back" in shown
    assert SECRET not in shown
    with running_at(PORTS[0], known):
        assert "is the one with this issuer" in (await desk.send_form(f"{page}/test")).text
        await link(desk, known, "d-1")
        assert (await desk.send_form(page, **(typed | {"name": "House", "is_on": "on"}))).status_code == 303
        visitor = site.visitor()
        query = await come_back(await leave(visitor, known), "d-1", until=AWAY)
        assert (await returned(visitor, known, query)).status_code == 303, "the secret was kept"
    await desk.send_form(f"{page}/remove")
    assert "House" not in (await site.visitor().get("/sign-in")).text
