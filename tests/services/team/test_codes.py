"""Which code is good once, for whom, and for how long?"""

import asyncio

import pytest

from amends import tables
from amends.services.team import codes
from amends.services.team.members import Member
from tests.world import MONDAY


async def test_of_many_who_use_a_code_at_once_one_succeeds(bob: Member) -> None:
    code = await codes.make("pair", bob.id, now=MONDAY)
    results = await asyncio.gather(
        *(codes.use("pair", code, now=MONDAY) for _ in range(10)), return_exceptions=True
    )
    assert results.count(bob.id) == 1
    assert sum(isinstance(result, codes.CodeIsSpent) for result in results) == 9


@pytest.mark.parametrize("purpose", ["pair", "invite", "reset"])
async def test_a_code_is_good_until_its_time_is_over(bob: Member, purpose: codes.Purpose) -> None:
    code = await codes.make(purpose, bob.id, now=MONDAY)
    over = MONDAY + codes.LIFETIMES[purpose]
    with pytest.raises(codes.CodeIsSpent):
        await codes.use(purpose, code, now=over)
    assert await codes.owner_of(purpose, code, now=MONDAY) == bob.id
    assert await codes.use(purpose, code, now=MONDAY) == bob.id


async def test_a_code_is_good_for_its_own_purpose_only(bob: Member) -> None:
    code = await codes.make("invite", bob.id, now=MONDAY)
    for purpose in ("pair", "reset"):
        with pytest.raises(codes.CodeIsSpent):
            await codes.use(purpose, code, now=MONDAY)  # type: ignore[arg-type]


async def test_a_new_link_makes_the_one_before_void(bob: Member) -> None:
    before = await codes.make("reset", bob.id, now=MONDAY)
    after = await codes.make("reset", bob.id, now=MONDAY)
    with pytest.raises(codes.CodeIsSpent):
        await codes.owner_of("reset", before, now=MONDAY)
    assert await codes.owner_of("reset", after, now=MONDAY) == bob.id


async def test_two_open_pages_may_both_pair_and_old_codes_do_not_pile_up(bob: Member) -> None:
    first = await codes.make("pair", bob.id, now=MONDAY)
    await codes.make("pair", bob.id, now=MONDAY)
    assert await codes.use("pair", first, now=MONDAY) == bob.id
    await codes.make("pair", bob.id, now=MONDAY + 2 * codes.LIFETIMES["pair"])
    assert await tables.OneTimeCode.count() == 1


async def test_the_code_is_kept_as_a_hash_only(bob: Member) -> None:
    code = await codes.make("pair", bob.id, now=MONDAY)
    assert code not in str(await tables.OneTimeCode.select())
