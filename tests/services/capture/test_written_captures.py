"""Does what somebody wrote down become the same case that the extension would have made?"""

import asyncio
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.case.platforms import WrongPlatformName
from amends.rules.vocabulary import PostKind
from amends.services.capture.written_captures import PostIncomplete, Written, as_capture, open_case
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY, case_row, entries, make_case, owed

REVIEWS = "https://www.trustpilot.com/review/bakers.example"


async def number_of(written: Written, *, by: Member) -> int:
    return (await open_case(Act(by, MONDAY), uuid4(), written))[1].case.number


async def test_a_written_post_opens_a_case_like_any_other(bob: Member):
    written = Written(url="x.com/dana/status/17", text="Late again.", author="Dana", handle="@dana")
    capture_id, received = await open_case(Act(bob, MONDAY), uuid4(), written)
    case = await case_row(received.case.number)
    assert (case["platform"], case["title"], case["opened_at"]) == ("x", "Late again.", MONDAY)
    assert set(await owed(1)) == {"triage"}
    kept = await tables.Capture.select().where(tables.Capture.id == capture_id)
    assert (kept[0]["url"], kept[0]["reader"]["name"]) == ("https://x.com/dana/status/17", "form")


async def test_the_post_that_the_extension_captured_is_the_same_case(bob: Member):
    number = await make_case(bob, id="1700000000000066666")
    written = Written(url="https://mobile.twitter.com/dana/status/1700000000000066666?s=20")
    received = (await open_case(Act(bob, MONDAY), uuid4(), written))[1]
    assert (received.case.number, received.existing) == (number, True)
    assert await entries(number) == ["captured", "seen_again"]


async def test_a_second_click_on_the_same_form_makes_nothing(bob: Member):
    form_id, written = uuid4(), Written(text="Late again.")
    first = await open_case(Act(bob, MONDAY), form_id, written)
    clicks = [open_case(Act(bob, MONDAY + HOUR * click), form_id, written) for click in (1, 2, 3)]
    assert {one[0] for one in await asyncio.gather(*clicks)} == {first[0]}
    assert await tables.Capture.count() == 1
    assert await entries(first[1].case.number) == ["captured"]


async def test_other_words_in_the_same_form_are_another_capture(bob: Member):
    form_id = uuid4()
    for words in ("Late again.", "Late again, and burnt."):
        await open_case(Act(bob, MONDAY), form_id, Written(text=words))
    assert await tables.Case.count() == 2


async def test_reviews_of_one_page_are_told_apart_by_who_wrote_them_and_their_words(bob: Member):
    reviews = [
        Written(url=REVIEWS, author="Dana", text="Stale.", rating=1),
        Written(url=REVIEWS, author="Nell Nobody", text="Stale.", rating=1),
        Written(url=REVIEWS, text="Nobody answers.", rating=2),
        Written(url=REVIEWS, text="Rude.", rating=2),
        Written(url=REVIEWS, author="Dana", text="Stale.", rating=1),
    ]
    assert [await number_of(review, by=bob) for review in reviews] == [1, 2, 3, 4, 1]


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        (Written(), {"url", "text"}),
        (Written(text="  ", note="A note alone is no post."), {"url", "text"}),
        (Written(url="javascript:alert(1)"), {"url"}),
        (Written(url="mailto:dana@example.org"), {"url"}),
        (Written(url="the shop's page"), {"url"}),
        (Written(text="Late.", posted_at=MONDAY + HOUR), {"posted_at"}),
        (Written(text="Late.", captured_at=MONDAY + DAY), {"captured_at"}),
        (Written(text="Late.", rating=6), {"rating"}),
        (Written(text="Late.", rating=float("nan")), {"rating"}),
        (Written(text="Late.", rating=1, rating_max=1000), {"rating"}),
    ],
)
async def test_what_cannot_be_used_is_named_and_nothing_is_kept(
    bob: Member, written: Written, wrong: set[str]
):
    with pytest.raises(PostIncomplete) as refused:
        await open_case(Act(bob, MONDAY), uuid4(), written)
    assert set(refused.value.fields) == wrong
    assert await tables.Case.count() == 0


def test_the_address_tells_the_platform_unless_somebody_does():
    told = as_capture(Written(url=REVIEWS), reader="form", now=MONDAY)
    assert (told.platform, told.kind) == ("trustpilot", PostKind.REVIEW)
    chosen = as_capture(Written(url=REVIEWS, platform="facebook"), reader="form", now=MONDAY)
    assert (chosen.platform, chosen.kind) == ("facebook", PostKind.POST)
    unknown = as_capture(Written(url=REVIEWS, platform="mynewsite"), reader="form", now=MONDAY)
    assert (unknown.platform, unknown.kind) == ("mynewsite", PostKind.POST)
    with pytest.raises(WrongPlatformName):
        as_capture(Written(url=REVIEWS, platform="<b>"), reader="form", now=MONDAY)
