"""Are cases linked that belong together, and unlinked again, with nothing else moving?"""

from uuid import uuid4

import pytest

from amends.rules.vocabulary import Relation
from amends.services.case.access import CaseUnknown
from amends.services.desk import case_links, cases
from amends.services.desk.case_links import CannotLink, LinkUnknown
from amends.services.team.members import Act, Member
from tests.world import MONDAY, case_row, entries, make_case


async def linked(number: int, by: Member) -> dict[int, Relation]:
    found = (await cases.detail(Act(by, MONDAY), number)).linked
    return {one.case.number: one.relation for one in found}


async def test_each_of_two_linked_cases_shows_the_other(alice: Member, bob: Member):
    one, other, third = [await make_case(bob) for _ in range(3)]
    await case_links.make(Act(bob, MONDAY), other, one, Relation.SAME_PROBLEM)
    await case_links.make(Act(alice, MONDAY), one, third, Relation.RELATED)
    assert await linked(one, bob) == {other: Relation.SAME_PROBLEM, third: Relation.RELATED}
    assert await linked(other, bob) == {one: Relation.SAME_PROBLEM}
    assert (await case_row(other))["stage"] == "new"
    assert await entries(other) == ["captured", "linked"]


async def test_another_reason_takes_the_place_of_the_first(bob: Member):
    one, other = [await make_case(bob) for _ in range(2)]
    for relation in (Relation.RELATED, Relation.SAME_INCIDENT):
        await case_links.make(Act(bob, MONDAY), one, other, relation)
    assert await linked(other, bob) == {one: Relation.SAME_INCIDENT}


async def test_a_link_is_removed_from_either_side_and_both_say_so(bob: Member):
    one, other, third = [await make_case(bob) for _ in range(3)]
    await case_links.make(Act(bob, MONDAY), one, other, Relation.RELATED)
    [link] = (await cases.detail(Act(bob, MONDAY), one)).linked
    with pytest.raises(LinkUnknown):
        await case_links.remove(Act(bob, MONDAY), third, link.link)
    await case_links.remove(Act(bob, MONDAY), other, link.link)
    assert (await linked(one, bob), await linked(other, bob)) == ({}, {})
    assert await entries(one) == ["captured", "linked", "linked"]
    with pytest.raises(LinkUnknown):
        await case_links.remove(Act(bob, MONDAY), one, link.link)


async def test_a_case_is_linked_to_another_one_that_there_is(bob: Member):
    number = await make_case(bob)
    with pytest.raises(CannotLink):
        await case_links.make(Act(bob, MONDAY), number, number, Relation.RELATED)
    for missing in ((number, 4711), (4711, number)):
        with pytest.raises(CaseUnknown):
            await case_links.make(Act(bob, MONDAY), *missing, Relation.RELATED)
    with pytest.raises(LinkUnknown):
        await case_links.remove(Act(bob, MONDAY), number, uuid4())
    assert await entries(number) == ["captured"]
