"""Facts of the next step in the row of a list are those that the page of the case reads in full."""

from dataclasses import fields

import pytest

from amends.rules.vocabulary import Stage
from amends.services.case import access, next_steps
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters
from amends.services.follow_up import follow_ups
from amends.services.team import absences
from amends.services.team.members import Act, Member
from tests.world import DAY, JOURNEY, MONDAY, lead_to, make_case, make_member, move

ONLY_IN_FULL = {"rules", "due", "open_promises", "remedies_asked"}
"""What a list does not read, for no step depends on it."""
TEXT = "We are sorry about the cake. Please write to us, so that we can look into it."


async def row_of(number: int):
    page = await cases.page(CaseFilters(stage="all"), now=MONDAY)
    return next(row for row in page.rows if row.number == number)


@pytest.mark.parametrize("stage", [Stage(name) for name in JOURNEY])
async def test_a_row_knows_what_the_page_knows(bob: Member, stage: Stage):
    number = await make_case(bob)
    now = await lead_to(number, stage, by=bob)
    if stage is Stage.ACKNOWLEDGE:
        await move(number, "submit_draft", by=bob, now=now, text=TEXT)
    await follow_ups.promise(Act(bob, now), number, words="Call", due_at=now + DAY)
    case = await access.find(number, by=bob)
    whole, listed = await access.facts_of(case), (await row_of(number)).facts
    detail = (await cases.detail(Act(bob, now), number)).facts
    for name in (one.name for one in fields(whole) if one.name not in ONLY_IN_FULL):
        assert getattr(listed, name) == getattr(whole, name) == getattr(detail, name), name


async def test_a_row_names_who_wrote_a_draft_and_who_reads_it(alice: Member, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text=TEXT)
    row = await row_of(number)
    assert (row.drafter, row.reader) == ("Bob", "Alice")


async def test_who_stands_in_for_a_lead_is_asked_to_read(alice: Member, bob: Member):
    eve = await make_member("eve")
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text=TEXT)
    facts = (await row_of(number)).facts
    before = await next_steps.viewer(Act(eve, MONDAY), [facts])
    assert before.step(facts, now=MONDAY).do == "await_reader"
    await absences.plan(Act(alice, MONDAY), alice.id, begins_at=MONDAY, ends_at=MONDAY + DAY, deputy=eve.id)
    viewer = await next_steps.viewer(Act(eve, MONDAY), [facts])
    assert viewer.step(facts, now=MONDAY).do == "read_draft"
