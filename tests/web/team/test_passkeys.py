"""Passkeys by the pages: added, listed, asked for at sign-in, instead of a code, and to confirm."""

import re
from datetime import timedelta
from html import unescape

import pytest

from amends.rules.vocabulary import Role
from amends.services.team import members
from amends.services.team.members import Member
from amends.settings import Settings, from_environ
from tests.passkey_device import Device
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_member

PASSWORD = "seven quiet ovens"
NEW = "/settings/passkeys/new"


@pytest.fixture
def settings(database_url: str, tmp_path) -> Settings:
    """With an address that has a name."""
    return from_environ(
        {
            "AMENDS_DATA_DIR": str(tmp_path / "data"),
            "AMENDS_DATABASE_URL": database_url,
            "AMENDS_BASE_URL": "http://localhost:8000",
        }
    )


@pytest.fixture
def device() -> Device:
    return Device(origin="http://localhost:8000", relying_party="localhost")


@pytest.fixture
async def dora(site: Site) -> Member:
    return await members.add(
        "dora@example.org", name="Dora", role=Role.ADMIN, password=PASSWORD, now=MONDAY, by=None
    )


def options_of(page: str) -> str:
    found = re.search(r'data-options="([^"]+)"', page)
    assert found, page
    return unescape(found[1])


async def add(desk: Visitor, device: Device, **more: str):
    answer = device.make(options_of((await desk.get(NEW)).text))
    return await desk.send_form("/settings/passkeys", name="Blue key", answer=answer, **more)


async def test_it_is_added_with_recovery_codes_and_stands_in_the_list(
    site: Site, dora: Member, device: Device
) -> None:
    desk = await site.visit_as(dora)
    assert "<noscript>" in (await desk.get(NEW)).text, "without scripts it is said why there is no button"
    wrong = await desk.send_form("/settings/passkeys", name="Blue key", answer="{}")
    assert (wrong.status_code, "Blue key" in wrong.text) == (422, True)
    codes = (await add(desk, device)).text
    assert len(re.findall(r"<li><code>[a-z2-9-]{19}</code>", codes)) == 10
    page = (await desk.get("/settings/sign-in")).text
    assert "Blue key" in page
    assert "not used yet" in page
    assert "Your passkeys are your second factor." in page
    [passkey] = set(re.findall(r"/settings/passkeys/([0-9a-f-]{36})", page))
    await desk.send_form(f"/settings/passkeys/{passkey}", name="<b>Red</b>")
    assert "&lt;b&gt;Red&lt;/b&gt;" in (await desk.get("/settings/sign-in")).text
    await desk.send_form(f"/settings/passkeys/{passkey}/remove")
    assert passkey not in (await desk.get("/settings/sign-in")).text


async def test_it_signs_in_without_a_password_and_goes_where_one_was_going(
    site: Site, dora: Member, device: Device
) -> None:
    await add(await site.visit_as(dora), device)
    visitor = site.visitor()
    asked = await visitor.send_form("/sign-in/passkey/options")
    assert asked.headers["content-type"].startswith("application/json")
    assert "allowCredentials" not in asked.json() or asked.json()["allowCredentials"] == []
    answer = device.sign(asked.text)
    done = await visitor.send_form("/sign-in/passkey", answer=answer, next="/agenda")
    assert done.headers["location"] == "/agenda"
    assert (await visitor.get("/agenda")).status_code == 200
    again = await site.visitor().send_form("/sign-in/passkey", answer=answer)
    assert again.status_code == 409
    assert "Sign in with a passkey" in again.text
    away = device.sign((await visitor.send_form("/sign-in/passkey/options")).text)
    out = await site.visitor().send_form("/sign-in/passkey", answer=away, next="//evil.example")
    assert out.headers["location"] == "/"


async def test_after_the_password_it_stands_in_for_the_code(site: Site, dora: Member, device: Device) -> None:
    await add(await site.visit_as(dora), device)
    visitor = site.visitor()
    page = (await visitor.send_form("/sign-in", email=dora.email, password=PASSWORD, next="/agenda")).text
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    refused = await visitor.send_form("/sign-in/code/passkey", token=token, answer="{}", next="/agenda")
    assert refused.status_code == 422
    answer = device.sign(options_of(refused.text))
    done = await visitor.send_form("/sign-in/code/passkey", token=token, answer=answer, next="/agenda")
    assert done.headers["location"] == "/agenda"
    assert (await visitor.get("/agenda")).status_code == 200
    spent = await visitor.send_form("/sign-in/code/passkey", token=token, answer=answer)
    assert spent.status_code == 410


async def test_it_confirms_and_what_was_typed_is_kept(site: Site, dora: Member, device: Device) -> None:
    desk = await site.visit_as(dora)
    await add(desk, device)
    site.clock.move(timedelta(minutes=6))
    typed = {"email": "eve@example.org", "name": "Eve", "role": "agent"}
    asked = await desk.send_form("/settings/members", **typed)
    assert asked.text.count('name="email" value="eve@example.org"') == 3
    wrong = await desk.send_form("/settings/members", **typed, confirm_passkey="{}")
    assert wrong.status_code == 422
    answer = device.sign(options_of(wrong.text))
    added = await desk.send_form("/settings/members", **typed, confirm_passkey=answer)
    assert "/password?purpose=invite" in added.text


async def test_where_the_address_is_a_number_the_settings_say_why_there_are_none(site: Site) -> None:
    agent = await site.visit_as(await make_member("eve"))
    assert "Add a passkey" in (await agent.get("/settings/sign-in")).text
    plain = from_environ(
        {
            "AMENDS_DATA_DIR": str(site.settings.data_dir),
            "AMENDS_DATABASE_URL": site.settings.database_url,
            "AMENDS_BASE_URL": "http://127.0.0.1:8000",
        }
    )
    object.__setattr__(site.app.state["site"], "settings", plain)
    page = (await agent.get("/settings/sign-in", headers={"host": "127.0.0.1:8000"})).text
    assert "Passkeys are bound to a name, and http://127.0.0.1:8000 has a number instead." in page
    assert 'href="/settings/passkeys/new"' not in page
    refused = await agent.get(NEW, headers={"host": "127.0.0.1:8000"})
    assert refused.status_code == 409
