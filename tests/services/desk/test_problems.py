"""Is a problem gathered from cases, owed by its owner, worded, fixed, dropped and opened again?"""

from typing import Any

import pytest

from amends import tables
from amends.rules.reply.reply_templates import UnknownVariable
from amends.rules.vocabulary import FollowUpKind, Language, ProblemState
from amends.services.desk import problems
from amends.services.desk.cases import shared_problems
from amends.services.desk.problems import (
    Given,
    NoCaseChosen,
    NothingToTell,
    NotInThisState,
    ProblemChanged,
    ProblemNameless,
    ProblemUnknown,
    Words,
)
from amends.services.follow_up.follow_ups import DateNotAhead
from amends.services.reply import variants
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import leaving, removals
from tests.world import DAY, MONDAY, entries, lead_to, make_case, owed

TITLE = "The courier loses parcels"


async def problem_of(number: int) -> tables.Problem:
    return await problems.find(number)


async def opened(by: Member, *cases: int) -> int:
    return await problems.open_problem(Act(by, MONDAY), TITLE, numbers=cases)


async def dated(by: Member, number: int, **given: Any) -> None:
    version = (await problem_of(number)).version
    given = {"title": TITLE, "owner": by.id, "due_at": MONDAY + DAY, **given}
    await problems.change(Act(by, MONDAY), number, Given(**given), version=version)


@pytest.fixture
async def cases(bob: Member) -> list[int]:
    return [await make_case(bob) for _ in range(3)]


async def test_each_case_says_which_problem_it_belongs_to(bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    for case in cases:
        assert await entries(case) == ["captured", "linked"]
        case_id = (await tables.Case.select(tables.Case.id).where(tables.Case.number == case))[0]["id"]
        assert [one.title for one in await shared_problems.of_case(case_id)] == [TITLE]
    [row] = await problems.listed(ProblemState.OPEN)
    assert (row.number, row.people, row.cases, row.told) == (number, 1, 3, 0)


async def test_linking_twice_writes_once(bob: Member, cases: list[int]):
    number = await opened(bob, cases[0])
    await problems.link(Act(bob, MONDAY), number, cases)
    await problems.link(Act(bob, MONDAY), number, cases)
    assert await entries(cases[0]) == ["captured", "linked"]
    found = await problems.detail(number, now=MONDAY)
    assert [line.told.get("cases") for line in found.history] == [cases[1:], cases[:1], None]


async def test_a_case_that_was_taken_out_can_be_put_back(bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    await problems.unlink(Act(bob, MONDAY), number, cases[0])
    assert [one.case.number for one in (await problems.detail(number, now=MONDAY)).cases] == cases[1:]
    await problems.link(Act(bob, MONDAY), number, cases[:1])
    assert len((await problems.detail(number, now=MONDAY)).cases) == 3


async def test_the_fix_is_owed_by_the_owner_on_the_oldest_case_until_it_is_done(
    alice: Member, bob: Member, cases: list[int]
):
    number = await opened(bob, *cases)
    await dated(alice, number, action="Another courier")
    follow_up = (await owed(cases[0]))[FollowUpKind.CORRECTION]
    assert (follow_up["owner"], follow_up["due_at"]) == (alice.id, MONDAY + DAY)
    assert follow_up["words"] == f"{TITLE}: Another courier"
    await problems.fix(Act(bob, MONDAY), number, version=(await problem_of(number)).version)
    assert FollowUpKind.CORRECTION not in await owed(cases[0])
    assert FollowUpKind.CORRECTION in await owed(cases[0], state="done")


async def test_a_long_action_is_owed_in_words_that_say_that_they_are_cut(bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    await dated(bob, number, action="word " * 500)
    words = (await owed(cases[0]))[FollowUpKind.CORRECTION]["words"]
    assert len(words) <= 2_000
    assert words.endswith("…")


async def test_another_date_or_owner_takes_the_place_of_the_first(
    alice: Member, bob: Member, cases: list[int]
):
    number = await opened(bob, *cases)
    await dated(alice, number)
    await dated(bob, number, due_at=MONDAY + 2 * DAY)
    follow_up = (await owed(cases[0]))[FollowUpKind.CORRECTION]
    assert (follow_up["owner"], follow_up["due_at"]) == (bob.id, MONDAY + 2 * DAY)
    await dated(bob, number, due_at=None)
    assert FollowUpKind.CORRECTION not in await owed(cases[0])


async def test_the_fix_goes_on_being_owed_when_its_case_is_taken_out(bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    await dated(bob, number)
    await problems.unlink(Act(bob, MONDAY), number, cases[0])
    assert FollowUpKind.CORRECTION not in await owed(cases[0])
    assert FollowUpKind.CORRECTION in await owed(cases[1])


async def test_a_date_that_has_passed_is_refused_and_nothing_changes(bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    with pytest.raises(DateNotAhead):
        await dated(bob, number, due_at=MONDAY - DAY, cause="A new depot")
    assert (await problem_of(number)).cause == ""


async def test_who_saw_another_version_is_told(bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    await problems.word(Act(bob, MONDAY), number, Words(en="We know."), version=1)
    with pytest.raises(ProblemChanged):
        await problems.word(Act(bob, MONDAY), number, Words(en="We are on it."), version=1)
    assert (await problem_of(number)).line_en == "We know."


async def test_every_wording_stays_in_the_history(bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    for version, line in enumerate(("We know.", "We are on it."), start=1):
        await problems.word(Act(bob, MONDAY), number, Words(en=line), version=version)
    history = (await problems.detail(number, now=MONDAY)).history
    assert [line.told.get("line_en") for line in history[:2]] == ["We are on it.", "We know."]


@pytest.mark.parametrize("field", ["en", "fr"])
async def test_words_that_could_never_be_filled_in_are_refused_at_their_field(
    bob: Member, cases: list[int], field: str
):
    number = await opened(bob, *cases)
    with pytest.raises(UnknownVariable) as refused:
        await problems.announce(Act(bob, MONDAY), number, Words(**{field: "Dear {name}"}), version=1)
    assert list(refused.value.fields) == [f"change_{field}"]


async def test_other_words_have_to_be_approved_anew(alice: Member, bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    with pytest.raises(NothingToTell):
        await problems.approve(Act(alice, MONDAY), number, version=1)
    await problems.announce(Act(bob, MONDAY), number, Words(en="We changed the courier."), version=1)
    await problems.approve(Act(alice, MONDAY), number, version=2)
    assert (await problem_of(number)).approved_by == alice.id
    await problems.announce(Act(bob, MONDAY), number, Words(en="We changed the carrier."), version=3)
    assert (await problem_of(number)).approved_at is None


async def test_a_dropped_problem_can_be_opened_again_and_a_fixed_one_is_not_dropped(
    bob: Member, cases: list[int]
):
    number = await opened(bob, *cases)
    await dated(bob, number)
    await problems.drop(Act(bob, MONDAY), number, reason="Three couriers", version=2)
    assert FollowUpKind.CORRECTION not in await owed(cases[0])
    await problems.reopen(Act(bob, MONDAY), number, version=3)
    assert FollowUpKind.CORRECTION in await owed(cases[0])
    await problems.fix(Act(bob, MONDAY), number, version=4)
    with pytest.raises(NotInThisState):
        await problems.drop(Act(bob, MONDAY), number, reason="", version=5)


async def test_its_public_line_stands_in_prepared_replies(bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    await problems.word(Act(bob, MONDAY), number, Words(en="We are changing the courier."), version=1)
    case = await tables.Case.objects().get(tables.Case.number == cases[0])
    assert case
    language = await variants.spoken(case, otherwise=Language.ENGLISH)
    rules = await reply_rules.current()
    filled = await variants.filled(case, "Sorry! {problem_line}", rules, language=language, by=bob)
    assert filled.text == "Sorry! We are changing the courier."


async def test_a_removed_case_leaves_the_problem_and_its_fix_goes_on_being_owed(
    alice: Member, bob: Member, cases: list[int]
):
    number = await opened(bob, *cases)
    await dated(bob, number)
    await removals.remove(Act(alice, MONDAY), cases[0], reason="A test")
    found = await problems.detail(number, now=MONDAY)
    assert [one.case.number for one in found.cases] == cases[1:]
    follow_up = (await owed(cases[1]))[FollowUpKind.CORRECTION]
    assert (follow_up["id"], follow_up["owner"]) == (found.problem.follow_up, bob.id)
    for case in cases[1:]:
        await removals.remove(Act(alice, MONDAY), case, reason="A test")
    assert (await problem_of(number)).follow_up is None


async def test_what_is_late_can_be_changed_taken_out_and_opened_again_and_stays_late(
    alice: Member, bob: Member, cases: list[int]
):
    number = await opened(bob, *cases)
    await dated(bob, number)
    late, due_at = Act(bob, MONDAY + 2 * DAY), MONDAY + DAY
    given = Given(title=TITLE, action="Another courier", owner=alice.id, due_at=due_at)
    await problems.change(late, number, given, version=2)
    await problems.unlink(late, number, cases[0])
    assert FollowUpKind.CORRECTION not in await owed(cases[0])
    follow_up = (await owed(cases[1]))[FollowUpKind.CORRECTION]
    assert (follow_up["owner"], follow_up["due_at"]) == (alice.id, due_at)
    await problems.fix(late, number, version=(await problem_of(number)).version)
    await problems.reopen(late, number, version=(await problem_of(number)).version)
    assert (await owed(cases[1]))[FollowUpKind.CORRECTION]["due_at"] == due_at


async def test_a_problem_that_came_back_is_owed_by_its_owner_again(bob: Member, cases: list[int]):
    number = await opened(bob, *cases)
    await dated(bob, number)
    await problems.fix(Act(bob, MONDAY), number, version=2)
    await problems.come_back(number, people=3, now=MONDAY + 2 * DAY)
    assert (await owed(cases[0]))[FollowUpKind.CORRECTION]["owner"] == bob.id


@pytest.mark.parametrize("heir", ["alice", ""])
async def test_the_problem_of_who_leaves_is_owned_by_who_takes_over_its_fix(
    alice: Member, bob: Member, cases: list[int], heir: str
):
    number = await opened(bob, *cases)
    await dated(bob, number)
    chosen = alice.id if heir else None
    await leaving.disable(bob.id, {leaving.Belonging.FOLLOW_UPS: chosen}, by=None, now=MONDAY)
    assert (await problem_of(number)).owner == chosen
    assert (await owed(cases[0]))[FollowUpKind.CORRECTION]["owner"] == chosen


async def test_what_does_not_make_sense_is_refused(bob: Member, cases: list[int]):
    with pytest.raises(ProblemNameless):
        await problems.open_problem(Act(bob, MONDAY), " \u200b ", numbers=cases)
    with pytest.raises(ProblemNameless):
        await problems.open_problem(Act(bob, MONDAY), "x" * 121, numbers=cases)
    with pytest.raises(NoCaseChosen):
        await opened(bob)
    with pytest.raises(ProblemUnknown):
        await problems.detail(4711, now=MONDAY)
    assert await problems.listed(ProblemState.OPEN) == []


async def test_a_closed_case_belongs_to_a_problem_too(bob: Member, cases: list[int]):
    await lead_to(cases[0], "second_chance", by=bob)
    number = await opened(bob, *cases)
    await dated(bob, number)
    assert FollowUpKind.CORRECTION in await owed(cases[0])
