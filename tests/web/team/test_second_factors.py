"""A second factor by the pages: set up, asked for at sign-in and after a link, wanted by the team."""

import re

import pyotp
import pytest

from amends.rules.vocabulary import Role
from amends.services.team import codes, members, second_factors
from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_member

PASSWORD = "seven quiet ovens"


@pytest.fixture
async def dora(site: Site) -> Member:
    return await members.add(
        "dora@example.org", name="Dora", role=Role.ADMIN, password=PASSWORD, now=MONDAY, by=None
    )


async def set_up(desk: Visitor, site: Site) -> tuple[pyotp.TOTP, list[str]]:
    """By the pages: what the phone holds, and the recovery codes."""
    await desk.send_form("/settings/second-factor")
    page = (await desk.get("/settings/second-factor")).text
    found = re.search(r'<code class="digest">([A-Z2-7 ]+)</code>', page)
    assert found
    assert "viewBox" in page.partition("<svg")[2], "the whole picture is drawn, whatever its size on the page"
    phone = pyotp.TOTP(found[1].replace(" ", ""))
    wrong = await desk.send_form("/settings/second-factor/confirm", code="12345")
    assert wrong.status_code == 422
    assert found[1] in wrong.text, "the same secret is still there"
    shown = await desk.send_form("/settings/second-factor/confirm", code=phone.at(site.clock()))
    return phone, re.findall(r"<li><code>([a-z2-9-]{19})</code>", shown.text)


async def begin(visitor: Visitor, **more: str) -> str:
    """Types the password; what names the try."""
    form = {"email": "dora@example.org", "password": PASSWORD, **more}
    page = (await visitor.send_form("/sign-in", **form)).text
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page
    return found[1]


async def test_it_is_set_up_and_then_asked_for_at_sign_in(site: Site, dora: Member):
    _phone, recovery = await set_up(await site.visit_as(dora), site)
    assert len(recovery) == second_factors.RECOVERY_CODES
    visitor = site.visitor()
    token = await begin(visitor, next="/agenda")
    assert (await visitor.get("/agenda")).status_code != 200, "the password alone opens nothing"
    wrong = await visitor.send_form("/sign-in/code", token=token, code="000000", next="/agenda")
    assert wrong.status_code == 422
    assert token in wrong.text
    answer = await visitor.send_form("/sign-in/code", token=token, code=recovery[0], next="/agenda")
    assert answer.headers["location"] == "/agenda"
    assert (await visitor.get("/agenda")).status_code == 200
    page = (await visitor.get("/settings/sign-in")).text
    assert "9 recovery codes are left." in page


async def test_a_link_for_a_new_password_does_not_go_around_it(site: Site, dora: Member):
    _phone, recovery = await set_up(await site.visit_as(dora), site)
    link = await codes.make("reset", dora.id, now=site.clock())
    visitor = site.visitor()
    answer = await visitor.send_form("/password", purpose="reset", code=link, password="eight quiet ovens")
    assert "One more step" in answer.text
    assert (await visitor.get("/settings")).status_code != 200
    found = re.search(r'name="token" value="([^"]+)"', answer.text)
    assert found
    done = await visitor.send_form("/sign-in/code", token=found[1], code=recovery[0])
    assert done.status_code == 303


async def test_nobody_goes_elsewhere_with_what_lets_type_a_code(site: Site, dora: Member):
    _phone, recovery = await set_up(await site.visit_as(dora), site)
    visitor = site.visitor()
    token = await begin(visitor)
    answer = await visitor.send_form(
        "/sign-in/code", token=token, code=recovery[0], next="https://evil.example/"
    )
    assert answer.headers["location"] == "/"
    spent = await visitor.send_form("/sign-in/code", token=token, code=recovery[1])
    assert spent.status_code == 410


async def test_where_the_team_wants_one_a_lead_without_reaches_only_what_sets_it_up(site: Site, dora: Member):
    desk = await site.visit_as(dora)
    refused = await desk.send_form("/settings/second-factor/wanted", wanted="on")
    assert "Set up your own second factor first." in refused.text
    await set_up(desk, site)
    await desk.send_form("/settings/second-factor/wanted", wanted="on")
    lead = await site.visit_as(await make_member("lea", role="lead"))
    answer = await lead.get("/cases")
    assert answer.status_code == 403
    assert "second factor" in answer.text
    assert (await lead.get("/settings/sign-in")).status_code == 200
    await set_up(lead, site)
    assert (await lead.get("/cases")).status_code == 200
    kept = await lead.send_form("/settings/second-factor/off")
    assert "cannot be turned off" in kept.text
    agent = await site.visit_as(await make_member("eve"))
    assert (await agent.get("/cases")).status_code == 200


async def test_turning_it_off_makes_the_password_enough(site: Site, dora: Member):
    desk = await site.visit_as(dora)
    await set_up(desk, site)
    await desk.send_form("/settings/second-factor/off")
    assert not await second_factors.is_on(dora.id)
    visitor = site.visitor()
    answer = await visitor.send_form("/sign-in", email=dora.email, password=PASSWORD)
    assert answer.status_code == 303
