"""Which copies are kept of a person's accounts, and is nothing of others shown?"""

from amends.services.person import measures
from amends.services.team.members import Member
from tests.world import case_row, make_case


async def test_an_account_says_which_copies_are_kept(bob: Member):
    number = await make_case(bob)
    author = (await case_row(number))["author"]
    [one] = await measures.accounts_of(author)
    assert (one.id, one.copies, one.pictures) == (author, 1, 0)
    assert await measures.of_person(author) == []
