"""Contacts outside the team: whom steps need, and to whom a threat is brought (P45, P71)."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import re
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, columns_of, converter, read
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name, fold
from amends.rules.operation import own_texts
from amends.rules.team.mail_addresses import wire_form
from amends.rules.vocabulary import ContactRole

MOST = 100
LONGEST = {"name": 80, "phone": 40, "email": 254, "reach": 300, "hours": 120}
PHONE = re.compile(r"[0-9+ ()./-]+")


class ContactIncomplete(Invalid):
    """Say who it is and how to reach them; check the number and the address."""


class ContactThere(Invalid):
    "This contact already exists."


class ContactUnknown(NotFound):
    "Contact not found."


class TooManyContacts(Conflict):
    "Too many contacts."


class GivenContact(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is, and how they are reached; `reach` is any other way, such as an extension or a place.

    With a role it is one to whom a threat is brought: a number or an address may follow later.
    """

    name: str = ""
    role: ContactRole | None = None
    phone: str = ""
    email: str = ""
    reach: str = ""
    hours: str = ""


class ContactShown(msgspec.Struct, frozen=True, kw_only=True):
    """One contact of the list."""

    id: UUID
    name: str
    role: ContactRole | None
    phone: Annotated[str, Selected("COALESCE(d.phone, '')")]
    email: Annotated[str, Selected("COALESCE(d.email, '')")]
    reach: str
    hours: str

    @property
    def ways(self) -> str:
        """How they are reached, in one line; empty where nothing is known yet."""
        return " · ".join(filter(None, (self.phone, self.email, self.reach)))


ALL = f"SELECT {columns_of(ContactShown, table='d')} FROM contact AS d ORDER BY d.key LIMIT {MOST}"


async def everyone() -> list[ContactShown]:
    """All contacts by name, those of the starter plan under their names in the reader's language."""
    found = await read(converter(ContactShown), ALL)
    return [msgspec.structs.replace(one, name=own_texts.words(one.name)) for one in found]


async def for_threats() -> list[ContactShown]:
    """Those to whom a threat is brought."""
    return [one for one in await everyone() if one.role]


async def find(contact: UUID) -> ContactShown:
    """One contact. Raises ContactUnknown."""
    for one in await everyone():
        if one.id == contact:
            return one
    raise _unknown()


async def add_contact(given: GivenContact, *, contact_id: UUID | None = None) -> UUID:
    """One more; its id, which may be chosen. Raises ContactIncomplete, ContactThere, TooManyContacts."""
    values = _checked(given)
    if len(await everyone()) >= MOST:
        raise TooManyContacts(_("There are already %(most)s. Remove one first.") % {"most": MOST})
    made = contact_id or uuid4()
    if not await add(tables.Contact, unless="key", id=made, **values):
        raise _there()
    return made


async def change_contact(contact: UUID, given: GivenContact) -> None:
    """Another number or name; every step shows it at once.

    Raises ContactIncomplete, ContactThere, ContactUnknown.
    """
    table, values = tables.Contact, _checked(given)
    if await table.exists().where((table.key == values["key"]) & (table.id != contact)):
        raise _there()
    columns = {getattr(table, name): value for name, value in values.items()}
    if not await table.update(columns).where(table.id == contact).returning(table.id):
        raise _unknown()


async def remove_contact(contact: UUID) -> None:
    """It goes; steps that named it stay, and so does what the timelines say. Raises ContactUnknown."""
    table = tables.Contact
    if not await table.delete().where(table.id == contact).returning(table.id):
        raise _unknown()


def _checked(given: GivenContact) -> dict[str, Any]:
    """The columns of a contact."""
    texts = {name: clean_name(getattr(given, name), limit=most + 1) for name, most in LONGEST.items()}
    if wrong := _wrong(texts, given.role):
        raise ContactIncomplete(fields=wrong)
    return {**texts, "role": given.role.value if given.role else None, "key": fold(texts["name"])}


def _wrong(texts: dict[str, str], role: ContactRole | None) -> dict[str, str]:
    """What is wrong, by field."""
    wrong = {
        name: _("Use at most %(count)s characters.") % {"count": most}
        for name, most in LONGEST.items()
        if len(texts[name]) > most
    }
    if not texts["name"]:
        wrong["name"] = _("Say who it is.")
    if texts["phone"] and not PHONE.fullmatch(texts["phone"]):
        wrong["phone"] = _("Use digits, spaces and + only, such as +33 1 23 45 67 89.")
    if texts["email"] and wire_form(texts["email"]) is None:
        wrong["email"] = _("This is not an email address.")
    if not role and not any(texts[name] for name in ("phone", "email", "reach")):
        wrong["reach"] = _("Say how to reach them: a number, an address, a place.")
    return wrong


def _there() -> ContactThere:
    return ContactThere(fields={"name": _("There is already one with this name. Change that one.")})


def _unknown() -> ContactUnknown:
    return ContactUnknown(_("There is no such contact. It may have been removed."))
