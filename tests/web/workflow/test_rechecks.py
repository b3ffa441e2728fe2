"""What became of a post stands beside it, as words and as a difference; another look is one click away."""

from typing import Any
from uuid import uuid4

import pytest

from amends.services.capture import captures
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import DAY, MONDAY, case_row, entries, lead_to, make_case, make_member, move, post

ONE = "1700000000000055555"
BEFORE = {
    "id": ONE,
    "text": "The cake never arrived. Bye.",
    "rating": {"value": 1},
    "metrics": {"replies": 1},
}


async def look(by: Member, number: int, *, gone: bool = False, **particulars: Any) -> None:
    given = post(**{**BEFORE, "revisit": {"caseNumber": number, "gone": gone}, **particulars})
    await captures.receive(Act(by, MONDAY + DAY), uuid4(), given)


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def visitor(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


async def test_an_edited_post_shows_what_was_removed_and_added_and_both_captures(
    bob: Member, visitor: Visitor
) -> None:
    number = await make_case(bob, **BEFORE)
    await look(bob, number, text="The cake <b>came</b>. Bye.", rating={"value": 4}, metrics={"replies": 3})
    page = (await visitor.get(f"/cases/{number}")).text
    assert "edited, rating 1 → 4, 2 new replies" in page
    assert '<del><span class="visually-hidden" lang="en"> [removed: </span> never arrived.' in page
    assert '<ins><span class="visually-hidden" lang="en"> [added: </span> &lt;b&gt;came&lt;/b&gt;.' in page
    assert "The cake never arrived. Bye." in page
    assert "The cake &lt;b&gt;came&lt;/b&gt;. Bye." in page
    assert "Came back" not in page


async def test_a_post_that_is_gone_stays_readable_here(bob: Member, visitor: Visitor) -> None:
    number = await make_case(bob, **BEFORE)
    await look(bob, number, gone=True, text="", rating=None)
    page = (await visitor.get(f"/cases/{number}")).text
    assert "no longer there" in page
    assert "The cake never arrived. Bye." in page
    assert "more time" not in page


async def test_the_posts_of_a_case_are_shown_each_for_itself(bob: Member, visitor: Visitor) -> None:
    first = uuid4()
    await captures.receive(Act(bob, MONDAY), first, post(text="The first post"))
    second = post(text="The second post", author={"name": "Nell Nobody"}, sameCaseAs=str(first))
    await captures.receive(Act(bob, MONDAY), uuid4(), second)
    page = (await visitor.get("/cases/1")).text
    assert page.count("Another post of this case") == 1
    assert page.index("The first post") < page.index("Another post of this case") < page.index("Nell Nobody")
    assert "more time" not in page


async def test_asking_for_a_look_opens_the_post_and_is_told(bob: Member, visitor: Visitor) -> None:
    number = await make_case(bob, **BEFORE)
    shown = (await visitor.get(f"/cases/{number}")).text
    assert f'action="/cases/{number}/look" target="_blank" rel="noopener noreferrer"' in shown
    answer = await visitor.send_form(f"/cases/{number}/look")
    assert f'content="0; url=https://x.com/dana/status/{ONE}"' in answer.text
    assert f'<a href="https://x.com/dana/status/{ONE}"' in answer.text
    assert await entries(number) == ["captured", "look_asked"]
    assert "Recheck the post before you decide." in (await visitor.get(f"/cases/{number}")).text


async def test_on_the_day_of_confirming_the_next_step_asks_for_a_look(
    site: Site, bob: Member, visitor: Visitor
) -> None:
    number = await make_case(bob, **BEFORE)
    await lead_to(number, "resolved", by=bob)
    wish = "Recheck the post before you decide."
    assert wish not in (await visitor.get(f"/cases/{number}")).text
    due = (await case_row(number))["due_at"]
    site.clock.at = due
    visitor = await site.visit_as(bob)
    assert wish in (await visitor.get(f"/cases/{number}")).text


async def test_a_case_without_an_address_offers_no_look(bob: Member, visitor: Visitor) -> None:
    number = await make_case(bob, id="", url="", platform="web", page=None)
    assert "/look" not in (await visitor.get(f"/cases/{number}")).text
    assert (await visitor.send_form(f"/cases/{number}/look")).status_code == 409


async def test_about_when_it_was_posted_stands_beside_the_sites_own_words(
    bob: Member, visitor: Visitor
) -> None:
    number = await make_case(bob, postedAt=None, timeText="3 weeks ago")
    page = (await visitor.get(f"/cases/{number}")).text
    assert "about Mon 13 Apr 2026" in page
    assert "“3 weeks ago”" in page


async def test_an_approved_draft_leads_to_the_post_and_can_be_copied(
    site: Site, bob: Member, visitor: Visitor
) -> None:
    alice = await make_member("alice", role="lead")
    number = await make_case(bob, **BEFORE)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text='We are "sorry". Write to us.')
    assert "Copy the reply" not in (await visitor.get(f"/cases/{number}")).text
    await move(number, "approve", by=alice)
    page = (await visitor.get(f"/cases/{number}")).text
    assert 'data-copy="We are &#34;sorry&#34;. Write to us."' in page
    assert f'tinted" href="https://x.com/dana/status/{ONE}" rel="noopener' in page


async def test_cases_that_stand_alike_lead_each_to_its_own_post_and_look(
    bob: Member, visitor: Visitor
) -> None:
    numbers = [
        await make_case(bob, **{**BEFORE, "id": key, "text": key}) for key in ("1700000001", "1700000002")
    ]
    for number in numbers:
        await visitor.send_form(f"/cases/{number}/look")
    for number, other in (numbers, numbers[::-1]):
        page = (await visitor.get(f"/cases/{number}")).text
        assert f'action="/cases/{number}/look"' in page
        assert f"/cases/{other}/" not in page
        assert f"170000000{other}" not in page


async def test_what_was_shown_before_a_look_is_not_shown_after_it(bob: Member, visitor: Visitor) -> None:
    number = await make_case(bob, **BEFORE)
    assert "Rechecked" not in (await visitor.get(f"/cases/{number}")).text
    await look(bob, number, text="The cake came. Bye.")
    assert (await visitor.get(f"/cases/{number}")).text.count("<b>Rechecked</b>") == 1
    await look(bob, number, gone=True, text="", rating=None)
    page = (await visitor.get(f"/cases/{number}")).text
    assert page.count("<b>Rechecked</b>") == 2
    assert "no longer there" in page
