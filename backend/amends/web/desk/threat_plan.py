"""Threat plan in the settings: the team's own steps, and whom they bring a threat to (P68, P71)."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import ContactRole, PlaybookSubject
from amends.services.follow_up import escalation_contacts, playbooks, threat_plans
from amends.services.follow_up.escalation_contacts import GivenContact
from amends.web.desk import playbooks_view
from amends.web.desk.playbooks import VersionForm, given_in
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.workflow.labels import threats as words

PAGE = "/settings/threat-plan"
CONTACTS = f"{PAGE}/contacts"


class ContactForm(msgspec.Struct):
    """Who it is, and how they are reached."""

    name: str = ""
    role: ContactRole = ContactRole.OTHER
    phone: str = ""
    email: str = ""
    hours: str = ""


async def page(
    here: Here, *, typed: Typed = NOTHING_TYPED, contact_id: UUID | None = None
) -> Response[bytes]:
    """The steps and the contacts; without a plan, the offer of the starter plan."""
    row = await playbooks.find(threat_plans.PLAN) if await threat_plans.exists() else None
    steps = await playbooks.steps_of(threat_plans.PLAN) if row else []
    departments = await playbooks.departments()
    return await here.render(
        "settings/threat_plan.html",
        status=typed.status,
        page=playbooks_view.page(
            row,
            steps,
            (),
            departments,
            typed.of("playbook"),
            subject=PlaybookSubject.THREAT,
            now=here.now,
        ),
        contacts=await escalation_contacts.everyone(),
        roles=[(one.value, words.ROLES[one]) for one in ContactRole],
        form=str(contact_id) if contact_id else typed.form,
        typed={**dict.fromkeys(ContactForm.__struct_fields__, ""), **typed.values},
        wrong=typed.errors,
        problem=typed.problem,
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The plan and its contacts."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(page, "playbook")
async def save(here: NamedDependency[Here]) -> Response[Any]:
    """Other steps, from the next threat on."""
    given, form = given_in(await here.typed()), await here.form(VersionForm)
    await threat_plans.save(here.act, given.steps, version=form.version)
    return saved(PAGE)


@post(f"{PAGE}/starter", opt={"policy": Policy.LEAD})
@submit_or_redisplay(page)
async def start(here: NamedDependency[Here]) -> Response[Any]:
    """The starter plan with its contacts, to be made one's own."""
    await threat_plans.begin_starter(here.act)
    return saved(PAGE)


@post(CONTACTS, opt={"policy": Policy.LEAD})
@submit_or_redisplay(page, "new")
async def add(here: NamedDependency[Here]) -> Response[Any]:
    """One more contact."""
    await escalation_contacts.add_contact(_contact(await here.form(ContactForm)))
    return saved(PAGE, "contacts")


@post(f"{CONTACTS}/{{contact_id:uuid}}", opt={"policy": Policy.LEAD})
@submit_or_redisplay(page)
async def change(here: NamedDependency[Here], contact_id: FromPath[UUID]) -> Response[Any]:
    """Another number, another name."""
    await escalation_contacts.change_contact(contact_id, _contact(await here.form(ContactForm)))
    return saved(PAGE, "contacts")


@post(f"{CONTACTS}/{{contact_id:uuid}}/remove", opt={"policy": Policy.LEAD})
@submit_or_redisplay(page)
async def remove(here: NamedDependency[Here], contact_id: FromPath[UUID]) -> Response[Any]:
    """It goes; the steps stay without it."""
    await escalation_contacts.remove_contact(contact_id)
    return saved(PAGE, "contacts")


def _contact(form: ContactForm) -> GivenContact:
    return GivenContact(**msgspec.structs.asdict(form))


routes = (show, save, start, add, change, remove)
