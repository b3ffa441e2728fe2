"""Does a person's wish not to be contacted again hold for every account of theirs?"""

from uuid import UUID

import pytest

from amends import tables
from amends.services.person import author_pairs, opt_outs
from amends.services.team.members import Act, Member
from tests.services.person.test_people import author_of, case_by
from tests.world import DAY, MONDAY


async def wishes(*authors: UUID) -> list[bool]:
    rows = await tables.Author.select(tables.Author.id, tables.Author.opted_out)
    asked = {row["id"]: row["opted_out"] for row in rows}
    return [asked[author] for author in authors]


@pytest.fixture
async def trio(bob: Member) -> list[UUID]:
    return [await author_of(await case_by(handle, bob)) for handle in ("@a", "@b", "@c")]


async def test_it_holds_for_all_accounts_of_the_person_and_for_nobody_else(trio: list[UUID], bob: Member):
    one, other, stranger = trio
    await author_pairs.join(Act(bob, MONDAY), one, other)
    await opt_outs.opt_out(other, now=MONDAY)
    assert await wishes(one, other, stranger) == [True, True, False]


async def test_it_holds_for_an_account_that_is_joined_later_and_goes_on_when_they_part(
    trio: list[UUID], bob: Member
):
    one, other, stranger = trio
    await opt_outs.opt_out(one, now=MONDAY)
    await author_pairs.join(Act(bob, MONDAY + DAY), other, one)
    assert await wishes(one, other, stranger) == [True, True, False]
    await author_pairs.take_back(Act(bob, MONDAY + DAY), (await author_pairs.decided(one))[0].id)
    assert await wishes(one, other, stranger) == [True, True, False]


async def test_joined_accounts_of_which_none_asked_stay_as_they_were(trio: list[UUID], bob: Member):
    one, other, stranger = trio
    await author_pairs.join(Act(bob, MONDAY), one, other)
    assert await wishes(one, other, stranger) == [False, False, False]
