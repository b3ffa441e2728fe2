"""A post that its author has changed is said to be changed, also where nobody had asked for a second look."""

from typing import Any
from uuid import uuid4

from amends.services.capture import captures
from amends.services.capture.captures import Received
from amends.services.desk import cases
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, case_row, entries, make_case, post

ONE = {"id": "1700000000000055555", "rating": {"value": 1, "max": 5}, "metrics": {"replies": 2}}


async def again(by: Member, **particulars: Any) -> Received:
    return await captures.receive(Act(by, MONDAY + DAY), uuid4(), post(**{**ONE, **particulars}))


async def test_a_post_whose_words_and_stars_changed_says_so_to_whoever_captures_it_again(bob: Member):
    number = await make_case(bob, **ONE)
    received = await again(bob, text="They called. Thanks!", rating={"value": 4}, metrics={"replies": 7})
    assert (received.existing, received.changes) == (True, ["edited", "rating"])
    assert await entries(number) == ["captured", "seen_again"]
    detail = await cases.detail(Act(bob, MONDAY + DAY), number)
    told = detail.timeline[-1].particulars
    assert (told["changes"], told["ratings"]) == (["edited", "rating"], [1, 4])
    assert (await case_row(number))["came_back_at"] == MONDAY + DAY


async def test_what_others_did_to_a_post_is_no_change_of_it(bob: Member):
    number = await make_case(bob, **ONE)
    received = await again(bob, metrics={"replies": 7})
    assert received.changes is None
    assert "changes" not in (await cases.detail(Act(bob, MONDAY + DAY), number)).timeline[-1].particulars


async def test_the_same_words_in_translation_are_not_edited(bob: Member):
    await make_case(bob, **ONE)
    received = await again(bob, text="Der Kuchen kam nie.", translated=True, translatedTo="de")
    assert received.changes is None


async def test_a_title_that_once_was_too_long_is_not_edited(bob: Member):
    await make_case(bob, **ONE, title="No cake " * 40, shortened=["title"])
    assert (await again(bob, title="No cake " * 60)).changes is None


async def test_sent_twice_it_says_the_same(bob: Member):
    await make_case(bob, **ONE)
    capture_id, given = uuid4(), post(**{**ONE, "text": "They called. Thanks!"})
    answers = [await captures.receive(Act(bob, MONDAY + DAY), capture_id, given) for _ in range(2)]
    assert [answer.changes for answer in answers] == [["edited"], ["edited"]]
