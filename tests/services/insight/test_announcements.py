"""Is everybody of a fixed problem told what has changed: in their language, once, on their own case?"""

import pytest

from amends import tables
from amends.rules.vocabulary import Channel, Language, ProblemState
from amends.services.desk import problems
from amends.services.desk.problems import NotInThisState, Untold, Words
from amends.services.insight import announcements
from amends.services.insight.announcements import NotFilledIn, NotToBeTold
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, move, second_chance_day

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
    assert await problems.next_untold(number) == case
    await tell(bob, number, case)
    assert await entries(case) == ["captured", "linked", "touchpoint"]
    assert await problems.next_untold(number) is None
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
    assert await problems.next_untold(number) is None


async def test_who_cannot_be_told_is_counted_apart_and_never_the_next_one(alice: Member, bob: Member):
    first = await make_case(bob, author={"name": "Eli", "handle": "@eli"})
    await tables.Author.update({tables.Author.opted_out: True}, force=True)
    merged, kept = [await make_case(bob) for _ in range(2)]
    await move(merged, "join", by=bob, duplicate_of=kept)
    number = await fixed(alice, bob, first, merged, kept)
    found = await problems.detail(number, now=MONDAY)
    assert [one.may_be_told for one in found.cases] == [False, False, True]
    assert found.untold == Untold(waiting=1, opted_out=1)
    assert await problems.next_untold(number) == kept
    await tell(bob, number, kept)
    assert (await problems.detail(number, now=MONDAY)).untold == Untold(waiting=0, opted_out=1)


async def test_a_merged_case_is_told_itself_where_the_kept_one_is_not_of_the_problem(
    alice: Member, bob: Member
):
    merged, kept = [await make_case(bob) for _ in range(2)]
    await move(merged, "join", by=bob, duplicate_of=kept)
    assert await problems.next_untold(await fixed(alice, bob, merged)) == merged


async def test_one_person_with_two_cases_is_one_person(alice: Member, bob: Member):
    number = await fixed(alice, bob, *[await make_case(bob) for _ in range(2)])
    assert (await problems.detail(number, now=MONDAY)).untold.waiting == 1


async def test_who_was_told_on_one_case_is_not_offered_on_another(alice: Member, bob: Member):
    first, second = [await make_case(bob) for _ in range(2)]
    number = await fixed(alice, bob, first, second)
    await tell(bob, number, first)
    assert await problems.next_untold(number) is None
    assert [one.may_be_told for one in (await problems.detail(number, now=MONDAY)).cases] == [False, False]
    with pytest.raises(NotToBeTold, match=f"on #{first}"):
        await tell(bob, number, second)


async def test_the_list_counts_people_as_the_page_does(alice: Member, bob: Member):
    cases = [await make_case(bob), await make_case(bob)]
    cases.append(await make_case(bob, author={"name": "Eli", "handle": "@eli"}))
    number = await fixed(alice, bob, *cases)
    await tell(bob, number, cases[0])
    [line] = await problems.listed(ProblemState.FIXED)
    assert (line.people, line.cases, line.told, line.untold) == (2, 3, 1, 1)
    assert (await problems.detail(number, now=MONDAY)).untold.waiting == line.untold


async def test_who_was_told_of_a_fix_that_did_not_hold_may_be_told_of_the_next_one(
    alice: Member, bob: Member
):
    case = await make_case(bob)
    number = await fixed(alice, bob, case)
    await tell(bob, number, case)
    later = MONDAY + 3 * DAY
    await problems.come_back(number, people=3, now=later)
    await problems.approve(Act(alice, later), number, version=await version(number))
    await problems.fix(Act(bob, later), number, version=await version(number))
    [row] = (await problems.detail(number, now=later)).cases
    assert (row.of_this_fix, row.may_be_told) == (False, True)
    assert await problems.next_untold(number) == case


async def version(number: int) -> int:
    return (await problems.find(number)).version


async def test_a_message_with_braces_left_is_not_taken_for_sent(alice: Member, bob: Member):
    case = await make_case(bob)
    number = await fixed(alice, bob, case)
    with pytest.raises(NotFilledIn):
        await announcements.tell(
            Act(bob, MONDAY),
            number,
            case,
            channel=Channel.EMAIL,
            text="Dear {author}, write to {private_place}.",
        )
    assert await problems.next_untold(number) == case


async def test_whoever_was_told_stays_with_the_problem(alice: Member, bob: Member):
    case = await make_case(bob)
    number = await fixed(alice, bob, case)
    await tell(bob, number, case)
    with pytest.raises(NotInThisState):
        await problems.unlink(Act(bob, MONDAY), number, case)
    assert (await problems.detail(number, now=MONDAY)).cases[0].told_at


@pytest.mark.parametrize("name", ["hear_new_problem", "report_not_fixed"])
async def test_an_answer_that_is_a_move_is_seen_as_well(alice: Member, bob: Member, name: str):
    case = await make_case(bob)
    stage = {"hear_new_problem": "checked_in", "report_not_fixed": "resolved"}[name]
    at = await lead_to(case, stage, by=bob)
    number = await fixed(alice, bob, case)
    await announcements.tell(Act(bob, at), number, case, channel=Channel.PUBLIC_REPLY, text="We changed it.")
    await move(case, name, by=bob, now=at + HOUR, channel="email", text="It happened again.")
    told = (await problems.detail(number, now=MONDAY)).cases
    assert await announcements.answered(told) == {case}
