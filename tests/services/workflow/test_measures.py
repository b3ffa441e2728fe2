"""Does a block or report keep what a member did and saw, with a proof and a day to look again?"""

from datetime import timedelta
from uuid import UUID

import pytest

from amends import tables
from amends.rules.person.measures import MeasureIncomplete
from amends.rules.vocabulary import MeasureKind, MeasureResult
from amends.services.person import author_pairs, people
from amends.services.person import measures as recorded
from amends.services.team.members import Act, Member
from amends.services.workflow import measures
from amends.services.workflow.measures import Given, MeasureUnknown, Outcome
from tests.world import DAY, MONDAY, case_row, entries, make_case, move, owed

REVIEW = (MONDAY + 14 * DAY).date()


@pytest.fixture
async def number(bob: Member) -> int:
    return await make_case(bob)


async def author_of(number: int) -> UUID:
    author = (await case_row(number))["author"]
    assert isinstance(author, UUID)
    return author


async def given(number: int, **other: object) -> Given:
    values: dict[str, object] = {
        "accounts": frozenset({await author_of(number)}),
        "kind": MeasureKind.REPORTED,
        "place": "The form of the platform",
        "reference": "T-1",
        "review_on": REVIEW,
    }
    return Given(**(values | other))  # type: ignore[arg-type]


async def test_a_report_is_kept_with_its_proof_and_reviewed_on_its_day(number: int, bob: Member):
    act = Act(bob, MONDAY)
    made = await measures.record(act, number, await given(number))
    [one] = await recorded.of_person(await author_of(number))
    assert (one.id, one.case, one.reference, one.result) == (made, number, "T-1", None)
    assert len(one.accounts) == 1
    review = (await owed(number))["measure_review"]
    assert (review["owner"], review["due_at"].date()) == (bob.id, REVIEW)
    assert (await entries(number))[-1] == "measure"


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"accounts": frozenset()}, "account"),
        ({"reference": ""}, "reference"),
        ({"place": ""}, "place"),
        ({"review_on": None}, "review_on"),
        ({"review_on": MONDAY.date()}, "review_on"),
    ],
)
async def test_what_is_missing_is_said_beside_its_field(number: int, bob: Member, other, field: str):
    with pytest.raises(MeasureIncomplete) as refused:
        await measures.record(Act(bob, MONDAY), number, await given(number, **other))
    assert set(refused.value.fields) == {field}


async def test_nothing_is_blocked_unseen_unless_somebody_says_why(number: int, bob: Member):
    author = await author_of(number)
    await tables.Capture.update({tables.Capture.author: None}).where(tables.Capture.author == author)
    with pytest.raises(MeasureIncomplete) as refused:
        await measures.record(Act(bob, MONDAY), number, await given(number))
    assert set(refused.value.fields) == {"no_copy"}
    await measures.record(Act(bob, MONDAY), number, await given(number, no_copy="It was gone already"))


async def test_several_accounts_of_one_person_go_in_one_go_and_no_others(number: int, bob: Member):
    second = await make_case(
        bob, author={"name": "Dana 2", "handle": "@dana_2", "url": "https://x.com/dana_2"}
    )
    one, two = await author_of(number), await author_of(second)
    both = await given(number, accounts=frozenset({one, two}), kind=MeasureKind.BLOCKED, place="")
    await measures.record(Act(bob, MONDAY), number, both)
    [alone] = await recorded.of_person(one)
    assert len(alone.accounts) == 1
    await author_pairs.join(Act(bob, MONDAY), one, two, reasons=())
    await measures.record(Act(bob, MONDAY + timedelta(hours=1)), number, both)
    assert [len(shown.accounts) for shown in await recorded.of_person(two)] == [2, 1]


async def test_what_came_of_it_ends_its_review_or_sets_another(number: int, bob: Member):
    act, later = Act(bob, MONDAY), Act(bob, MONDAY + 15 * DAY)
    made = await measures.record(act, number, await given(number))
    with pytest.raises(MeasureIncomplete):
        await measures.settle(later, number, made, Outcome(result=MeasureResult.LIFTED))
    again = (MONDAY + 30 * DAY).date()
    silent = Outcome(result=MeasureResult.NO_ANSWER, words="Nothing", review_on=again)
    await measures.settle(later, number, made, silent)
    assert (await owed(number))["measure_review"]["due_at"].date() == again
    await measures.settle(later, number, made, Outcome(result=MeasureResult.REMOVED))
    assert "measure_review" not in await owed(number)
    [one] = await recorded.of_person(await author_of(number))
    assert (one.result, one.result_by and one.result_by.id) == (MeasureResult.REMOVED, bob.id)
    with pytest.raises(MeasureUnknown):
        await measures.settle(later, number, UUID(int=1), Outcome(result=MeasureResult.REMOVED))


async def test_the_case_may_end_as_blocked_with_one_review(number: int, bob: Member):
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    await measures.record(Act(bob, MONDAY), number, await given(number, ends_case=True, words="Hate"))
    case = await case_row(number)
    assert (case["stage"], case["outcome"]) == ("closed", "blocked")
    assert set(await owed(number)) == {"measure_review"}


async def test_a_mark_stands_in_lists_until_it_is_over(number: int, bob: Member):
    made = await measures.record(
        Act(bob, MONDAY), number, await given(number, kind=MeasureKind.BLOCKED, place="")
    )
    [row], _next = await people.page(None)
    assert row.measured
    lifted = Outcome(result=MeasureResult.LIFTED)
    await measures.settle(Act(bob, MONDAY + timedelta(hours=1)), number, made, lifted)
    [row], _next = await people.page(None)
    assert not row.measured
