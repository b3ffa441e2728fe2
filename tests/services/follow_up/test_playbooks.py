"""Are playbooks written, changed and retired, and never by two at once?"""

from typing import Any
from uuid import uuid4

import pytest

from amends.rules.follow_up.playbooks import WrongPlaybook
from amends.rules.vocabulary import PlaybookSubject, StepKind
from amends.services.desk import themes
from amends.services.follow_up import outside_contacts, playbooks
from amends.services.follow_up.outside_contacts import GivenContact
from amends.services.follow_up.playbooks import (
    Given,
    PlaybookChanged,
    PlaybookUnknown,
    Step,
)
from amends.services.follow_up.playbooks.commands import SubjectMissing
from amends.services.team.members import Act, Member
from tests.world import MONDAY

STEPS = (
    Step(row=1, words="Ring the warehouse", within_hours=4),
    Step(row=2, words="Order number?", kind=StepKind.ASK, variable="order_number"),
)


def given(**changed: Any) -> Given:
    usual = {"name": "Late", "subject": PlaybookSubject.NATURE, "about": "complaint", "steps": STEPS}
    return Given(**{**usual, **changed})


async def test_a_playbook_keeps_its_steps_in_their_order(alice: Member):
    warehouse = await outside_contacts.add_contact(GivenContact(name="Warehouse", reach="01 02 03 04 05"))
    steps = (*STEPS, Step(row=3, words=" Call\nback ", contact=warehouse), Step(row=4, words=" "))
    made = await playbooks.make(Act(alice, MONDAY), given(steps=steps))
    found = await playbooks.find(made)
    assert (found.name, found.version, found.steps, found.used) == ("Late", 1, 3, 0)
    assert (found.changed_by and found.changed_by.name, found.changed_at) == (alice.name, MONDAY)
    kept = await playbooks.steps_of(made)
    assert [(one.words, one.variable, one.within_hours, one.contact_name) for one in kept] == [
        ("Ring the warehouse", "", 4, ""),
        ("Order number?", "order_number", None, ""),
        ("Call back", "", None, "Warehouse"),
    ]


async def test_two_leads_do_not_overwrite_each_other(alice: Member, bob: Member):
    made = await playbooks.make(Act(alice, MONDAY), given())
    await playbooks.change(Act(bob, MONDAY), made, given(name="Later"), version=1)
    with pytest.raises(PlaybookChanged):
        await playbooks.change(Act(alice, MONDAY), made, given(name="Latest", steps=STEPS[:1]), version=1)
    assert ((await playbooks.find(made)).name, len(await playbooks.steps_of(made))) == ("Later", 2)


async def test_what_is_wrong_changes_nothing(alice: Member):
    made = await playbooks.make(Act(alice, MONDAY), given())
    with pytest.raises(WrongPlaybook):
        await playbooks.change(Act(alice, MONDAY), made, given(steps=()), version=1)
    taken = Step(row=1, words="Who?", kind=StepKind.ASK, variable="author")
    with pytest.raises(WrongPlaybook):
        await playbooks.make(Act(alice, MONDAY), given(steps=(taken,)))
    for subject in PlaybookSubject:
        with pytest.raises(SubjectMissing):
            await playbooks.make(Act(alice, MONDAY), given(subject=subject, about=str(uuid4())))
    with pytest.raises(PlaybookUnknown):
        await playbooks.change(Act(alice, MONDAY), uuid4(), given(), version=1)
    assert [one.version for one in await playbooks.everything()] == [1]


async def test_a_retired_playbook_is_offered_no_more(alice: Member):
    theme = await themes.make(Act(alice, MONDAY), "Delivery")
    about = {"subject": PlaybookSubject.THEME, "about": str(theme)}
    made = await playbooks.make(Act(alice, MONDAY), given(**about))
    await playbooks.retire(Act(alice, MONDAY), made)
    assert await playbooks.offered() == []
    assert [one.retired for one in await playbooks.everything()] == [True]
    await playbooks.restore(made)
    assert [one.id for one in await playbooks.offered()] == [made]
    with pytest.raises(PlaybookUnknown):
        await playbooks.retire(Act(alice, MONDAY), uuid4())


async def test_a_contact_that_goes_leaves_its_steps(alice: Member):
    made = await outside_contacts.add_contact(GivenContact(name="Legal", reach="legal@example.org"))
    step = Step(row=1, words="Ask", contact=made)
    book = await playbooks.make(Act(alice, MONDAY), given(steps=(step,)))
    await outside_contacts.remove_contact(made)
    assert [(one.words, one.contact) for one in await playbooks.steps_of(book)] == [("Ask", None)]
