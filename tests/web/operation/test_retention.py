"""What do the pages of retention show, to whom, and what do they change?"""

from datetime import timedelta

import pytest

from amends import tables
from amends.database import run
from amends.gateways.erased_list import ErasedList
from amends.rules.operation.retention import Plan
from amends.services.operation import retention
from amends.services.operation.retention import plan
from tests.web.site import Site
from tests.world import case_row, make_case, make_member

PAGE, LIST = "/settings/retention", "/retention"
PERIODS = {"ended": "12", "silence": "6", "refused": "1", "threat": "60", "drafts": "3", "notice_days": "30"}


async def old_case(site: Site) -> int:
    """A case that was closed three years ago, and whose title is hostile."""
    number = await make_case(await make_member("ann"), text="<b>Cake</b> never came")
    long_ago = site.clock() - timedelta(days=1100)
    await run("UPDATE follow_up SET state = 'dropped'")
    values = {"stage": "closed", "outcome": "settled", "closed_at": long_ago}
    await tables.Case.update(values).where(tables.Case.number == number)  # type: ignore[arg-type]
    return number


async def listed(site: Site) -> int:
    number = await old_case(site)
    admin = await site.signed_in("admin", name="ada")
    assert (await admin.send_form(PAGE, **PERIODS, is_on="true")).status_code == 303
    await retention.review(now=site.clock())
    return number


async def test_an_admin_sees_what_would_go_before_anything_is_switched_on(site: Site) -> None:
    await old_case(site)
    admin = await site.signed_in("admin")
    page = (await admin.get(PAGE)).text
    assert "No case is erased automatically." in page
    assert "Switch on with these periods" in page
    assert "1 case" in page
    looked_at = (await admin.get(PAGE, params=PERIODS | {"ended": "48"})).text
    assert 'name="ended" value="48"' in looked_at
    assert "1 case" not in looked_at
    assert await plan.standing() == Plan()


async def test_what_cannot_be_is_refused_beside_its_field_and_changes_nothing(site: Site) -> None:
    admin = await site.signed_in("admin")
    for wrong in (
        {"ended": "361"},
        {"ended": "²"},
        {"ended": "-3"},
        {"notice_days": "2"},
        {"threat": "9" * 99},
    ):
        looked_at = await admin.get(PAGE, params=PERIODS | wrong)
        assert looked_at.status_code == 200
        assert "What would go now" not in looked_at.text
        assert "field-error" in looked_at.text
    assert (await admin.send_form(PAGE, **PERIODS | {"notice_days": "2"}, is_on="true")).status_code == 422
    assert await plan.standing() == Plan()


async def test_leads_see_the_list_keep_a_case_and_no_longer(site: Site) -> None:
    number = await listed(site)
    lead = await site.signed_in("lead")
    assert "1 closed case is to be erased" in (await lead.get("/")).text
    page = (await lead.get(LIST)).text
    assert f"/cases/{number}/retention" in page
    assert "<b>Cake</b>" not in page
    refused = await lead.send_form(f"/cases/{number}/retention", reason="", until="")
    assert refused.status_code == 422
    assert "Say why it is kept" in refused.text
    until = (site.clock() + timedelta(days=100)).date().isoformat()
    kept = await lead.send_form(f"/cases/{number}/retention", reason="Insurer asks", until=until)
    told = (await lead.get(f"/cases/{number}")).text
    assert "kept the case beyond its retention period" in told
    assert f"until {until}" not in told, "a day is written as people write it"
    assert kept.status_code == 303
    page = (await lead.get(LIST)).text
    assert "No case is about to be erased." in page
    assert "Insurer asks" in page
    assert "to be erased" not in (await lead.get("/")).text
    assert "Insurer asks" in (await lead.get(f"/cases/{number}")).text
    assert (await lead.send_form(f"/cases/{number}/retention/end")).status_code == 303
    assert "Insurer asks" not in (await lead.get(LIST)).text


async def test_the_case_and_its_person_say_when_it_goes_and_leads_keep_it_from_there(site: Site) -> None:
    number = await listed(site)
    author = (await case_row(number))["author"]
    lead = await site.visit_as(await make_member("lou", role="lead"))
    agent = await site.visit_as(await make_member("amy"))
    keep = f'href="/cases/{number}/retention"'
    for page in (f"/cases/{number}", f"/people/{author}"):
        shown, to_agents = (await lead.get(page)).text, (await agent.get(page)).text
        assert "erased for good from" in shown
        assert "erased for good from" in to_agents
        assert (keep in shown, keep in to_agents) == (True, False)
    day = (site.clock() + timedelta(days=90)).date().isoformat()
    await lead.send_form(f"/cases/{number}/retention", reason="Insurer", until=day)
    for page in (f"/cases/{number}", f"/people/{author}"):
        shown = (await lead.get(page)).text
        assert "kept until" in shown
        assert "See why" in shown


async def test_a_case_under_hold_is_named_apart_and_an_unlisted_one_says_so(site: Site) -> None:
    number = await listed(site)
    lead = await site.signed_in("lead")
    review = (site.clock() + timedelta(days=90)).date().isoformat()
    await lead.send_form(f"/cases/{number}/hold", reason="Trial", review_on=review)
    await retention.review(now=site.clock())
    page = (await lead.get(LIST)).text
    assert "Under legal hold" in page
    assert f"/cases/{number}/hold" in page
    assert "not on the list" in (await lead.get(f"/cases/{number}/retention")).text
    assert (await lead.get("/cases/999/retention")).status_code == 404


async def test_after_the_notice_the_case_says_that_it_was_erased(site: Site, tmp_path) -> None:
    number = await listed(site)
    await retention.erase_next(ErasedList(tmp_path), now=site.clock() + timedelta(days=32))
    page = (await (await site.signed_in("lead")).get(f"/cases/{number}")).text
    assert "its retention period was over" in page
    assert "Cake" not in page


@pytest.mark.parametrize("role", ["reader", "agent", "approver"])
async def test_nobody_else_opens_the_list_or_the_settings(site: Site, role: str) -> None:
    visitor = await site.signed_in(role)
    for path in (PAGE, LIST, "/cases/1/retention"):
        assert (await visitor.get(path)).status_code == 403


async def test_a_strange_place_in_the_list_is_the_first(site: Site) -> None:
    lead = await site.signed_in("lead")
    for after in ("x", "-1", "²", "9" * 30):
        assert (await lead.get(LIST, params={"after": after})).status_code == 200
