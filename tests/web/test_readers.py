"""A reader reads what any member reads, changes nothing, and is offered nothing to change."""

import re

import pytest

from amends import tables
from amends.rules.vocabulary import Role
from amends.services.team import audit_keeping, browsers, members
from amends.services.team.audit_keeping import Keeping
from amends.services.team.members import Act
from amends.web.permitted import FORM, policy_of
from amends.web.security import Policy
from tests.web.site import Site
from tests.world import make_case, make_member

PAGES = (
    "/",
    "/cases",
    "/cases/1",
    "/cases/board",
    "/people",
    "/agenda",
    "/replies",
    "/insights",
    "/problems",
    "/incidents",
    "/campaigns",
    "/places",
    "/feeds",
    "/stories",
    "/settings",
    "/settings/sign-in",
    "/settings/team",
    "/settings/calendar",
    "/settings/duties",
    "/settings/members",
    "/settings/delivery",
    "/settings/records",
    "/help",
    "/commands",
)
OWN = {"/sign-out", "/confirm", "/settings/theme", "/settings/language", "/settings/profile"}


async def test_every_page_offers_what_is_the_readers_own_and_nothing_else(site: Site) -> None:
    await make_case(await make_member("owner"))
    reader = await site.signed_in("reader")
    surprises = []
    for page in PAGES:
        answer = await reader.get(page)
        if answer.status_code != 200:
            surprises.append(f"{page}: {answer.status_code}")
        for form in FORM.finditer(answer.text):
            action = dict(re.findall(r"(\w+)=\"([^\"]*)\"", form["with"])).get("action", "")
            is_own = action in OWN or action.startswith(
                ("/settings/sessions", "/settings/password", "/settings/second-factor")
            )
            if 'method="post"' in form["with"] and not is_own:
                surprises.append(f"{page}: form to {action}")
    assert surprises == []


async def test_no_link_of_a_page_leads_a_reader_to_a_refusal(site: Site) -> None:
    await make_case(await make_member("owner"))
    reader = await site.signed_in("reader")
    links = {
        address.split("#")[0]
        for page in PAGES
        for address in re.findall(r"<a\b[^>]*\bhref=\"(/[^\"]*)\"", (await reader.get(page)).text)
    }
    refused = [
        link for link in sorted(links) if (await reader.get(link.replace("&amp;", "&"))).status_code == 403
    ]
    assert refused == []


async def test_a_reader_who_sends_a_form_anyway_is_told_why_it_is_refused(site: Site) -> None:
    number = await make_case(await make_member("owner"))
    reader = await site.signed_in("reader")
    answer = await reader.send_form(f"/cases/{number}/notes", text="Hello")
    assert answer.status_code == 403
    assert "You are a reader: you may read cases and figures, and change nothing." in answer.text


async def test_a_reader_opens_the_audit_log_only_where_an_admin_lets_them(site: Site) -> None:
    reader = await site.signed_in("reader")
    assert (await reader.get("/settings/audit")).status_code == 403
    assert "/settings/audit" not in (await reader.get("/settings")).text
    ada = await make_member("ada", role="admin")
    await audit_keeping.change(Act(ada, site.clock()), Keeping(readers=True))
    page = await reader.get("/settings/audit")
    assert page.status_code == 200
    assert 'name="months"' not in page.text
    assert "/settings/audit" in (await reader.get("/settings")).text
    assert (await (await site.signed_in("agent", name="eve")).get("/settings/audit")).status_code == 403


async def test_a_token_of_somebody_who_became_a_reader_is_dead(site: Site) -> None:
    bob = await make_member("bob")
    ada = await make_member("ada", role="admin")
    browser = await site.paired(bob)
    await members.change_role(bob.id, role=Role.READER, by=ada, now=site.clock())
    assert (await browser.get("/api/v1/summary")).status_code == 401
    assert await browsers.of_member(bob.id, now=site.clock()) == []


async def test_who_owns_a_case_cannot_be_made_a_reader_before_it_is_given_away(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    await tables.Case.update({tables.Case.owner: bob.id}).where(tables.Case.number == number)
    admin = await site.signed_in("admin")
    answer = await admin.send_form(f"/settings/members/{bob.id}/role", role="reader", role_of=str(bob.id))
    assert answer.status_code == 422
    assert "Give these to someone else first" in answer.text
    await tables.Case.update({tables.Case.owner: None}).where(tables.Case.number == number)
    answer = await admin.send_form(f"/settings/members/{bob.id}/role", role="reader")
    assert answer.status_code == 303


async def test_nobody_can_give_a_case_to_a_reader(site: Site) -> None:
    number = await make_case(await make_member("owner"))
    law = await make_member("law", role="reader")
    agent = await site.signed_in("agent", name="eve")
    assert f'value="{law.id}"' not in (await agent.get(f"/cases/{number}")).text
    answer = await agent.send_form(f"/cases/{number}/owner", owner=str(law.id))
    assert answer.status_code == 422


@pytest.mark.parametrize(("path", "policy"), [("/pair", Policy.WORK), ("/nothing-here", None)])
async def test_the_policy_of_an_address_is_that_of_its_route(
    site: Site, path: str, policy: Policy | None
) -> None:
    assert policy_of(site.app, "GET", path) is policy
