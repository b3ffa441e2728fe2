"""What opens a way in asks again who is there, and nothing typed is lost."""

import re
from datetime import timedelta
from html import unescape

import pyotp
import pytest

from amends.gateways.secrets import Secrets
from amends.rules.vocabulary import Role
from amends.services.nudge import targets
from amends.services.team import members, second_factors
from amends.services.team.members import Act, Member
from tests.services.person.test_people import author_of
from tests.web.site import Site, Visitor
from tests.world import make_case

PASSWORD = "violet umbrella sings"
LATER = timedelta(minutes=6)


async def admin_of(site: Site) -> tuple[Member, Visitor]:
    """An admin whose password was typed six minutes ago."""
    boss = await members.add(
        "boss@example.org", name="Boss", role=Role.ADMIN, password=PASSWORD, now=site.clock(), by=None
    )
    visitor = await site.visit_as(boss)
    site.clock.move(LATER)
    return boss, visitor


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {unescape(name): unescape(value) for name, value in found if name != "csrf"}


async def test_a_new_member_is_added_after_the_password_and_what_was_typed_is_kept(site: Site) -> None:
    _boss, visitor = await admin_of(site)
    typed = {"email": "eve@example.org", "name": 'Eve "E" <b>', "role": "admin"}
    asked = await visitor.send_form("/settings/members", **typed)
    assert "Confirm that it is you" in asked.text
    assert hidden(asked.text).items() >= typed.items()
    assert len(await members.everyone()) == 1
    wrong = await visitor.send_form("/settings/members", **hidden(asked.text), confirm_password="wrong " * 3)
    assert wrong.status_code == 403
    assert "This is not your current password" in wrong.text
    assert "wrong wrong" not in wrong.text
    added = await visitor.send_form("/settings/members", **hidden(wrong.text), confirm_password=PASSWORD)
    assert "/password?purpose=invite" in added.text
    assert (await members.by_email("eve@example.org")).name == 'Eve "E" <b>'


async def test_for_five_minutes_nothing_else_asks(site: Site) -> None:
    boss, visitor = await admin_of(site)
    target = {"service": "other", "name": "Mine", "address": "json://me.example.org/", "position": "1"}
    asked = await visitor.send_form("/settings/targets", **target)
    assert "Confirm that it is you" in asked.text
    assert await targets.of_member(boss.id) == []
    confirmed = {**hidden(asked.text), "confirm_password": PASSWORD}
    assert (await visitor.send_form("/settings/targets", **confirmed)).status_code == 303
    assert len(await targets.of_member(boss.id)) == 1
    link = await visitor.send_form(f"/settings/members/{boss.id}/invitation")
    assert "/password?purpose=reset" in link.text
    site.clock.move(LATER)
    asked = await visitor.send_form(f"/settings/members/{boss.id}/invitation")
    assert "/password?purpose=reset" not in asked.text


async def test_a_page_with_a_key_and_an_export_open_after_the_password(site: Site) -> None:
    _boss, visitor = await admin_of(site)
    for path in ("/pair", "/replies/table.csv"):
        asked = await visitor.get(path)
        assert "Confirm that it is you" in asked.text
        assert hidden(asked.text)["next"] == path
        wrong = await visitor.send_form("/confirm", next=path, confirm_password="wrong wrong wrong")
        assert wrong.status_code == 403
        assert hidden(wrong.text)["next"] == path
        done = await visitor.send_form("/confirm", next=path, confirm_password=PASSWORD)
        if path == "/pair":
            assert (done.status_code, done.headers["location"]) == (303, path)
        else:
            assert f'method="get" action="{path}"' in done.text
        assert "Confirm that it is you" not in (await visitor.get(path)).text
        site.clock.move(LATER)
    away = await visitor.send_form("/confirm", next="//evil.example", confirm_password=PASSWORD)
    assert away.headers["location"] == "/"


@pytest.mark.parametrize(
    ("asked_for", "above"),
    [
        ("/cases/export.csv?stage=closed", "/cases?stage=closed"),
        ("/replies/table.csv", "/replies"),
        ("/settings/audit/export.csv", "/settings/audit"),
        ("/insights.pdf", "/insights"),
        ("/pair", "/"),
    ],
)
async def test_the_way_back_leads_to_the_page_above_what_was_asked_for(
    site: Site, asked_for: str, above: str
) -> None:
    _boss, visitor = await admin_of(site)
    back = f'<a href="{above}">Back to where you were</a>'
    assert back in (await visitor.get(asked_for)).text
    done = await visitor.send_form("/confirm", next=asked_for, confirm_password=PASSWORD)
    assert (back in done.text) is (asked_for != "/pair")


async def test_a_file_that_was_asked_for_by_a_form_is_saved_from_the_page_that_says_so(site: Site) -> None:
    boss, visitor = await admin_of(site)
    path = f"/people/{await author_of(await make_case(boss))}/copy"
    asked = await visitor.send_form(path, language="fr")
    assert f'<a href="{path}">Back to where you were</a>' in asked.text
    confirmed = await visitor.send_form(path, **hidden(asked.text), confirm_password=PASSWORD)
    assert "content-disposition" not in confirmed.headers
    assert "The download has begun" in confirmed.text
    assert hidden(confirmed.text)["language"] == "fr"
    saved = await visitor.send_form(path, **hidden(confirmed.text))
    assert saved.headers["content-disposition"].startswith("attachment")


async def test_ordinary_settings_do_not_ask(site: Site) -> None:
    boss, visitor = await admin_of(site)
    profile = {
        "name": "Chief",
        "language": "en",
        "zone": "UTC",
        "quiet_from": "19:00",
        "quiet_until": "08:00",
    }
    assert (await visitor.send_form("/settings/profile", **profile)).status_code == 303
    assert (await members.find(boss.id)).name == "Chief"


async def test_a_code_of_the_phone_confirms_too_and_what_was_typed_is_kept(site: Site) -> None:
    boss, visitor = await admin_of(site)
    secrets = Secrets(site.settings.encryption_keys)
    begun = await second_factors.begin(Act(boss, site.clock()), secrets)
    phone = pyotp.TOTP(begun.secret)
    await second_factors.confirm(Act(boss, site.clock()), phone.at(site.clock()), secrets)
    site.clock.move(LATER)
    asked = await visitor.send_form("/settings/members", email="eve@example.org", name="Eve", role="agent")
    assert asked.text.count('name="email" value="eve@example.org"') == 2, "in either form"
    wrong = await visitor.send_form("/settings/members", **hidden(asked.text), confirm_code="000000")
    assert (wrong.status_code, len(await members.everyone())) == (422, 1)
    empty = await visitor.send_form("/settings/members", **hidden(asked.text), confirm_code=" ")
    assert "Type your password, or a code of your second factor." in empty.text
    code = phone.at(site.clock())
    added = await visitor.send_form("/settings/members", **hidden(wrong.text), confirm_code=code)
    assert "/password?purpose=invite" in added.text


async def test_who_has_neither_is_told_what_to_do(site: Site) -> None:
    visitor = await site.signed_in("admin")
    site.clock.move(LATER)
    asked = await visitor.send_form("/settings/members", email="eve@example.org", name="Eve", role="agent")
    assert "You have neither a password nor a second factor." in asked.text
    assert "confirm_password" not in asked.text
