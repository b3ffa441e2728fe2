"""Can an admin say how the team answers in public, and everybody who leads read it?"""

from uuid import uuid4

import msgspec

from amends import tables
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import Language
from amends.services.team import reply_rules
from tests.web.site import Site
from tests.world import make_member

PAGE = "/settings/replies"
FORM = {
    "version": "0",
    "budget": "3",
    "product": "our bread",
    "place_en": "care@bakers.example",
    "place_fr": "",
    "severities": ["s1", "s2"],
    "natures": ["harassment"],
    "roles": ["agent"],
}


async def test_an_admin_sets_them_and_the_page_has_them_again(site: Site) -> None:
    desk = await site.signed_in("admin")
    assert "Not changed yet." in (await desk.get(PAGE)).text
    saved = await desk.send_form(PAGE, **FORM)
    assert saved.headers["location"] == f"{PAGE}?notice=saved"
    rules = await reply_rules.current()
    assert (rules.budget, rules.product) == (3, "our bread")
    assert {one.value for one in rules.approval.severities} == {"s1", "s2"}
    page = (await desk.get(PAGE)).text
    assert 'value="care@bakers.example"' in page
    assert page.count(" checked") == 4


async def test_a_lead_reads_them_and_an_agent_does_not(site: Site) -> None:
    lead = await site.signed_in("lead")
    page = (await lead.get(PAGE)).text
    assert "Only admins can change them." in page
    assert (await lead.send_form(PAGE, **FORM)).status_code == 403
    assert (await (await site.signed_in("agent")).get(PAGE)).status_code == 403


async def test_what_is_wrong_is_said_beside_its_field_and_what_was_chosen_stays(site: Site) -> None:
    desk = await site.signed_in("admin")
    wrong = await desk.send_form(PAGE, **FORM | {"budget": "99"})
    assert wrong.status_code == 422
    assert 'id="rules-budget-error"' in wrong.text
    assert wrong.text.count(" checked") == 4
    assert 'value="our bread"' in wrong.text


async def test_what_customers_read_about_their_data_is_typed_and_its_contact_can_be_pressed(
    site: Site,
) -> None:
    desk = await site.signed_in("admin")
    privacy = {"privacy_contact": "privacy@bakers.example", "kept_en": "One year <b>.", "kept_fr": "Un an."}
    assert (await desk.send_form(PAGE, **FORM | privacy)).status_code == 303
    page = (await desk.get(PAGE)).text
    assert 'value="privacy@bakers.example"' in page
    assert 'value="One year &lt;b&gt;."' in page
    wrong = await desk.send_form(PAGE, **FORM | privacy | {"privacy_contact": "javascript:alert(1)"})
    assert wrong.status_code == 422
    assert 'id="rules-privacy_contact-error"' in wrong.text
    assert 'value="Un an."' in wrong.text


async def test_of_two_who_change_them_the_second_is_told(site: Site) -> None:
    desk = await site.signed_in("admin")
    await desk.send_form(PAGE, **FORM)
    late = await desk.send_form(PAGE, **FORM | {"product": "cake"})
    assert late.status_code == 409
    assert 'value="cake"' in late.text
    assert (await reply_rules.current()).product == "our bread"


async def test_our_own_accounts_are_typed_one_a_line_and_told_to_paired_browsers(site: Site) -> None:
    desk = await site.signed_in("admin")
    wrong = await desk.send_form(PAGE, **FORM, own_accounts="https://x.com/bakers\nbakers")
    assert wrong.status_code == 422
    assert "Line 2: enter the address of the profile" in wrong.text
    assert "https://x.com/bakers\nbakers</textarea>" in wrong.text
    await desk.send_form(PAGE, **FORM, own_accounts="https://x.com/bakers\ninstagram @bakers")
    assert "https://x.com/bakers\ninstagram @bakers</textarea>" in (await desk.get(PAGE)).text
    browser = await site.paired(await make_member("bob"))
    assert (await browser.get("/api/v1/posts")).json()["ownAccounts"] == [
        {"platform": "x", "handle": "", "url": "https://x.com/bakers"},
        {"platform": "instagram", "handle": "@bakers", "url": ""},
    ]


async def test_a_new_private_place_is_one_where_somebody_can_write_and_an_old_one_may_stay(
    site: Site,
) -> None:
    desk = await site.signed_in("admin")
    refused = await desk.send_form(PAGE, **{**FORM, "place_fr": "écrivez-nous"})
    assert refused.status_code == 422
    assert "Nobody can write there yet." in refused.text
    assert 'value="écrivez-nous"' in refused.text
    before = ReplyRules(places={Language.FRENCH: "écrivez-nous"})
    await tables.ReplyRules.insert(
        tables.ReplyRules(id=uuid4(), version=1, rules=msgspec.to_builtins(before), made_at=site.clock())
    )
    kept = await desk.send_form(PAGE, **{**FORM, "version": "1", "place_fr": "écrivez-nous"})
    assert kept.status_code == 303
