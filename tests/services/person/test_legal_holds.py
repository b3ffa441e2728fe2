"""Who places, moves and lifts a legal hold, and what is told of it?"""

import json
from uuid import uuid4

import pytest

from amends import tables
from amends.database import run
from amends.services.case import legal_hold_checks
from amends.services.person import legal_holds
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, case_row, entries, make_case, make_member, move, owed

REVIEW = (MONDAY + 30 * DAY).date()
LATER = (MONDAY + 60 * DAY).date()


@pytest.fixture
async def lead(database: str) -> Member:
    return await make_member("leila", role="lead")


@pytest.fixture
async def number(bob: Member) -> int:
    return await make_case(bob)


async def events() -> list[tuple[str, str, object]]:
    event = tables.AuditEvent
    rows = await event.select().where(event.kind.like("legal_hold%")).order_by(event.at)
    return [(row["kind"], row["about"], json.loads(row["body"])) for row in rows]


async def test_placed_moved_and_lifted_stand_on_the_timeline_and_in_the_log(lead: Member, number: int):
    await legal_holds.place(Act(lead, MONDAY), number=number, reason="Hearing of Dana", review_on=REVIEW)
    [hold] = await legal_hold_checks.of_case((await case_row(number))["id"])
    await legal_holds.look_again(Act(lead, MONDAY + DAY), hold.id, reason="Appeal", review_on=LATER)
    assert (await legal_holds.find(hold.id)).review_on == LATER
    await legal_holds.lift(Act(lead, MONDAY + 2 * DAY), hold.id, reason="Over")
    assert (await entries(number))[-3:] == ["legal_hold"] * 3
    assert await events() == [
        ("legal_hold_placed", str(number), {"of": "case", "until": REVIEW.isoformat()}),
        ("legal_hold_changed", str(number), {"of": "case", "until": LATER.isoformat()}),
        ("legal_hold_lifted", str(number), {"of": "case"}),
    ]


async def test_a_hold_on_a_person_is_told_on_each_case_and_once_in_the_log(
    lead: Member, bob: Member, number: int
):
    second = await make_case(bob, url="https://x.com/dana/status/2", text="Again")
    author = (await case_row(number))["author"]
    await legal_holds.place(Act(lead, MONDAY), author=author, reason="Hearing", review_on=REVIEW)
    assert [(await entries(one))[-1] for one in (number, second)] == ["legal_hold", "legal_hold"]
    assert await events() == [
        ("legal_hold_placed", str(number), {"of": "person", "until": REVIEW.isoformat()})
    ]


async def test_a_hold_that_is_lifted_is_neither_moved_nor_lifted_again(lead: Member, number: int):
    act = Act(lead, MONDAY)
    await legal_holds.place(act, number=number, reason="Hearing", review_on=REVIEW)
    [hold] = await legal_hold_checks.of_case((await case_row(number))["id"])
    await legal_holds.lift(act, hold.id, reason="Over")
    for again in (
        legal_holds.lift(act, hold.id, reason="Over"),
        legal_holds.look_again(act, hold.id, reason="Appeal", review_on=LATER),
        legal_holds.look_again(act, uuid4(), reason="Appeal", review_on=LATER),
    ):
        with pytest.raises(legal_holds.LegalHoldUnknown):
            await again


async def test_the_review_is_owed_by_who_placed_or_kept_the_hold_last(lead: Member, number: int):
    act = Act(lead, MONDAY)
    await legal_holds.place(act, number=number, reason="Hearing", review_on=REVIEW)
    review = (await owed(number))["legal_hold_review"]
    assert (review["owner"], review["due_at"].date()) == (lead.id, REVIEW)
    assert await legal_holds.due(today=REVIEW) == [], "it is no line that everybody passes by"
    other = await make_member("lou", role="lead")
    [hold] = await legal_hold_checks.of_case((await case_row(number))["id"])
    await legal_holds.look_again(Act(other, MONDAY + DAY), hold.id, reason="Appeal", review_on=LATER)
    review = (await owed(number))["legal_hold_review"]
    assert (review["owner"], review["due_at"].date()) == (other.id, LATER)
    await legal_holds.lift(Act(lead, MONDAY + DAY), hold.id, reason="Over")
    assert "legal_hold_review" not in await owed(number)


async def test_the_review_outlives_the_case_and_of_a_person_stands_on_the_newest(
    lead: Member, bob: Member, number: int
):
    second = await make_case(bob, url="https://x.com/dana/status/2", text="Again")
    author = (await case_row(number))["author"]
    await legal_holds.place(Act(lead, MONDAY), author=author, reason="Hearing", review_on=REVIEW)
    assert "legal_hold_review" not in await owed(number)
    await move(second, "not_ours", by=bob, reason="Spam")
    assert set(await owed(second)) == {"legal_hold_review"}


async def test_a_hold_that_nobody_owes_a_review_stands_on_today_for_leads(lead: Member, number: int):
    await legal_holds.place(Act(lead, MONDAY), number=number, reason="Hearing", review_on=REVIEW)
    await tables.LegalHold.update({tables.LegalHold.follow_up: None}, force=True)
    assert [one.reason for one in await legal_holds.due(today=REVIEW)] == ["Hearing"]


async def test_a_review_that_nobody_owes_is_owed_by_who_placed_the_hold_once_the_worker_looks(
    lead: Member, number: int
):
    author = (await case_row(number))["author"]
    await legal_holds.place(Act(lead, MONDAY), number=number, reason="Hearing", review_on=REVIEW)
    await legal_holds.place(Act(lead, MONDAY), author=author, reason="Trial", review_on=REVIEW)
    await run("DELETE FROM follow_up WHERE kind = 'legal_hold_review'")
    assert await legal_holds.owe_missing_reviews(now=MONDAY + DAY) == 2
    assert await legal_holds.owe_missing_reviews(now=MONDAY + DAY) == 0
    rows = await run("SELECT owner, due_at FROM follow_up WHERE kind = 'legal_hold_review'")
    assert [(row["owner"], row["due_at"].date()) for row in rows] == [(lead.id, REVIEW)] * 2
    assert await legal_holds.due(today=REVIEW) == []


async def test_an_agent_does_none_of_it_and_a_day_that_is_over_is_refused(
    lead: Member, bob: Member, number: int
):
    with pytest.raises(legal_holds.LegalHoldNotYours):
        await legal_holds.place(Act(bob, MONDAY), number=number, reason="Hearing", review_on=REVIEW)
    await legal_holds.place(Act(lead, MONDAY), number=number, reason="Hearing", review_on=REVIEW)
    [hold] = await legal_hold_checks.of_case((await case_row(number))["id"])
    with pytest.raises(legal_holds.LegalHoldNotYours):
        await legal_holds.look_again(Act(bob, MONDAY), hold.id, reason="Appeal", review_on=LATER)
    with pytest.raises(legal_holds.LegalHoldWithoutReview):
        await legal_holds.look_again(Act(lead, MONDAY), hold.id, reason="Appeal", review_on=MONDAY.date())
