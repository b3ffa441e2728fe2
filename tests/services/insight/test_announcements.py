"""Is everybody of a fixed problem told what has changed: in their language, once, on their own case?"""

import pytest

from amends import tables
from amends.rules.vocabulary import Channel, Language
from amends.services.desk import problems
from amends.services.desk.problems import Words
from amends.services.insight import announcements
from amends.services.insight.announcements import NotToBeTold
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, second_chance_day

CHANGE = Words(
    en="Dear {author}, you told us about the parcels ({case_number}). We changed the courier.",
    fr="Bonjour {author}, nous avons changé de transporteur.",
)


async def fixed(alice: Member, bob: Member, *cases: int) -> int:
    """A problem that is fixed, with approved words."""
    act = Act(bob, MONDAY)
    number = await problems.open_problem(act, "Parcels get lost", numbers=cases)
    await problems.announce(act, number, CHANGE, version=1)
    await problems.approve(Act(alice, MONDAY), number, version=2)
    await problems.fix(act, number, version=3)
    return number


async def tell(by: Member, number: int, case: int, channel: Channel = Channel.EMAIL) -> None:
    await announcements.tell(Act(by, MONDAY + DAY), number, case, channel=channel, text="We changed it.")


async def test_the_message_is_in_the_language_of_the_post_and_filled_in(alice: Member, bob: Member):
    english = await make_case(bob, text="The cake never arrived and nobody answers the phone.")
    french = await make_case(bob, text="Le gâteau n’est jamais arrivé et personne ne répond.", lang="fr")
    number = await fixed(alice, bob, english, french)
    one = await announcements.prepare(Act(bob, MONDAY), number, english)
    assert one.text == f"Dear Dana, you told us about the parcels (#{english}). We changed the courier."
    other = await announcements.prepare(Act(bob, MONDAY), number, french)
    assert (other.language, other.text) == (
        Language.FRENCH,
        "Bonjour Dana, nous avons changé de transporteur.",
    )


async def test_who_is_told_is_told_once_and_the_case_keeps_the_message(alice: Member, bob: Member):
    case = await make_case(bob)
    number = await fixed(alice, bob, case)
    assert await announcements.next_untold(number) == case
    await tell(bob, number, case)
    assert await entries(case) == ["captured", "linked", "touchpoint"]
    assert await announcements.next_untold(number) is None
    with pytest.raises(NotToBeTold):
        await tell(bob, number, case)
    [row] = (await problems.detail(number, now=MONDAY)).cases
    assert (row.told_at, row.told_by) == (MONDAY + DAY, bob.name)


async def test_a_case_whose_second_chance_waits_gets_it_with_the_message(alice: Member, bob: Member):
    case = await make_case(bob)
    await lead_to(case, "second_chance", by=bob)
    number, day = await fixed(alice, bob, case), await second_chance_day(case)
    assert not (await announcements.prepare(Act(bob, MONDAY), number, case)).is_second_chance
    assert (await announcements.prepare(Act(bob, day), number, case)).is_second_chance
    await announcements.tell(Act(bob, day), number, case, channel=Channel.EMAIL, text="We changed it.")
    assert (await case_row(case))["stage"] == "checked_in"


async def test_a_public_message_is_no_second_chance_but_counts_as_a_reply(alice: Member, bob: Member):
    case = await make_case(bob)
    await lead_to(case, "second_chance", by=bob)
    number, before = await fixed(alice, bob, case), (await case_row(case))["public_replies"]
    await tell(bob, number, case, Channel.PUBLIC_REPLY)
    row = await case_row(case)
    assert (row["stage"], row["public_replies"]) == ("second_chance", before + 1)


async def test_what_they_say_afterwards_is_seen(alice: Member, bob: Member):
    case = await make_case(bob)
    number = await fixed(alice, bob, case)
    await tell(bob, number, case)
    told = (await problems.detail(number, now=MONDAY)).cases
    assert await announcements.answered(told) == frozenset()
    act = Act(bob, MONDAY + DAY + HOUR)
    await case_commands.record_touchpoint(act, case, channel=Channel.EMAIL, direction="in", text="Thank you!")
    assert await announcements.answered(told) == {case}


async def test_nobody_is_told_before_it_is_fixed_and_approved(alice: Member, bob: Member):
    case, other = [await make_case(bob) for _ in range(2)]
    number = await problems.open_problem(Act(bob, MONDAY), "Parcels get lost", numbers=[case])
    with pytest.raises(NotToBeTold):
        await tell(bob, number, case)
    await problems.announce(Act(bob, MONDAY), number, CHANGE, version=1)
    await problems.fix(Act(bob, MONDAY), number, version=2)
    with pytest.raises(NotToBeTold):
        await tell(bob, number, case)
    await problems.approve(Act(alice, MONDAY), number, version=3)
    with pytest.raises(NotToBeTold):
        await tell(bob, number, other)
    await tell(bob, number, case)


async def test_who_asked_not_to_be_contacted_is_not_told(alice: Member, bob: Member):
    case = await make_case(bob)
    number = await fixed(alice, bob, case)
    await tables.Author.update({tables.Author.opted_out: True}, force=True)
    with pytest.raises(NotToBeTold):
        await tell(bob, number, case)
    assert await announcements.next_untold(number) is None
