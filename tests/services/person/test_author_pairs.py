"""Do members decide that accounts are one person, and is every decision taken back without a loss?"""

from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.rules.person.matching import Reason, Sign, Verdict
from amends.rules.vocabulary import CustomerStatus
from amends.services.person import author_pairs, people
from amends.services.person.author_pairs import AlreadyOne, PairUnknown
from amends.services.person.people import AuthorUnknown, Known
from amends.services.team.members import Act, Member
from tests.services.person.test_people import author_of, case_by
from tests.world import DAY, MONDAY


async def accounts(author: UUID) -> list[str]:
    return sorted(one.handle for one in (await people.find(author)).accounts)


@pytest.fixture
async def trio(bob: Member) -> list[UUID]:
    return [await author_of(await case_by(handle, bob)) for handle in ("@a", "@b", "@c")]


async def join(one: UUID, other: UUID, by: Member) -> UUID:
    await author_pairs.join(Act(by, MONDAY), one, other)
    return (await author_pairs.decided(one))[0].id


async def test_joined_accounts_share_a_page_and_part_again(trio: list[UUID], bob: Member):
    one, other, _third = trio
    await people.write(
        Act(bob, MONDAY), one, Known(contact="a@example.org", notes="A", customer_status="verified")
    )
    await people.write(Act(bob, MONDAY), other, Known(notes="B"))
    pair = await join(one, other, bob)
    for author in (one, other):
        shown = await people.find(author)
        assert (shown.known.contact, shown.known.notes) == ("a@example.org", "A\nB")
        assert shown.known.customer_status is CustomerStatus.VERIFIED
        assert await accounts(author) == ["@a", "@b"]
        assert len(shown.cases) == 2
    await author_pairs.take_back(Act(bob, MONDAY), pair)
    assert (await accounts(one), await accounts(other)) == (["@a"], ["@b"])
    shown = await people.find(other)
    assert (shown.known.contact, shown.known.notes, shown.known.customer_status) == (
        "",
        "B",
        CustomerStatus.UNKNOWN,
    )
    assert await author_pairs.decided(one) == []


async def test_taking_back_one_of_two_joinings_leaves_the_other(trio: list[UUID], bob: Member):
    one, other, third = trio
    first = await join(one, other, bob)
    await join(one, third, bob)
    assert await accounts(other) == ["@a", "@b", "@c"]
    await author_pairs.take_back(Act(bob, MONDAY), first)
    assert await accounts(one) == ["@a", "@c"]
    assert await accounts(other) == ["@b"]


async def test_two_groups_become_one_and_two_again(trio: list[UUID], bob: Member):
    one, other, third = trio
    fourth = await author_of(await case_by("@d", bob))
    await join(one, other, bob)
    await join(third, fourth, bob)
    await author_pairs.join(Act(bob, MONDAY + DAY), other, fourth)
    assert await accounts(third) == ["@a", "@b", "@c", "@d"]
    await author_pairs.take_back(Act(bob, MONDAY), (await author_pairs.decided(one))[0].id)
    assert (await accounts(one), await accounts(third)) == (["@a", "@b"], ["@c", "@d"])


async def test_a_decision_says_who_when_and_why(trio: list[UUID], alice: Member, bob: Member):
    one, other, third = trio
    await author_pairs.reject(Act(alice, MONDAY), third, one, reasons=[Reason(Sign.SAME_NAME, "A")])
    [pair] = await author_pairs.decided(one)
    assert (pair.other, pair.name, pair.verdict) == (third, "@c", Verdict.DIFFERENT)
    assert (pair.by.name, pair.at) == (alice.name, MONDAY)
    row = await tables.AuthorPair.objects().first()
    assert "same_name" in str(row.reasons)
    assert await author_pairs.decided(other) == []


async def test_the_last_word_about_two_accounts_counts(trio: list[UUID], bob: Member):
    one, other, _third = trio
    await author_pairs.reject(Act(bob, MONDAY), one, other)
    pair = await join(other, one, bob)
    assert [found.verdict for found in await author_pairs.decided(one)] == [Verdict.SAME]
    with pytest.raises(AlreadyOne):
        await author_pairs.join(Act(bob, MONDAY), one, other)
    with pytest.raises(AlreadyOne):
        await author_pairs.reject(Act(bob, MONDAY), one, other)
    with pytest.raises(AlreadyOne):
        await author_pairs.reject(Act(bob, MONDAY), one, one)
    await author_pairs.take_back(Act(bob, MONDAY), pair)
    with pytest.raises(PairUnknown):
        await author_pairs.take_back(Act(bob, MONDAY), pair)


async def test_an_account_that_is_gone_is_said_to_be(trio: list[UUID], bob: Member):
    for decide in (author_pairs.join, author_pairs.reject):
        with pytest.raises(AuthorUnknown):
            await decide(Act(bob, MONDAY), trio[0], uuid4())
    assert (await people.find(trio[0])).known.contact == ""
    assert await tables.AuthorPair.count() == 0
