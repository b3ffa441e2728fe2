"""Cases that are proposed for silence, left in it by a lead one by one, and taken back."""

from typing import Any

import pytest

from amends import tables
from amends.services.case.access import CaseChanged
from amends.services.follow_up import follow_ups
from amends.services.insight import silence
from amends.services.insight.silence import NotForSilence
from amends.services.team.members import Act, Member
from amends.services.workflow import moves
from amends.services.workflow.undo_snapshots import UndoGone
from tests.world import DAY, HOUR, MONDAY, case_row, make_case, make_member, move, owed

NOW = MONDAY + HOUR
RANT = {"text": "Typical. What a bakery.", "metrics": {"likes": 3}}


async def rant(by: Member, *, author: str = "dana", nature: str = "criticism", **post: Any) -> int:
    """A new case that nobody has decided about, by an author of its own."""
    person = {"name": author.title(), "handle": f"@{author}", "url": f"https://x.com/{author}"}
    number = await make_case(by, author=person, **{**RANT, **post})
    case = tables.Case
    await case.update({case.severity: "s4", case.nature: nature}).where(case.number == number)
    return number


async def proposed() -> list[int]:
    return [one.case.number for one in await silence.proposed(now=NOW)]


async def leave(lead: Member, number: int) -> Any:
    version = (await case_row(number))["version"]
    return await silence.leave(Act(lead, NOW), number, version=version)


async def test_a_rant_is_proposed_a_customers_a_questions_and_a_seen_one_are_not(alice: Member):
    number = await rant(alice)
    customer = await rant(alice, author="carl")
    await tables.Case.update({tables.Case.customer_status: "verified"}).where(tables.Case.number == customer)
    await rant(alice, author="quinn", text="Where is my cake?")
    await rant(alice, author="sam", metrics={"likes": 400})
    await rant(alice, author="tom", nature="complaint")
    assert await proposed() == [number]
    [one] = await silence.proposed(now=NOW)
    assert len(one.reasons) == 4


async def test_what_is_promised_asked_snoozed_or_of_somebody_with_another_open_case_is_not(alice: Member):
    promised, asked = await rant(alice, author="pat"), await rant(alice, author="ann")
    tomorrow = NOW + DAY
    act = Act(alice, MONDAY)
    await follow_ups.promise(act, promised, words="A call", due_at=tomorrow)
    await follow_ups.remind(act, asked, words="Look again", due_at=tomorrow, owner=alice.id)
    await rant(alice, author="twice")
    await make_case(alice, author={"name": "T", "handle": "@twice", "url": "https://x.com/twice"})
    assert await proposed() == []


async def test_a_new_one_is_watched_for_a_week_with_the_reasons_on_it(alice: Member):
    number = await rant(alice)
    await leave(alice, number)
    row = await case_row(number)
    assert (row["stage"], row["review_on"]) == ("watched", (MONDAY + 7 * DAY).date())
    assert set(await owed(number)) == {"watch_review", "watch_close"}
    body = await tables.Particulars.select(tables.Particulars.body).order_by(tables.Particulars.entry)
    assert any("More hours are needed than are available." in one["body"] for one in body)
    assert await proposed() == []


async def test_one_that_waits_for_a_reply_is_closed_without(alice: Member):
    number = await rant(alice)
    await move(number, "answer", by=alice, severity="s4", stance="answer", nature="criticism")
    assert await proposed() == [number]
    await leave(alice, number)
    row = await case_row(number)
    assert (row["stage"], row["outcome"]) == ("closed", "let_go")


async def test_it_can_be_taken_back_for_ten_minutes_by_who_did_it(alice: Member):
    number = await rant(alice)
    undo = await leave(alice, number)
    later = NOW + silence.UNDO_FOR / 2
    [left] = await silence.just_left(Act(alice, later))
    assert (left.number, left.undo) == (number, undo)
    assert await silence.just_left(Act(await make_member("bob"), later)) == []
    await moves.undo(Act(alice, later), number, undo)
    assert (await case_row(number))["stage"] == "new"
    assert await proposed() == [number]
    undo = await leave(alice, number)
    assert await silence.just_left(Act(alice, NOW + silence.UNDO_FOR)) == []
    with pytest.raises(UndoGone):
        await moves.undo(Act(alice, NOW + 2 * silence.UNDO_FOR), number, undo)


async def test_what_has_changed_since_is_not_left_in_silence(alice: Member):
    number = await rant(alice)
    seen = (await case_row(number))["version"]
    await follow_ups.promise(Act(alice, MONDAY), number, words="A call", due_at=NOW + DAY)
    with pytest.raises(NotForSilence):
        await silence.leave(Act(alice, NOW), number, version=seen)
    other = await rant(alice, author="olga")
    with pytest.raises(CaseChanged):
        await silence.leave(Act(alice, NOW), other, version=(await case_row(other))["version"] - 1)
