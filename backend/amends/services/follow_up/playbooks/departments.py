"""Departments: whom a step needs outside the team, and how they are reached (P45)."""

from typing import Annotated
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, columns_of, converter, read
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name, fold
from amends.rules.operation import own_texts

MOST = 100
LONGEST = {"name": 80, "reach": 300, "hours": 120}


class DepartmentIncomplete(Invalid):
    """Say who it is and how to reach them."""


class DepartmentThere(Invalid):
    "This department already exists."


class DepartmentUnknown(NotFound):
    "Department not found."


class TooManyDepartments(Conflict):
    "Too many departments."


class GivenDepartment(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is, how they are reached, and when."""

    name: str = ""
    reach: str = ""
    hours: str = ""


class DepartmentShown(msgspec.Struct, frozen=True, kw_only=True):
    """One department of the list."""

    id: UUID
    name: str
    reach: str
    hours: str
    is_contact: Annotated[bool, Selected("d.role IS NOT NULL")]


ALL = f"SELECT {columns_of(DepartmentShown, table='d')} FROM department AS d ORDER BY d.key LIMIT {MOST}"  # noqa: S608


async def departments() -> list[DepartmentShown]:
    """All departments by name, with the contacts for threats."""
    found = await read(converter(DepartmentShown), ALL)
    return [msgspec.structs.replace(one, name=own_texts.words(one.name)) for one in found]


async def add_department(given: GivenDepartment, *, department_id: UUID | None = None) -> UUID:
    """One more; its id, which may be chosen.

    Raises DepartmentIncomplete, DepartmentThere, TooManyDepartments.
    """
    checked = _checked(given)
    if len(await departments()) >= MOST:
        raise TooManyDepartments(_("There are already %(most)s. Remove one first.") % {"most": MOST})
    made = department_id or uuid4()
    values = msgspec.structs.asdict(checked)
    if not await add(tables.Department, unless="key", id=made, key=fold(checked.name), **values):
        raise _there()
    return made


async def change_department(department: UUID, given: GivenDepartment) -> None:
    """Another number or name; every step shows it at once.

    Raises DepartmentIncomplete, DepartmentThere, DepartmentUnknown.
    """
    table, checked = tables.Department, _checked(given)
    key = fold(checked.name)
    if await table.exists().where((table.key == key) & (table.id != department)):
        raise _there()
    values = {getattr(table, name): value for name, value in msgspec.structs.asdict(checked).items()}
    if not await table.update({**values, table.key: key}).where(table.id == department).returning(table.id):
        raise _unknown()


async def remove_department(department: UUID) -> None:
    """It goes; the steps that named it stay, without it. Raises DepartmentUnknown."""
    table = tables.Department
    if not await table.delete().where(table.id == department).returning(table.id):
        raise _unknown()


def _checked(given: GivenDepartment) -> GivenDepartment:
    texts = {name: clean_name(getattr(given, name), limit=most + 1) for name, most in LONGEST.items()}
    wrong = {
        name: _("Use at most %(count)s characters.") % {"count": most}
        for name, most in LONGEST.items()
        if len(texts[name]) > most
    }
    missing = {
        "name": _("Say who it is."),
        "reach": _("Say how to reach them: a number, an address, a place."),
    }
    wrong |= {name: sentence for name, sentence in missing.items() if not texts[name]}
    if wrong:
        raise DepartmentIncomplete(fields=wrong)
    return GivenDepartment(**texts)


def _there() -> DepartmentThere:
    return DepartmentThere(fields={"name": _("There is already one with this name. Change that one.")})


def _unknown() -> DepartmentUnknown:
    return DepartmentUnknown(_("There is no such department. It may have been removed."))
