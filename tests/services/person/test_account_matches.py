"""Which accounts may be the same person, found among many, on both databases alike?"""

import pytest

from amends.rules.person.matching import Sign
from amends.services.person import account_matches, author_pairs
from amends.services.team.members import Act, Member
from amends.services.workflow import triage
from tests.services.person.test_people import author_of, case_by
from tests.world import DAY, MONDAY, move

RANT = "This bakery sold me a terrible cake with a rusty nail inside and nobody apologised."


@pytest.fixture
async def blocked(alice: Member, bob: Member) -> int:
    number = await case_by("@rant_king", bob, name="King", text=RANT)
    for place in range(5):
        await case_by(f"@someone{place}", bob, text=f"My order number {place} arrived late on Sunday")
    proof = {"proof_url": "https://x.com/p", "review_on": (MONDAY + 30 * DAY).date()}
    await move(number, "block", by=alice, reason="Threats", **proof)
    return number


async def test_who_comes_back_after_a_block_with_the_same_words_is_suspected_both_ways(
    blocked: int, alice: Member, bob: Member
):
    again = await case_by(
        "@new_voice", bob, text=f"Hear, hear: {RANT}", now=MONDAY + 3 * DAY, metrics={"followers": 2}
    )
    old, new = await author_of(blocked), await author_of(again)
    [found] = await account_matches.of(new)
    assert (found.author, found.handle) == (old, "@rant_king")
    signs = [reason.sign for reason in found.likeness.reasons]
    assert signs == [Sign.SAME_TEXT, Sign.AFTER_BLOCK, Sign.FEW_FOLLOWERS]
    assert [one.author for one in await account_matches.of(old)] == [new]
    begun = await triage.begin(Act(bob, MONDAY + 3 * DAY), again)
    assert [one.author for one in begun.suspects] == [old]
    assert [row.number for row in begun.elsewhere] == [blocked]


async def test_a_rejected_pair_stays_rejected_and_a_joined_one_is_no_suspect(blocked: int, bob: Member):
    again = await author_of(await case_by("@new_voice", bob, text=RANT, now=MONDAY + DAY))
    old = await author_of(blocked)
    await author_pairs.reject(Act(bob, MONDAY), again, old)
    assert await account_matches.of(again) == []
    assert await account_matches.of(old) == []
    [pair] = await author_pairs.decided(old)
    await author_pairs.take_back(Act(bob, MONDAY), pair.id)
    assert [one.author for one in await account_matches.of(old)] == [again]
    await author_pairs.join(Act(bob, MONDAY), again, old)
    assert await account_matches.of(old) == []


async def test_the_same_handle_on_another_site_is_a_sign_and_a_stranger_is_none(bob: Member):
    one = await author_of(await case_by("@rant_king", bob, text="Late again"))
    other = await case_by("rant_king", bob, platform="bluesky", text="Cold soup", now=MONDAY + DAY)
    stranger = await author_of(await case_by("@somebody_else", bob, text="Late, too"))
    assert [found.author for found in await account_matches.of(one)] == [await author_of(other)]
    assert await account_matches.of(stranger) == []


def test_a_text_is_found_by_its_longest_words_but_the_last_which_may_have_been_cut():
    whole = "Nobody answers about the birthday cake that never arrived"
    assert account_matches.telling(f"{whole} yesterd") == (
        "birthday",
        "answers",
        "arrived",
        "nobody",
        "about",
    )
    assert account_matches.telling(f"{whole} yet") == (
        *("birthday", "answers", "arrived", "nobody", "about", "never"),
    )
    assert account_matches.telling("too few words") == ()
