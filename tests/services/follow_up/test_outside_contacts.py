"""Is there one list of contacts, for steps and for threats, and is each of them right?"""

from uuid import uuid4

import pytest

from amends.rules.vocabulary import ContactRole
from amends.services.follow_up import outside_contacts
from amends.services.follow_up.outside_contacts import (
    MOST,
    ContactIncomplete,
    ContactThere,
    ContactUnknown,
    GivenContact,
    TooManyContacts,
)
from amends.services.team.members import Member

ROE = GivenContact(name="Officer Roe", role=ContactRole.POLICE, phone="+33 1 23", email="roe@example.org")
WAREHOUSE = GivenContact(name="Warehouse", reach="quay 3", hours="6 to 14")


async def test_one_list_holds_all_and_a_threat_is_brought_to_those_with_a_role(alice: Member):
    roe, warehouse = [await outside_contacts.add_contact(one) for one in (ROE, WAREHOUSE)]
    assert [one.id for one in await outside_contacts.everyone()] == [roe, warehouse]
    assert [one.id for one in await outside_contacts.for_threats()] == [roe]
    ways = [one.ways for one in await outside_contacts.everyone()]
    assert ways == ["+33 1 23 · roe@example.org", "quay 3"]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (GivenContact(), {"name", "reach"}),
        (GivenContact(name="A"), {"reach"}),
        (GivenContact(name="A", phone="call me"), {"phone"}),
        (GivenContact(name="A", email="nobody"), {"email"}),
        (GivenContact(name="A" * 81, reach="1"), {"name"}),
        (GivenContact(name="A", reach="1", hours="x" * 121), {"hours"}),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(alice: Member, given: GivenContact, fields: set[str]):
    with pytest.raises(ContactIncomplete) as refused:
        await outside_contacts.add_contact(given)
    assert set(refused.value.fields) == fields


async def test_the_number_of_one_with_a_role_may_follow_later(alice: Member):
    made = await outside_contacts.add_contact(GivenContact(name="Legal", role=ContactRole.LEGAL))
    assert (await outside_contacts.find(made)).ways == ""


async def test_one_name_is_one_contact(alice: Member):
    made = await outside_contacts.add_contact(ROE)
    other = await outside_contacts.add_contact(WAREHOUSE)
    with pytest.raises(ContactThere):
        await outside_contacts.add_contact(GivenContact(name=" OFFICER ROE ", reach="x"))
    with pytest.raises(ContactThere):
        await outside_contacts.change_contact(other, ROE)
    await outside_contacts.change_contact(made, GivenContact(name="Officer Doe", reach="1"))
    doe = await outside_contacts.find(made)
    assert (doe.name, doe.phone, doe.role) == ("Officer Doe", "", None)
    await outside_contacts.remove_contact(made)
    for contact in (made, uuid4()):
        with pytest.raises(ContactUnknown):
            await outside_contacts.find(contact)
        with pytest.raises(ContactUnknown):
            await outside_contacts.remove_contact(contact)
        with pytest.raises(ContactUnknown):
            await outside_contacts.change_contact(contact, ROE)


async def test_there_is_an_end_to_the_list(alice: Member):
    for number in range(MOST):
        await outside_contacts.add_contact(GivenContact(name=f"Shop {number}", reach="1"))
    with pytest.raises(TooManyContacts):
        await outside_contacts.add_contact(ROE)
