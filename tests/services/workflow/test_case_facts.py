"""Can what was said of a case in triage be put right, with its history, for the whole person?"""

import asyncio

import pytest

from amends.rules.vocabulary import CustomerStatus, Nature
from amends.services.case import timeline
from amends.services.case.access import CaseChanged
from amends.services.person import people
from amends.services.person.people import Known
from amends.services.team.members import Act, Member
from amends.services.workflow import case_facts
from amends.services.workflow.case_facts import CaseFacts
from tests.world import MONDAY, case_row, entries, make_case, move

REAL = CaseFacts(nature=Nature.COMPLAINT, customer_status=CustomerStatus.VERIFIED, fault="ours")
SOMEBODY_ELSE = {"author": {"name": "Dan", "handle": "@dan", "url": "https://x.com/dan"}}


async def said(number: int) -> dict[str, object]:
    return (await timeline.of_case((await case_row(number))["id"]))[-1].particulars


async def test_facts_are_put_right_and_the_timeline_says_what_stood_there(bob: Member):
    number = await make_case(bob)
    await move(number, "answer", by=bob, severity="s3", stance="fix", nature="criticism")
    await case_facts.correct(Act(bob, MONDAY), number, REAL)
    case = await case_row(number)
    assert (case["nature"], case["customer_status"], case["fault"]) == ("complaint", "verified", "ours")
    assert (await said(number))["before"] == {
        "nature": "criticism",
        "customer_status": "unknown",
        "fault": None,
    }


async def test_what_is_right_already_writes_nothing(bob: Member):
    number = await make_case(bob)
    await case_facts.correct(Act(bob, MONDAY), number, REAL)
    before = await entries(number)
    await case_facts.correct(Act(bob, MONDAY), number, REAL)
    assert await entries(number) == before


async def test_the_second_of_two_who_correct_it_sees_the_first(bob: Member):
    number = await make_case(bob)
    version = (await case_row(number))["version"]
    await case_facts.correct(Act(bob, MONDAY), number, REAL, version=version)
    with pytest.raises(CaseChanged):
        await case_facts.correct(Act(bob, MONDAY), number, REAL, version=version)


@pytest.mark.parametrize("how", ["on a case", "in triage", "on the person"])
async def test_what_a_person_is_to_us_reaches_their_open_cases_and_their_next_one(bob: Member, how: str):
    first, other, closed = [await make_case(bob) for _ in range(3)]
    stranger = await make_case(bob, **SOMEBODY_ELSE)
    await move(closed, "not_ours", by=bob, reason="Spam")
    if how == "on a case":
        await case_facts.correct(Act(bob, MONDAY), first, REAL)
    elif how == "in triage":
        given = {"severity": "s3", "stance": "fix", "customer_status": "verified"}
        await move(first, "answer", by=bob, **given)
    else:
        known = Known(contact="", notes="", customer_status=CustomerStatus.VERIFIED)
        await people.write(Act(bob, MONDAY), (await case_row(first))["author"], known)
    following = await make_case(bob)
    statuses = {number: (await case_row(number))["customer_status"] for number in (other, following)}
    assert statuses == {other: "verified", following: "verified"}
    assert (await said(other))["of_person"] is True
    assert (await case_row(closed))["customer_status"] == "unknown", "what is over stays as it was"
    assert (await case_row(stranger))["customer_status"] == "unknown"


async def test_cases_of_one_person_are_corrected_at_once_without_waiting_for_each_other(bob: Member):
    numbers = [await make_case(bob) for _ in range(4)]
    for status in (CustomerStatus.VERIFIED, CustomerStatus.CLAIMED, CustomerStatus.VERIFIED):
        facts = [
            CaseFacts(nature=Nature.COMPLAINT, customer_status=one)
            for one in (status, CustomerStatus.NOT_A_CUSTOMER, status, CustomerStatus.UNKNOWN)
        ]
        corrections = zip(numbers, facts, strict=True)
        await asyncio.gather(*(case_facts.correct(Act(bob, MONDAY), *one) for one in corrections))
        assert len({(await case_row(number))["customer_status"] for number in numbers}) == 1
