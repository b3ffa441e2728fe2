"""A second look that was asked for tells what has become of the post, and never that it came back."""

from typing import Any
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.capture.cleaning import NothingCaptured
from amends.services.capture import captures, rechecks
from amends.services.capture.captures import Received
from amends.services.case.access import CaseUnknown
from amends.services.desk import cases
from amends.services.team.members import Act, Member
from amends.services.workflow import moves
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, move, owed, post

ONE = "1700000000000055555"
REVIEW = {"id": ONE, "rating": {"value": 1, "max": 5}, "metrics": {"replies": 2}}


async def look(by: Member, number: int, *, gone: bool = False, **particulars: Any) -> Received:
    given = post(revisit={"caseNumber": number, "gone": gone}, **{**REVIEW, **particulars})
    return await captures.receive(Act(by, MONDAY + DAY), uuid4(), given)


async def test_a_look_at_what_is_as_it_was_says_so(bob: Member):
    number = await make_case(bob, **REVIEW)
    received = await look(bob, number)
    assert (received.case.number, received.existing, received.changes) == (number, True, ["unchanged"])
    assert await entries(number) == ["captured", "looked_again"]


async def test_a_look_tells_what_was_edited_and_rated_and_answered(bob: Member):
    number = await make_case(bob, **REVIEW)
    changed = {"text": "They called. Thanks!", "rating": {"value": 4}, "metrics": {"replies": 3}}
    assert (await look(bob, number, **changed)).changes == ["edited", "rating", "replies"]
    detail = await cases.detail(Act(bob, MONDAY + DAY), number)
    told = detail.timeline[-1].particulars
    assert (told["changes"], told["ratings"], told["replies"]) == (["edited", "rating", "replies"], [1, 4], 1)
    assert [shown.text for shown in detail.captures] == [post().text, "They called. Thanks!"]
    assert [shown.changes for shown in detail.captures] == [None, ["edited", "rating", "replies"]]


async def test_a_look_does_not_mark_the_case_as_come_back_and_ends_the_wish_for_it(bob: Member):
    number = await make_case(bob, **REVIEW)
    assert await rechecks.ask(Act(bob, MONDAY + HOUR), number) == f"https://x.com/dana/status/{ONE}"
    assert (await case_row(number))["look_asked_at"] == MONDAY + HOUR
    await look(bob, number)
    row = await case_row(number)
    assert (row["came_back_at"], row["look_asked_at"], row["looked_at"]) == (None, None, MONDAY + DAY)
    assert await entries(number) == ["captured", "look_asked", "looked_again"]


async def test_a_post_that_is_gone_needs_no_words_and_the_next_look_compares_with_what_was_read(bob: Member):
    number = await make_case(bob, **REVIEW)
    assert (await look(bob, number, gone=True, text="", rating=None)).changes == ["gone"]
    assert (await look(bob, number)).changes == ["unchanged"]


async def test_a_post_that_is_gone_and_whose_address_is_another_now_is_the_cases_latest(bob: Member):
    number = await make_case(bob, **REVIEW)
    elsewhere = {"id": "", "url": "https://x.com/home", "page": {"url": "https://x.com/home"}, "text": ""}
    received = await look(bob, number, gone=True, **elsewhere)
    assert (received.case.number, received.changes) == (number, ["gone"])
    assert await tables.Post.count() == 1


async def test_a_look_at_a_post_that_nobody_knows_adds_it_to_the_case(bob: Member):
    number = await make_case(bob, **REVIEW)
    received = await look(bob, number, id="1700000000000055556")
    assert (received.case.number, received.existing, received.changes) == (number, True, None)
    assert await entries(number) == ["captured", "captured"]


async def test_nothing_is_kept_of_a_post_that_is_gone_and_was_never_seen(bob: Member):
    with pytest.raises(NothingCaptured):
        await look(bob, 12, gone=True, text="")
    assert await tables.Capture.count() == 0
    opened = await look(bob, 12)
    assert (opened.case.number, opened.existing) == (1, False)


async def test_the_same_look_sent_twice_is_one_look_with_the_same_answer(bob: Member):
    number = await make_case(bob, **REVIEW)
    capture_id, given = uuid4(), post(revisit={"caseNumber": number}, **{**REVIEW, "text": "Thanks!"})
    first = await captures.receive(Act(bob, MONDAY + DAY), capture_id, given)
    again = await captures.receive(Act(bob, MONDAY + 2 * DAY), capture_id, given)
    assert first.changes == again.changes == ["edited"]
    assert await entries(number) == ["captured", "looked_again"]


async def test_a_look_can_be_asked_for_where_there_is_something_to_open(bob: Member):
    number = await make_case(bob, id="", url="", platform="web", page=None)
    with pytest.raises(rechecks.NothingToLookAt):
        await rechecks.ask(Act(bob, MONDAY), number)
    with pytest.raises(CaseUnknown):
        await rechecks.ask(Act(bob, MONDAY), 99)
    assert await entries(number) == ["captured"]


async def test_a_wish_survives_an_undone_move(bob: Member):
    number = await make_case(bob, **REVIEW)
    await rechecks.ask(Act(bob, MONDAY), number)
    undo_id = await move(number, "answer", by=bob, severity="s3", stance="fix")
    await moves.undo(Act(bob, MONDAY), number, undo_id)
    assert (await case_row(number))["look_asked_at"] == MONDAY


async def test_under_a_post_that_is_gone_no_public_ending_is_owed_any_more(bob: Member):
    number = await make_case(bob, **REVIEW)
    await lead_to(number, "second_chance", by=bob)
    assert "public_ending" in await owed(number)
    await look(bob, number, gone=True, text="")
    assert "public_ending" in await owed(number, state="dropped")
