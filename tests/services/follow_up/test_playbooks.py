"""Are playbooks and departments written, changed and retired, and never by two at once?"""

from typing import Any
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.follow_up.playbooks import WrongPlaybook
from amends.rules.vocabulary import PlaybookSubject, StepKind
from amends.services.desk import themes
from amends.services.follow_up import playbooks
from amends.services.follow_up.playbooks import (
    DepartmentIncomplete,
    DepartmentThere,
    DepartmentUnknown,
    Given,
    GivenDepartment,
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
    warehouse = await playbooks.add_department(GivenDepartment(name="Warehouse", reach="01 02 03 04 05"))
    steps = (*STEPS, Step(row=3, words=" Call\nback ", department=warehouse), Step(row=4, words=" "))
    made = await playbooks.make(Act(alice, MONDAY), given(steps=steps))
    found = await playbooks.find(made)
    assert (found.name, found.version, found.steps, found.used) == ("Late", 1, 3, 0)
    assert (found.changed_by and found.changed_by.name, found.changed_at) == (alice.name, MONDAY)
    kept = await playbooks.steps_of(made)
    assert [(one.words, one.variable, one.within_hours, one.department_name) for one in kept] == [
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


async def test_a_department_is_there_once_and_can_go(alice: Member):
    made = await playbooks.add_department(GivenDepartment(name="Legal", reach="legal@example.org"))
    with pytest.raises(DepartmentThere):
        await playbooks.add_department(GivenDepartment(name=" LEGAL ", reach="x"))
    other = await playbooks.add_department(GivenDepartment(name="Warehouse", reach="12", hours="9 to 5"))
    with pytest.raises(DepartmentThere):
        await playbooks.change_department(other, GivenDepartment(name="Legal", reach="12"))
    await playbooks.change_department(other, GivenDepartment(name="Depot", reach="13"))
    assert [(one.name, one.reach, one.hours) for one in await playbooks.departments()] == [
        ("Depot", "13", ""),
        ("Legal", "legal@example.org", ""),
    ]
    step = Step(row=1, words="Ask", department=made)
    book = await playbooks.make(Act(alice, MONDAY), given(steps=(step,)))
    await playbooks.remove_department(made)
    assert [(one.words, one.department) for one in await playbooks.steps_of(book)] == [("Ask", None)]
    with pytest.raises(DepartmentUnknown):
        await playbooks.remove_department(made)
    with pytest.raises(DepartmentUnknown):
        await playbooks.change_department(made, GivenDepartment(name="Gone", reach="1"))
    for wrong in ({"name": "", "reach": "1"}, {"name": "A", "reach": ""}, {"name": "A" * 81, "reach": "1"}):
        with pytest.raises(DepartmentIncomplete):
            await playbooks.add_department(GivenDepartment(**wrong))
    assert await tables.Department.count() == 1
