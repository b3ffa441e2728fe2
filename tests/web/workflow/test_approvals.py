"""Can a lead read what waits with one key each: approve, change and approve, or send back with a note?"""

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import case_row, lead_to, make_case, make_member, move

CALM = "We are sorry, Dana. Please write to us at care@bakers.example."
BLAMING = "Your order 4711-22 left on Friday. Write to us."


@pytest.fixture
async def bob() -> Member:
    return await make_member("bob")


@pytest.fixture
async def desk(site: Site) -> Visitor:
    return await site.signed_in("lead")


async def waiting(by: Member) -> int:
    number = await make_case(by)
    await lead_to(number, "acknowledge", by=by)
    await move(number, "submit_draft", by=by, text=CALM)
    return number


async def version(number: int) -> str:
    return str((await case_row(number))["version"])


async def test_while_nothing_waits_the_page_says_what_would_stand_there(desk: Visitor) -> None:
    page = (await desk.get("/approvals")).text
    assert "No draft is waiting for you." in page
    assert "second and later replies" in page


async def test_the_draft_stands_beside_its_post_and_the_others_below(desk: Visitor, bob: Member) -> None:
    first, second = await waiting(bob), await waiting(bob)
    page = (await desk.get("/approvals")).text
    assert "Draft by Bob" in page
    assert CALM in page
    assert "1 more draft waiting" in page
    assert f'action="/approvals/{first}/approve"' in page
    assert f'href="/approvals?case={second}"' in page
    assert f'action="/approvals/{second}/approve"' in (await desk.get(f"/approvals?case={second}")).text
    assert '<a href="/approvals"' in (await desk.get("/")).text, "the masthead leads there"


async def test_one_press_approves_and_the_next_draft_follows(desk: Visitor, bob: Member) -> None:
    number = await waiting(bob)
    done = await desk.send_form(f"/approvals/{number}/approve", version=await version(number))
    assert done.headers["location"] == "/approvals?notice=approved"
    assert (await case_row(number))["approval"] == "approved"
    assert "No draft is waiting for you." in (await desk.get("/approvals")).text


async def test_changed_words_are_looked_over_and_what_was_typed_stays(desk: Visitor, bob: Member) -> None:
    number = await waiting(bob)
    form = {"text": BLAMING, "version": await version(number)}
    refused = await desk.send_form(f"/approvals/{number}/approve", **form)
    assert refused.status_code == 422
    assert f">{BLAMING}</textarea>" in refused.text
    assert 'id="edit-reason-error"' in refused.text
    done = await desk.send_form(f"/approvals/{number}/approve", **form, reason="They asked in public")
    assert done.status_code == 303
    assert (await case_row(number))["draft"] == BLAMING


async def test_a_draft_goes_back_with_a_note_only(site: Site, desk: Visitor, bob: Member) -> None:
    number = await waiting(bob)
    refused = await desk.send_form(f"/approvals/{number}/reject", reason="", version=await version(number))
    assert refused.status_code == 422
    assert 'id="reject-reason-error"' in refused.text
    note = "<i>Shorter</i>, please"
    await desk.send_form(f"/approvals/{number}/reject", reason=note, version=await version(number))
    page = (await (await site.visit_as(bob)).get(f"/cases/{number}")).text
    assert "Draft by Bob, sent back" in page
    assert "&lt;i&gt;Shorter&lt;/i&gt;, please" in page


async def test_nobody_reads_their_own(site: Site) -> None:
    lea = await make_member("lea", role="lead")
    number = await waiting(lea)
    own = await site.visit_as(lea)
    page = (await own.get("/approvals")).text
    assert "No draft is waiting for you." in page
    assert "Yours, waiting for review" in page
    refused = await own.send_form(f"/approvals/{number}/approve", version=await version(number))
    assert refused.status_code in (403, 409)
    assert (await case_row(number))["approval"] == "pending"


async def test_two_who_decide_at_once_do_it_once(site: Site, desk: Visitor, bob: Member) -> None:
    number = await waiting(bob)
    seen, other = await version(number), await site.signed_in("admin")
    await desk.send_form(f"/approvals/{number}/approve", version=seen)
    late = await other.send_form(f"/approvals/{number}/reject", reason="No", version=seen)
    assert late.status_code == 409
    assert (await case_row(number))["approval"] == "approved"
