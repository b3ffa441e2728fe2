"""Does a playbook become the checklist of a case, and stay what it was when it was started?"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.rules.vocabulary import FollowUpKind, PlaybookSubject, StepKind
from amends.services.case import timeline
from amends.services.case.access import CaseIsClosed
from amends.services.desk import cases
from amends.services.follow_up import checklists, follow_ups, outside_contacts, playbooks
from amends.services.follow_up.checklists import (
    ChecklistShown,
    StepSettled,
    StepShown,
    StepUnknown,
    StepWithoutWords,
)
from amends.services.follow_up.outside_contacts import GivenContact
from amends.services.follow_up.playbooks import Given, PlaybookUnknown, Step
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, moves
from tests.world import DAY, HOUR, MONDAY, case_row, entries, make_case, move, owed

REMINDER = FollowUpKind.REMINDER
STEPS = (
    Step(row=1, words="Ring the warehouse", within_hours=4),
    Step(row=2, words="Order number?", kind=StepKind.ASK, variable="order_number", within_hours=9),
    Step(row=3, words="Offer a voucher"),
)
GIVEN = Given(name="Complaints", subject=PlaybookSubject.NATURE, about="complaint", steps=STEPS)


@pytest.fixture
async def playbook(alice: Member) -> UUID:
    return await playbooks.make(Act(alice, MONDAY), GIVEN)


@pytest.fixture
async def number(bob: Member) -> int:
    made = await make_case(bob)
    await move(made, "answer", by=bob, severity="s3", stance="fix", nature="complaint")
    return made


async def shown(number: int) -> ChecklistShown:
    [one] = await checklists.of_case((await case_row(number))["id"])
    return one


async def step(number: int, position: int) -> StepShown:
    return (await shown(number)).steps[position - 1]


async def states(number: int) -> list[str]:
    return [one.state.value for one in (await shown(number)).steps]


async def reminders(number: int, state: str = "due") -> list[dict[str, Any]]:
    table = tables.FollowUp
    case = await case_row(number)
    where = (table.case == case["id"]) & (table.kind == REMINDER) & (table.state == state)
    return await table.select().where(where).order_by(table.due_at)


async def test_the_fitting_playbook_is_offered_and_started_once(number: int, playbook: UUID, bob: Member):
    detail = await cases.detail(Act(bob, MONDAY), number)
    assert [row.id for row, _fit in detail.playbooks] == [playbook]
    for _ in range(2):
        await checklists.start(Act(bob, MONDAY), number, playbook)
    assert await states(number) == ["open", "open", "open"]
    assert (await entries(number))[-1:] == ["checklist"]
    assert (await playbooks.find(playbook)).used == 1


async def test_a_dated_step_is_a_reminder_in_working_time(number: int, playbook: UUID, bob: Member):
    await checklists.start(Act(bob, MONDAY), number, playbook)
    assert [(one["words"], one["owner"], one["due_at"]) for one in await reminders(number)] == [
        ("Ring the warehouse", bob.id, MONDAY + 4 * HOUR),
        ("Order number?", bob.id, MONDAY + DAY),  # nine hours are a working day
    ]
    assert (await step(number, 1)).due_at == MONDAY + 4 * HOUR


async def test_ticking_a_step_ends_its_reminder(number: int, playbook: UUID, bob: Member):
    await checklists.start(Act(bob, MONDAY), number, playbook)
    first = (await step(number, 1)).id
    await checklists.tick(Act(bob, MONDAY + HOUR), number, first)
    done = await step(number, 1)
    assert (done.state, done.settled_by and done.settled_by.name) == ("done", bob.name)
    assert done.settled_at == MONDAY + HOUR
    assert [one["words"] for one in await reminders(number)] == ["Order number?"]
    assert [one["words"] for one in await reminders(number, "done")] == ["Ring the warehouse"]
    told = (await timeline.of_case((await case_row(number))["id"]))[-1].particulars
    assert (told["deed"], told["step"]) == ("done", "Ring the warehouse")
    with pytest.raises(StepSettled):
        await checklists.tick(Act(bob, MONDAY), number, first)


async def test_ticking_the_reminder_ticks_the_step_but_answers_no_question(
    number: int, playbook: UUID, bob: Member
):
    await checklists.start(Act(bob, MONDAY), number, playbook)
    for one in await reminders(number):
        await follow_ups.tick(Act(bob, MONDAY + HOUR), one["id"])
    assert await states(number) == ["done", "open", "open"]


async def test_an_answer_is_kept_and_can_be_corrected(number: int, playbook: UUID, bob: Member):
    await checklists.start(Act(bob, MONDAY), number, playbook)
    question = (await step(number, 2)).id
    with pytest.raises(StepUnknown):
        await checklists.tick(Act(bob, MONDAY), number, question)
    with pytest.raises(StepWithoutWords):
        await checklists.answer(Act(bob, MONDAY), number, question, " ")
    for text in ("4711", "4712", "4712"):
        await checklists.answer(Act(bob, MONDAY), number, question, text)
    assert ((await step(number, 2)).answer, await states(number)) == ("4712", ["open", "done", "open"])
    assert (await entries(number)).count("checklist") == 3


async def test_a_step_is_skipped_for_a_reason_and_can_be_opened_again(
    number: int, playbook: UUID, bob: Member
):
    await checklists.start(Act(bob, MONDAY), number, playbook)
    first = (await step(number, 1)).id
    with pytest.raises(StepWithoutWords):
        await checklists.skip(Act(bob, MONDAY), number, first, "")
    await checklists.skip(Act(bob, MONDAY), number, first, "They are closed today")
    skipped = await step(number, 1)
    assert (skipped.state, skipped.reason) == ("skipped", "They are closed today")
    assert [one["words"] for one in await reminders(number, "dropped")] == ["Ring the warehouse"]
    for _ in range(2):
        await checklists.reopen(Act(bob, MONDAY), number, first)
    again = await step(number, 1)
    assert (again.state, again.reason, again.due_at) == ("open", "", MONDAY + 4 * HOUR)
    await checklists.skip(Act(bob, MONDAY), number, first, "Closed")
    await checklists.reopen(Act(bob, MONDAY + DAY), number, first)
    assert (await step(number, 1)).due_at is None, "its date has passed"


async def test_a_playbook_that_changes_leaves_what_was_started(
    number: int, playbook: UUID, alice: Member, bob: Member
):
    await checklists.start(Act(bob, MONDAY), number, playbook)
    before = await shown(number)
    other = Given(
        name="Other", subject=PlaybookSubject.NATURE, about="spam", steps=(Step(row=1, words="Nothing"),)
    )
    await playbooks.change(Act(alice, MONDAY), playbook, other, version=1)
    await playbooks.retire(Act(alice, MONDAY), playbook)
    assert await shown(number) == before
    fresh = await make_case(bob)
    with pytest.raises(PlaybookUnknown):
        await checklists.start(Act(bob, MONDAY), fresh, playbook)


async def test_a_step_shows_its_contact_as_it_is_reached_now(number: int, alice: Member, bob: Member):
    legal = await outside_contacts.add_contact(GivenContact(name="Legal", reach="12"))
    steps = (Step(row=1, words="Ask legal", contact=legal),)
    made = await playbooks.make(
        Act(alice, MONDAY), Given(name="Ask", subject=PlaybookSubject.SEVERITY, about="s3", steps=steps)
    )
    await checklists.start(Act(bob, MONDAY), number, made)
    await outside_contacts.change_contact(legal, GivenContact(name="Legal", reach="13", hours="mornings"))
    one = await step(number, 1)
    assert (one.contact, one.reach, one.hours) == ("Legal", "13", "mornings")


async def test_the_dated_steps_go_with_the_case_to_its_new_owner(
    number: int, playbook: UUID, alice: Member, bob: Member
):
    await checklists.start(Act(bob, MONDAY), number, playbook)
    await follow_ups.remind(
        Act(bob, MONDAY), number, words="My own", due_at=MONDAY + timedelta(days=9), owner=bob.id
    )
    await case_commands.assign(Act(bob, MONDAY), number, owner=alice.id)
    assert [one["owner"] for one in await reminders(number)] == [alice.id, alice.id, bob.id]


async def test_a_closed_case_keeps_its_checklist_and_takes_no_more(number: int, playbook: UUID, bob: Member):
    await checklists.start(Act(bob, MONDAY), number, playbook)
    await move(number, "let_go", by=bob, reason="Rude")
    assert await states(number) == ["open", "open", "open"]
    assert REMINDER not in await owed(number)
    with pytest.raises(CaseIsClosed):
        await checklists.tick(Act(bob, MONDAY), number, (await step(number, 1)).id)


async def test_a_step_of_another_case_is_none_of_this_one(number: int, playbook: UUID, bob: Member):
    await checklists.start(Act(bob, MONDAY), number, playbook)
    other = await make_case(bob)
    for unknown in ((await step(number, 1)).id, uuid4()):
        with pytest.raises(StepUnknown):
            await checklists.tick(Act(bob, MONDAY), other, unknown)


async def test_a_case_that_is_merged_gives_its_checklist_to_the_kept_one_and_undo_brings_it_back(
    number: int, playbook: UUID, bob: Member
):
    kept = await make_case(bob)
    await checklists.start(Act(bob, MONDAY), number, playbook)
    first = (await step(number, 1)).id
    await move(number, "join", by=bob, duplicate_of=kept)
    assert (await step(kept, 1)).id == first
    await checklists.tick(Act(bob, MONDAY), kept, first)
    assert REMINDER in await owed(kept)
    assert await checklists.of_case((await case_row(number))["id"]) == ()
    other = await make_case(bob)
    await move(other, "answer", by=bob, severity="s3", stance="fix", nature="complaint")
    await checklists.start(Act(bob, MONDAY), other, playbook)
    undo = await move(other, "join", by=bob, duplicate_of=await make_case(bob))
    await moves.undo(Act(bob, MONDAY), other, undo)
    assert await states(other) == ["open", "open", "open"]
    assert REMINDER in await owed(other)


async def test_a_playbook_that_runs_on_both_goes_on_as_on_the_kept_case(
    number: int, playbook: UUID, bob: Member
):
    kept = await make_case(bob)
    await move(kept, "answer", by=bob, severity="s3", stance="fix", nature="complaint")
    for one in (kept, number):
        await checklists.start(Act(bob, MONDAY), one, playbook)
    theirs = {one["id"] for one in await reminders(kept)}
    await move(number, "join", by=bob, duplicate_of=kept)
    assert {one["id"] for one in await reminders(kept) if one["state"] == "due"} == theirs
    assert len((await shown(kept)).steps) == 3


async def test_what_was_done_on_a_case_that_is_merged_stands_beside_and_undo_gives_it_its_playbook_again(
    number: int, playbook: UUID, bob: Member
):
    kept = await make_case(bob)
    for one in (kept, number):
        await checklists.start(Act(bob, MONDAY), one, playbook)
    await checklists.tick(Act(bob, MONDAY), number, (await step(number, 1)).id)
    undo = await move(number, "join", by=bob, duplicate_of=kept)
    there = await checklists.of_case((await case_row(kept))["id"])
    both = sorted(there, key=lambda one: one.playbook is None)
    assert [checklist.steps[0].state for checklist in both] == ["open", "done"]
    assert [one.playbook for one in both] == [playbook, None]
    dated = [one["id"] for one in await reminders(kept) if one["state"] == "due"]
    assert {one.follow_up for one in both[0].steps} - {None} == set(dated)
    await moves.undo(Act(bob, MONDAY), number, undo)
    assert (await shown(number)).playbook == playbook
