"""Can a customer without an account write to us by a link, and learn nothing of the case?"""

import io
import re

import pytest
from PIL import Image

from amends.rules.person.customer_links import Purpose, shown
from amends.rules.team.policies import PRESETS
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import Language
from amends.services.desk import cases
from amends.services.follow_up import policy_changes
from amends.services.person import customer_links
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.web.sessions import csrf_token
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import case_row, entries, lead_to, make_case, make_member, make_order_number

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def customer(site: Site) -> Visitor:
    return site.visitor(headers=FROM_OUR_PAGE)


async def link(
    site: Site, by: Member, stage: str = "contact", purpose: Purpose = Purpose.HAND_OFF
) -> tuple[int, str]:
    number = await make_case(by, lang="fr", text="Le gâteau n’est pas venu chez nous.")
    await lead_to(number, stage, by=by)
    return number, "/h/" + shown(await customer_links.make(Act(by, site.clock()), number, purpose))


async def test_the_page_speaks_the_language_of_the_post_and_shows_nothing_of_the_case(
    site: Site, bob: Member, customer: Visitor
):
    number, path = await link(site, bob)
    page = await customer.get(path)
    assert page.status_code == 200
    assert 'lang="fr"' in page.text
    assert f"#{number}" not in page.text
    assert "cake" not in page.text
    assert "Dana" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert 'lang="en"' in (await customer.get(path + "?lang=en")).text


@pytest.mark.parametrize(
    ("trade", "words"), [("small_shop", "Order or customer number"), ("review_led", "Booking number")]
)
async def test_the_number_that_is_asked_for_is_that_of_the_trade(
    site: Site, bob: Member, customer: Visitor, trade: str, words: str
):
    admin = await make_member("root", role="admin")
    if trade != "small_shop":
        await policy_changes.adopt(Act(admin, site.clock()), PRESETS[trade], move=False, after=0)
    await make_order_number()
    _number, path = await link(site, bob)
    assert words in (await customer.get(path + "?lang=en")).text


async def test_below_stands_what_the_team_says_about_data_in_the_language_of_the_page_and_no_more(
    site: Site, bob: Member, customer: Visitor
):
    _number, path = await link(site, bob)
    assert "customer-foot" not in (await customer.get(path)).text, "nothing was typed, so nothing is said"
    admin = await make_member("root", role="admin")
    kept = {Language.FRENCH: "Effacé <b> après un an."}
    rules = ReplyRules(privacy_contact="privacy@bakers.example", kept=kept)
    await reply_rules.change(Act(admin, site.clock()), rules, after=0)
    page = (await customer.get(path)).text
    assert "Effacé &lt;b&gt; après un an." in page
    assert 'href="mailto:privacy%40bakers.example"' in page
    other = (await customer.get(path + "?lang=en")).text
    assert "Effacé" not in other, "a period is not promised in a language in which the team says none"
    assert "Questions about your data:" in other


async def test_what_they_write_lands_on_the_case_and_is_shown_as_text(
    site: Site, bob: Member, customer: Visitor
):
    number, path = await link(site, bob)
    sent = await customer.post(
        path, data={"name": HOSTILE, "contact": f"{HOSTILE} 0711 223344", "wish": HOSTILE, "consent": "on"}
    )
    assert sent.status_code == 200
    assert (await case_row(number))["stage"] == "working"
    page = (await (await site.visit_as(bob)).get(f"/cases/{number}")).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page
    private = page[page.index('data-tab="private"') : page.index('data-tab="note"')]
    assert "They left:" in private, "how they can be reached stands where a message to them is written"
    assert "Amends never sends anything" in private


@pytest.mark.parametrize("purpose", [Purpose.HAND_OFF, Purpose.CHECK_IN])
async def test_a_page_of_thanks_that_is_loaded_again_writes_nothing_twice(
    site: Site, bob: Member, customer: Visitor, purpose: Purpose
):
    stage = "contact" if purpose is Purpose.HAND_OFF else "checked_in"
    number, path = await link(site, bob, stage, purpose)
    before = len(await entries(number))
    words = {"contact": "dana@example.org", "wish": "A new cake", "consent": "on", "answer": "well"}
    for _load in range(7):  # more often than a link may be used
        answer = await customer.post(path, data={**words, "form_key": "0123456789abcdef-1"})
        assert answer.status_code == 200
        assert 'lang="fr"' in answer.text
    assert len(await entries(number)) == before + 1


@pytest.mark.parametrize(
    ("stage", "name", "who"), [("contact", "Dana", "Dana"), ("waiting", "", "The customer")]
)
async def test_the_history_says_that_they_wrote_to_us_and_not_that_they_heard_us(
    site: Site, bob: Member, customer: Visitor, stage: str, name: str, who: str
):
    number, path = await link(site, bob, stage)
    given = {"name": name, "contact": "dana@example.org", "wish": "A new cake", "consent": "on"}
    await customer.post(path, data=given)
    page = (await (await site.visit_as(bob)).get(f"/cases/{number}")).text
    assert f"{who}</b> · Private link" in page
    assert "received a private message" not in page


async def test_what_is_missing_is_said_beside_it_and_what_was_typed_stays(
    site: Site, bob: Member, customer: Visitor
):
    number, path = await link(site, bob)
    page = await customer.post(path, data={"wish": "A new cake, please"})
    assert page.status_code == 422
    assert "A new cake, please" in page.text
    assert 'id="customer-contact-error"' in page.text
    assert (await case_row(number))["stage"] == "contact"


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "We could not reach you there."), ("fr", "Nous ne pourrions pas vous")]
)
async def test_a_contact_that_reaches_nobody_is_refused_and_kept(
    site: Site, bob: Member, customer: Visitor, language: str, sentence: str
):
    number, path = await link(site, bob)
    data = {"contact": "x", "wish": "A new cake", "consent": "on"}
    page = await customer.post(f"{path}?lang={language}", data=data)
    assert page.status_code == 422
    assert sentence in page.text
    assert re.search(r'<input[^>]*id="customer-contact"[^>]*value="x"', page.text)
    assert (await case_row(number))["stage"] == "contact"


async def test_a_check_in_lands_on_the_case(site: Site, bob: Member, customer: Visitor):
    number, path = await link(site, bob, "checked_in", Purpose.CHECK_IN)
    assert (await customer.post(path, data={"words": "?"})).status_code == 422
    assert (await customer.post(path, data={"answer": "well"})).status_code == 200
    entry = (await cases.detail(Act(bob, site.clock()), number)).timeline[-1]
    assert entry.particulars["answer"] == "well"
    gone = await customer.get(path)
    assert gone.status_code == 404
    assert "Go to Today" not in gone.text, "a customer has no account"
    assert "masthead" not in gone.text, "the page is the team's"
    admin = await make_member("root", role="admin")
    places = {Language.FRENCH: "bonjour@bakers.example", Language.ENGLISH: "care@bakers.example"}
    await reply_rules.change(Act(admin, site.clock()), ReplyRules(places=places), after=0)
    assert "care@bakers.example" in (await customer.get(path)).text, "in the language of the browser"


@pytest.mark.parametrize("code", ["nothing", "AM-2222-2222", "AM-7K3Q", "é" * 30, "%00", "..%2f..%2fetc"])
async def test_what_is_no_link_is_told_so_alike(customer: Visitor, code: str):
    assert (await customer.get(f"/h/{code}")).status_code == 404
    assert (
        await customer.post(f"/h/{code}", data={"contact": "a", "wish": "b", "consent": "on"})
    ).status_code == 404


async def test_nobody_finds_codes_by_trying(customer: Visitor):
    answers = [(await customer.get(f"/h/AM-2222-{number:04}")).status_code for number in range(31)]
    assert answers[-1] == 429
    assert set(answers[:30]) == {404}


async def test_the_logo_stands_in_place_of_the_name_until_it_is_removed(
    site: Site, bob: Member, customer: Visitor
):
    _number, path = await link(site, bob)
    name = '<p class="eyebrow">Bakers</p>'
    assert name in (await customer.get(path)).text
    assert (await customer.get("/logo")).status_code == 404
    admin = await site.signed_in("admin")
    form = {"csrf": csrf_token(admin.session_token, site.settings)}
    sent = {"data": form, "headers": FROM_OUR_PAGE}
    refused = await admin.post("/settings/team/logo", files={"logo": ("a.png", b"<svg/>")}, **sent)
    assert refused.status_code == 422
    assert "This is not a PNG, JPEG or WebP image" in refused.text
    assert 'value="Bakers"' in refused.text
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "teal").save(picture, "PNG")
    kept = await admin.post("/settings/team/logo", files={"logo": ("a.png", picture.getvalue())}, **sent)
    assert kept.status_code == 303
    assert "customer-logo" in (await admin.get("/settings/team")).text
    page = (await customer.get(path)).text
    assert 'alt="Bakers"' in page
    assert name not in page
    [shown_at] = re.findall(r'src="(/logo\?v=[0-9a-f]{16})"', page)
    logo = await customer.get(shown_at)
    assert logo.headers["content-type"] == "image/png"
    assert "sandbox" in logo.headers["content-security-policy"]
    await admin.send_form("/settings/team/logo/remove")
    assert name in (await customer.get(path)).text
