"""Contacts in the settings: one list for the steps of playbooks and for the threat plan (P45, P71)."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import ContactRole
from amends.services.follow_up import outside_contacts
from amends.services.follow_up.outside_contacts import GivenContact
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.workflow.labels import threats as words

PAGE = "/settings/contacts"
ONE = f"{PAGE}/{{contact_id:uuid}}"


class ContactForm(msgspec.Struct):
    """Who it is, and how they are reached; a role that is none is no role."""

    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    reach: str = ""
    hours: str = ""


async def page(
    here: Here, *, typed: Typed = NOTHING_TYPED, contact_id: UUID | None = None
) -> Response[bytes]:
    """All contacts, each with its form."""
    return await here.render(
        "settings/contacts.html",
        status=typed.status,
        contacts=await outside_contacts.everyone(),
        roles=[(one.value, words.ROLES[one]) for one in ContactRole],
        form=str(contact_id) if contact_id else typed.form,
        typed={**dict.fromkeys(ContactForm.__struct_fields__, ""), **typed.values},
        wrong=typed.errors,
        problem=typed.problem,
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The contacts."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(page, "new")
async def add(here: NamedDependency[Here]) -> Response[Any]:
    """One more contact."""
    await outside_contacts.add_contact(_contact(await here.form(ContactForm)))
    return saved(PAGE)


@post(ONE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(page)
async def change(here: NamedDependency[Here], contact_id: FromPath[UUID]) -> Response[Any]:
    """Another number, another name."""
    await outside_contacts.change_contact(contact_id, _contact(await here.form(ContactForm)))
    return saved(PAGE)


@post(f"{ONE}/remove", opt={"policy": Policy.LEAD})
@submit_or_redisplay(page)
async def remove(here: NamedDependency[Here], contact_id: FromPath[UUID]) -> Response[Any]:
    """It goes; the steps stay without it."""
    await outside_contacts.remove_contact(contact_id)
    return saved(PAGE)


def _contact(form: ContactForm) -> GivenContact:
    role = ContactRole(form.role) if form.role in set(ContactRole) else None
    return GivenContact(**msgspec.structs.asdict(form) | {"role": role})


routes = (show, add, change, remove)
