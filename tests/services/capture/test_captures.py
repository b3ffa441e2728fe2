"""How captures become cases: once, whatever is sent twice, and in whatever form the address comes."""

import asyncio
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.capture.cleaning import NothingCaptured
from amends.services.capture import captures
from amends.services.capture.captures import CaptureDiffers, PostUnknown
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, owed, post


async def test_a_capture_opens_a_case_that_is_to_be_triaged(bob: Member):
    received = await captures.receive(Act(bob, MONDAY), uuid4(), post())
    assert (received.case.number, received.case.stage, received.case.owner) == (1, "new", None)
    assert not received.existing
    assert set(await owed(1)) == {"triage"}
    assert await entries(1) == ["captured"]
    assert (await case_row(1))["title"] == "The cake never arrived and nobody answers."


async def test_the_same_id_again_changes_nothing(bob: Member):
    capture_id, given = uuid4(), post()
    first = await captures.receive(Act(bob, MONDAY), capture_id, given)
    again = await captures.receive(Act(bob, MONDAY + HOUR), capture_id, given)
    assert again.existing
    assert again.case == first.case
    assert await tables.Capture.count() == 1
    assert await entries(1) == ["captured"]


async def test_another_body_under_the_same_id_is_refused(bob: Member):
    capture_id = uuid4()
    await captures.receive(Act(bob, MONDAY), capture_id, post())
    with pytest.raises(CaptureDiffers):
        await captures.receive(Act(bob, MONDAY), capture_id, post())


async def test_the_address_kept_is_the_captured_one_and_another_countrys_is_the_same_post(bob: Member):
    french, page = (
        "https://www.tripadvisor.fr/ShowUserReviews-g1-d2-r900123.html",
        {"platform": "tripadvisor"},
    )
    await captures.receive(Act(bob, MONDAY), uuid4(), post(**page, url=f"{french}?m=19905", id="900123"))
    [row] = await tables.Post.select(tables.Post.url, tables.Post.key)
    assert row == {"url": french, "key": "tripadvisor:900123"}
    again = await captures.receive(
        Act(bob, MONDAY + HOUR), uuid4(), post(**page, url=french.replace(".fr/", ".com/"), id="900123")
    )
    assert again.existing


@pytest.mark.parametrize(
    "form",
    [
        "https://twitter.com/dana/status/1700000000000099999?s=20",
        "https://mobile.twitter.com/dana/status/1700000000000099999/photo/1",
        "https://x.com/i/web/status/1700000000000099999",
    ],
)
async def test_the_same_post_in_another_form_of_its_address_is_a_second_sight_of_it(bob: Member, form: str):
    number = await make_case(bob, id="1700000000000099999")
    seen = await captures.receive(Act(bob, MONDAY + HOUR), uuid4(), post(id="", url=form))
    assert seen.existing
    assert seen.case.number == number
    assert await tables.Case.count() == 1
    assert await tables.Capture.count() == 2
    assert await entries(number) == ["captured", "seen_again"]
    assert (await case_row(number))["came_back_at"] == MONDAY + HOUR


async def test_a_second_sight_of_a_closed_case_moves_nothing_by_itself(bob: Member, alice: Member):
    number = await make_case(bob, id="1700000000000088888")
    later = await lead_to(number, "checked_in", by=alice)
    seen = await captures.receive(Act(bob, later + HOUR), uuid4(), post(id="1700000000000088888"))
    assert (seen.existing, seen.case.stage) == (True, "checked_in")


async def test_a_hundred_browsers_that_capture_one_post_at_once_make_one_case(bob: Member):
    received = await asyncio.gather(
        *(captures.receive(Act(bob, MONDAY), uuid4(), post(id="1700000000000077777")) for _ in range(100))
    )
    assert {one.case.number for one in received} == {received[0].case.number}
    assert sum(not one.existing for one in received) == 1
    assert await tables.Case.count() == 1
    assert await tables.Capture.count() == 100


async def test_one_id_sent_a_hundred_times_at_once_is_one_capture(bob: Member):
    capture_id, given = uuid4(), post()
    received = await asyncio.gather(
        *(captures.receive(Act(bob, MONDAY), capture_id, given) for _ in range(100))
    )
    assert sum(not one.existing for one in received) == 1
    assert await tables.Capture.count() == 1
    assert await tables.Case.count() == 1


async def test_numbers_follow_each_other_without_gaps_when_many_cases_open_at_once(bob: Member):
    await asyncio.gather(*(make_case(bob) for _ in range(25)))
    rows = await tables.Case.select(tables.Case.number).order_by(tables.Case.number)
    assert [row["number"] for row in rows] == list(range(1, 26))


async def test_a_capture_that_waited_in_a_browser_counts_from_the_click(bob: Member):
    number = await make_case(bob, now=MONDAY + DAY, capturedAt=MONDAY.isoformat())
    triage = (await owed(number))["triage"]
    assert triage["starts_at"] == MONDAY
    assert triage["due_at"] < MONDAY + DAY


async def test_a_browser_whose_clock_is_ahead_cannot_move_a_due_date_into_the_future(bob: Member):
    number = await make_case(bob, capturedAt=(MONDAY + 3 * DAY).isoformat())
    assert (await owed(number))["triage"]["starts_at"] == MONDAY


async def test_hostile_text_is_kept_as_harmless_text(bob: Member):
    number = await make_case(
        bob,
        text="\ud800<script>alert(1)</script>\x00\r\nend",
        author={"name": "\u202eDana\n", "handle": "@dana", "url": "javascript:alert(1)"},
    )
    row = (await tables.Capture.select())[0]
    assert row["text"] == "?<script>alert(1)</script>\ufffd\nend"
    author = (await tables.Author.select())[0]
    assert (author["name"], author["url"]) == ("Dana", "")
    assert (await case_row(number))["title"]


async def test_a_capture_of_nothing_is_refused(bob: Member):
    with pytest.raises(NothingCaptured):
        await captures.receive(
            Act(bob, MONDAY), uuid4(), post(text="", title="", url="javascript:1", platform="web")
        )


async def test_a_case_is_found_by_any_form_of_its_posts_address(bob: Member):
    number = await make_case(bob, id="1700000000000066666")
    found = await captures.case_at("https://twitter.com/dana/status/1700000000000066666?t=x", by=bob)
    assert found.number == number
    with pytest.raises(PostUnknown):
        await captures.case_at("https://x.com/dana/status/1", by=bob)


async def test_two_selections_on_one_page_are_two_cases_and_each_again_is_one(bob: Member):
    page = {"url": "https://blog.example/post", "title": "A post"}
    for words in ("one", "two", "one"):
        given = post(
            id=f"{page['url']}#words-{words}",
            platform="web",
            kind="page",
            url=page["url"],
            page=page,
            text=words,
        )
        await captures.receive(Act(bob, MONDAY), uuid4(), given)
    assert await tables.Case.count() == 2


async def test_two_reviews_on_one_page_without_addresses_of_their_own_are_two_cases(bob: Member):
    page = {"url": "https://shop.example/reviews", "title": "Reviews"}
    for name in ("Ana", "Ben"):
        given = post(
            id="",
            platform="web",
            kind="review",
            url=page["url"],
            page=page,
            author={"name": name},
            text=f"Bad, says {name}",
        )
        await captures.receive(Act(bob, MONDAY), uuid4(), given)
    assert await tables.Case.count() == 2
