"""Is every new case shown once, with what the practices recommend, and decided with its reason?"""

from uuid import uuid4

import pytest

from amends import tables
from amends.rules.vocabulary import Nature, Severity, Stance
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.stances import Assessment
from amends.services.case.access import CaseChanged
from amends.services.desk import case_themes, cases, themes
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, moves, triage
from amends.services.workflow.triage import AlreadyDecided, StanceNotHere
from tests.world import DAY, HOUR, MONDAY, case_row, entries, make_case, move, owed

S3 = Severity.S3


async def decide(number: int, stance: Stance, by: Member, **given: object) -> None:
    said = MoveInput(**given)
    await triage.decide(Act(by, MONDAY), number, stance, said, version=None)


async def test_new_cases_wait_the_soonest_due_first_and_what_sleeps_does_not(bob: Member):
    first, second = await make_case(bob), await make_case(bob, now=MONDAY + HOUR)
    asleep, moved = await make_case(bob), await make_case(bob)
    await case_commands.snooze(Act(bob, MONDAY), asleep, until=MONDAY + DAY, wake_on_reply=True, reason="")
    await move(moved, "answer", by=bob, severity="s3", stance="fix")
    assert await triage.waiting(now=MONDAY + HOUR) == [first, second]


async def test_a_new_case_that_is_asked_for_comes_first_though_it_sleeps(bob: Member):
    first, asleep, moved = [await make_case(bob) for _ in range(3)]
    await case_commands.snooze(Act(bob, MONDAY), asleep, until=MONDAY + DAY, wake_on_reply=True, reason="")
    await move(moved, "answer", by=bob, severity="s3", stance="fix")
    assert await triage.waiting(now=MONDAY, asked=asleep) == [asleep, first]
    assert await triage.waiting(now=MONDAY, asked=moved) == [first]
    assert await triage.waiting(now=MONDAY, asked=first) == [first]


async def test_more_new_cases_than_a_screen_holds_are_all_counted(bob: Member):
    about = {"title": "", "platform": "x", "opened_at": MONDAY, "moved_at": MONDAY, "due_at": MONDAY}
    await tables.Case.insert(*(tables.Case(id=uuid4(), number=number, **about) for number in range(1, 301)))
    assert await triage.waiting(now=MONDAY) == list(range(1, 301))


async def test_what_is_known_leads_to_a_recommendation_and_what_is_typed_comes_before_it(bob: Member):
    number = await make_case(bob)
    assert (await triage.begin(Act(bob, MONDAY), number)).recommended is None
    typed = Assessment(Nature.COMPLAINT, S3, "ours")
    found = (await triage.begin(Act(bob, MONDAY), number, known=typed)).recommended
    assert found is not None
    assert found.stance is Stance.FIX
    assert (await case_row(number))["nature"] is None, "nothing is kept"


async def test_a_post_that_many_saw_is_one_to_answer(bob: Member):
    quiet, loud = await make_case(bob), await make_case(bob, metrics={"likes": 4_000})
    assert not triage.seen((await triage.begin(Act(bob, MONDAY), quiet)).detail)
    assert triage.seen((await triage.begin(Act(bob, MONDAY), loud)).detail)


async def test_the_authors_other_cases_stand_beside_it(bob: Member):
    other, number = await make_case(bob, id="1"), await make_case(bob, id="2")
    assert [row.number for row in (await triage.begin(Act(bob, MONDAY), number)).others] == [other]


@pytest.mark.parametrize(
    ("stance", "stage", "given"),
    [
        (Stance.ANSWER, "acknowledge", {"severity": S3}),
        (Stance.CLARIFY, "acknowledge", {"severity": S3}),
        (Stance.FIX, "acknowledge", {"severity": S3}),
        (Stance.ESCALATE, "escalated", {"severity": Severity.S1, "reason": "A lawyer writes"}),
        (Stance.LET_GO, "closed", {"severity": Severity.S4, "reason": "An advertisement"}),
        (
            Stance.WATCH_IN_SILENCE,
            "watched",
            {"severity": Severity.S4, "reason": "It wants attention", "review_on": (MONDAY + DAY).date()},
        ),
    ],
)
async def test_a_stance_is_the_move_that_it_means_and_stays_with_its_reason(
    bob: Member, stance: Stance, stage: str, given: dict
):
    number = await make_case(bob)
    await decide(number, stance, bob, nature=Nature.CRITICISM, **given)
    case = await case_row(number)
    assert (case["stage"], case["stance"], case["nature"]) == (stage, stance, "criticism")
    assert case["severity"] == given["severity"], "what was typed stays, whatever is decided"
    [entry] = [one for one in (await cases.detail(Act(bob, MONDAY), number)).timeline if one.kind == "moved"]
    assert entry.particulars.get("reason") == given.get("reason")
    assert not await owed(number) if stage == "closed" else await owed(number)


async def test_who_does_not_answer_says_why_and_when_to_look_again(bob: Member):
    number = await make_case(bob)
    with pytest.raises(moves.MoveIncomplete) as wrong:
        await decide(number, Stance.WATCH_IN_SILENCE, bob)
    assert set(wrong.value.fields) == {"reason", "review_on"}
    assert (await case_row(number))["stage"] == "new"


async def test_what_is_decided_later_is_refused_here(bob: Member):
    number = await make_case(bob)
    for stance in (Stance.BLOCK, Stance.CONCEDE):
        with pytest.raises(StanceNotHere):
            await decide(number, stance, bob, reason="Enough")


async def test_of_two_who_decide_the_second_is_told(alice: Member, bob: Member):
    number = await make_case(bob)
    await decide(number, Stance.FIX, bob, severity=S3)
    with pytest.raises(AlreadyDecided):
        await triage.begin(Act(alice, MONDAY), number)
    with pytest.raises(moves.MoveRefused):
        await decide(number, Stance.ANSWER, alice, severity=S3)


async def test_a_decision_is_taken_back_within_half_a_minute(bob: Member):
    number = await make_case(bob)
    await decide(number, Stance.FIX, bob, severity=S3)
    [undo] = await tables.Undo.select(tables.Undo.id)
    await moves.undo(Act(bob, MONDAY), number, undo["id"])
    assert await triage.waiting(now=MONDAY) == [number]


async def test_what_a_case_is_about_is_said_with_the_decision_and_stays_when_that_is_taken_back(bob: Member):
    late = await themes.make(Act(bob, MONDAY), "Late")
    number = await make_case(bob)
    seen = (await case_row(number))["version"]
    said = MoveInput(severity=S3)
    way_back = await triage.decide(Act(bob, MONDAY), number, Stance.FIX, said, about=[late], version=seen)
    assert (await case_row(number))["stage"] == "acknowledge"
    assert (await entries(number))[:2] == ["captured", "themed"]
    await moves.undo(Act(bob, MONDAY), number, way_back)
    assert await triage.waiting(now=MONDAY) == [number]
    assert await case_themes.given_to(number) == {late}


async def test_a_decision_about_a_case_that_has_changed_meanwhile_says_nothing_about_it(bob: Member):
    late = await themes.make(Act(bob, MONDAY), "Late")
    number = await make_case(bob)
    seen = (await case_row(number))["version"]
    await case_commands.note(Act(bob, MONDAY), number, text="He rang.")
    with pytest.raises(CaseChanged):
        await triage.decide(
            Act(bob, MONDAY), number, Stance.FIX, MoveInput(severity=S3), about=[late], version=seen
        )
    assert await case_themes.given_to(number) == frozenset()
