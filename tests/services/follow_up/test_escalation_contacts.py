"""Are contacts for threats kept apart from departments, and right?"""

from uuid import uuid4

import pytest

from amends.rules.vocabulary import ContactRole
from amends.services.follow_up import escalation_contacts, playbooks
from amends.services.follow_up.escalation_contacts import (
    ContactIncomplete,
    ContactThere,
    ContactUnknown,
    GivenContact,
)
from amends.services.follow_up.playbooks import GivenDepartment
from amends.services.team.members import Member

ROE = GivenContact(name="Officer Roe", role=ContactRole.POLICE, phone="+33 1 23", email="roe@example.org")


async def test_a_contact_is_a_department_that_steps_can_name(alice: Member):
    made = await escalation_contacts.add_contact(ROE)
    assert (await escalation_contacts.find(made)).phone == "+33 1 23"
    [department] = await playbooks.departments()
    assert (department.id, department.is_contact) == (made, True)
    assert department.reach == "+33 1 23 · roe@example.org"


async def test_a_department_is_no_contact(alice: Member):
    made = await playbooks.add_department(GivenDepartment(name="Warehouse", reach="12"))
    assert await escalation_contacts.everyone() == []
    with pytest.raises(ContactUnknown):
        await escalation_contacts.change_contact(made, ROE)
    with pytest.raises(ContactUnknown):
        await escalation_contacts.remove_contact(made)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (GivenContact(), "name"),
        (GivenContact(name="A", phone="call me"), "phone"),
        (GivenContact(name="A", email="nobody"), "email"),
        (GivenContact(name="A", hours="x" * 121), "hours"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(alice: Member, given: GivenContact, field: str):
    with pytest.raises(ContactIncomplete) as refused:
        await escalation_contacts.add_contact(given)
    assert set(refused.value.fields) == {field}


async def test_one_name_is_one_contact(alice: Member):
    made = await escalation_contacts.add_contact(ROE)
    with pytest.raises(ContactThere):
        await escalation_contacts.add_contact(ROE)
    await escalation_contacts.change_contact(made, GivenContact(name="Officer Doe"))
    [one] = await escalation_contacts.everyone()
    assert (one.name, one.phone, one.role) == ("Officer Doe", "", "other")
    await escalation_contacts.remove_contact(made)
    with pytest.raises(ContactUnknown):
        await escalation_contacts.find(uuid4())
