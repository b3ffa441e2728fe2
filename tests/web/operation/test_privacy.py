"""Pages on a person's data: who may give a copy of it, what they look through first, what is in it."""

import html
import io
import re
import zipfile
from uuid import uuid4

import pytest

from amends import tables
from amends.services.case import timeline
from amends.services.operation.privacy import mention_searches
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.services.person.test_people import author_of
from tests.web.site import Site, Visitor
from tests.world import DAY, MONDAY, case_row, make_case, make_member

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="admin")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def person(alice: Member) -> str:
    """The address of the page of somebody with one case."""
    return f"/people/{await author_of(await make_case(alice, text=HOSTILE))}"


async def test_a_copy_is_a_zip_with_a_page_in_the_language_chosen(desk: Visitor, person: str):
    assert f'href="{person}/copy"' in (await desk.get(person)).text
    page = (await desk.get(f"{person}/copy")).text
    assert "<script>alert" not in page
    answer = await desk.send_form(f"{person}/copy", language="fr")
    assert answer.headers["content-disposition"].startswith('attachment; filename="person-')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert pack.testzip() is None
        told = pack.read("index.html").decode()
    assert '<html lang="fr">' in told
    assert "&lt;script&gt;alert(1)" in told
    assert not re.search(r"<script|src=|\bon\w+=", told.replace(HOSTILE, ""))
    assert "copy of the person’s data" in (await desk.get("/cases/1")).text


async def test_agents_are_not_offered_a_copy_and_get_none(site: Site, person: str):
    agent = await site.visit_as(await make_member("bob"))
    assert "/copy" not in (await agent.get(person)).text
    assert (await agent.get(f"{person}/copy")).status_code == 403
    assert (await agent.send_form(f"{person}/copy")).status_code == 403


async def test_nobody_of_that_id_is_not_found(desk: Visitor):
    nobody = "/people/00000000-0000-4000-8000-000000000000/copy"
    assert (await desk.get(nobody)).status_code == 404
    assert (await desk.send_form(nobody)).status_code == 404


async def erased(desk: Visitor, person: str, **fields: str) -> str:
    """Where erasing leads, with the name typed as it stands."""
    answer = await desk.send_form(f"{person}/erase", **{"name": "Dana", **fields})
    return answer.headers.get("location", "")


async def test_an_admin_sees_what_goes_and_erases_by_typing_the_name(desk: Visitor, person: str):
    assert f'href="{person}/erase"' in (await desk.get(person)).text
    page = (await desk.get(f"{person}/erase")).text
    assert "This cannot be undone." in page
    assert 'href="/cases/1"' in page
    refused = await desk.send_form(f"{person}/erase", name="Danas")
    assert refused.status_code == 422
    assert "nothing was erased" in refused.text
    assert 'value="Danas"' in refused.text
    assert await erased(desk, person) == "/settings/privacy?notice=erased"
    assert (await desk.get(person)).status_code == 404
    assert (await desk.send_form(f"{person}/erase", name="Dana")).status_code == 404
    assert "the background worker still has to clean up" in (await desk.get("/settings/privacy")).text


async def test_an_erased_case_says_so_on_its_page_and_everywhere_it_is_listed(desk: Visitor, person: str):
    await erased(desk, person)
    page = (await desk.get("/cases/1")).text
    assert "What the person wrote and what was written about them is gone" in page
    assert "Alice" in page
    assert "alert(1)" not in page
    for address in ("/cases?stage=all", "/cases/1/verification", "/", "/insights", "/dossiers/new?cases=1"):
        answer = await desk.get(address)
        assert answer.status_code == 200, address
        assert "alert(1)" not in answer.text
    assert (await desk.get("/cases/1/answer")).status_code < 500
    reopened = await desk.send_form("/cases/1/moves", move="reopen", note="again")
    assert reopened.status_code in (404, 409, 422)


async def test_an_erased_case_offers_nothing_to_write_and_counts_what_was_emptied(
    desk: Visitor, person: str, alice: Member
):
    for text in ("A first note", "A second one"):
        await case_commands.note(Act(alice, MONDAY), 1, text=text)
    await erased(desk, person)
    page = (await desk.get("/cases/1")).text
    article = page.partition('<article id="case"')[2].rpartition("</article>")[0]
    assert 'method="post"' not in article
    assert 'id="composer"' not in article
    assert "3 erased entries" in article
    assert article.count("did something that was erased since") == 0
    for path, given in (
        ("notes", {"text": "Again"}),
        ("touchpoints", {"text": "Again", "channel": "email", "direction": "in"}),
        ("facts", {"nature": "complaint", "customer_status": "unknown"}),
        ("notes/2/edit", {"text": "Again"}),
        ("notes/2/pin", {}),
    ):
        refused = await desk.send_form(f"/cases/1/{path}", **given)
        assert refused.status_code in (404, 409), path
    assert "Again" not in str([one.particulars for one in await timeline.of_case((await case_row(1))["id"])])


async def test_only_admins_erase(site: Site, person: str):
    for role in ("agent", "lead"):
        member = await site.visit_as(await make_member(role, role=role))
        assert "/erase" not in (await member.get(person)).text
        assert (await member.get(f"{person}/erase")).status_code == 403
        assert (await member.send_form(f"{person}/erase", name="Dana")).status_code == 403


async def test_a_hold_is_shown_and_forbids_erasure_and_removal_until_it_is_lifted(desk: Visitor, person: str):
    given = {"reason": "Hearing in June", "review_on": "2026-06-20"}
    assert (await desk.send_form(f"{person}/hold", **given)).headers["location"].endswith("held-legally")
    for address in (person, "/cases/1", f"{person}/erase", f"{person}/hold", "/cases/1/hold"):
        assert "Hearing in June" in (await desk.get(address)).text, address
    assert "Legal holds</span>" not in (await desk.get(f"{person}/erase")).text, "a hold does not go"
    assert (await desk.send_form(f"{person}/erase", name="Dana")).status_code == 409
    refused = await desk.send_form("/cases/1/remove", reason="duplicate")
    assert (refused.status_code, "Hearing in June" in refused.text) == (409, True)
    [lifting] = re.findall(r'action="(/legal-holds/[^"]+/lift)"', (await desk.get("/cases/1/hold")).text)
    unsaid = await desk.send_form(lifting, reason=" ")
    assert (unsaid.status_code, "Say why" in unsaid.text) == (422, True)
    await desk.send_form(lifting, reason="Settled")
    page = (await desk.get("/cases/1")).text
    article = page.partition('<article id="case"')[2]
    for words in (
        "until reviewed on Sat 20 Jun 2026",
        "Hearing in June",
        "lifted the legal hold on",
        "Settled",
    ):
        assert article.count(words) == 1, words
    assert await erased(desk, person) == "/settings/privacy?notice=erased"


async def test_a_hold_without_a_reason_or_a_day_ahead_keeps_what_was_typed(desk: Visitor, person: str):
    answer = await desk.send_form("/cases/1/hold", reason="Court", review_on="2020-01-01")
    assert (answer.status_code, "Choose a day ahead" in answer.text) == (422, True)
    assert "Court</textarea>" in answer.text
    answer = await desk.send_form("/cases/1/hold", reason="", review_on="2026-06-20")
    assert 'value="2026-06-20"' in answer.text
    assert (await desk.send_form("/cases/1/hold", reason="x", review_on="soon")).status_code == 422


async def test_the_review_of_a_hold_is_due_for_who_placed_it_and_stands_for_leads_where_nobody_owes_it(
    site: Site, desk: Visitor, alice: Member, person: str
):
    await desk.send_form(f"{person}/hold", reason="Hearing", review_on="2026-05-05")
    site.clock.move(DAY)
    mine = await site.visit_as(alice)
    assert "and 1 more due" in (await mine.get("/")).text
    assert "Review a legal hold" in (await mine.get("/cases/1")).text
    lead = await site.visit_as(await make_member("lou", role="lead"))
    assert "looked at again" not in (await lead.get("/")).text
    await tables.LegalHold.update({tables.LegalHold.follow_up: None}, force=True)
    assert f'href="{person}/hold">A legal hold is to be looked at again' in (await lead.get("/")).text
    agent = await site.visit_as(await make_member("bob"))
    assert "looked at again" not in (await agent.get("/")).text


async def test_a_mention_is_shown_in_words_with_its_case(desk: Visitor, alice: Member):
    person = f"/people/{await author_of(await make_case(alice, text='Mine'))}"
    name = (await tables.Author.select(tables.Author.name))[0]["name"]
    other = await make_case(alice, text="Else", author={"name": "Emil", "handle": "@emil_k"})
    await case_commands.note(Act(alice, MONDAY), other, text=f"{'before ' * 60}knows {name} well")
    await tables.Problem.insert(
        tables.Problem(id=uuid4(), number=1, title="Ovens", cause=f"see {name}", opened_at=MONDAY)
    )
    for path in (f"{person}/erase", f"{person}/copy"):
        page = html.unescape((await desk.get(path)).text)
        assert f"knows {name} well" in page
        assert f'href="/cases/{other}" target="_blank"' in page
        assert '{"' not in page[page.index("<main") : page.index("</main>")]


async def test_while_texts_are_still_searched_the_page_says_so_and_nothing_is_erased_or_given(
    desk: Visitor, person: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mention_searches, "AT_ONCE", 0)
    for act, button in (("erase", "Erase for good"), ("copy", "Make the copy")):
        page = (await desk.get(f"{person}/{act}")).text
        assert "still being searched" in page
        assert "has not begun yet" in page
        assert button not in page
    refused = [
        await desk.send_form(f"{person}/erase", name="Jane Public"),
        await desk.send_form(f"{person}/copy"),
    ]
    assert [answer.status_code for answer in refused] == [409, 409]
    assert await tables.Author.exists()
    monkeypatch.setattr(mention_searches, "A_STEP", 1)
    await mention_searches.search_next(now=MONDAY)
    assert "<progress" in (await desk.get(f"{person}/erase")).text
    while await mention_searches.search_next(now=MONDAY):
        pass
    assert "Erase for good" in (await desk.get(f"{person}/erase")).text
    assert (await desk.send_form(f"{person}/copy")).headers["content-type"] == "application/zip"
