"""Threat of the demonstration: the shop that was threatened, its plan half done, the report, who was told."""

from datetime import timedelta
from uuid import UUID

from amends import tables
from amends.rules.vocabulary import ContactRole, DossierGiven, MeasureKind, Telling
from amends.services.case.threats import of_case
from amends.services.follow_up import checklists, outside_contacts, threat_plans
from amends.services.follow_up.outside_contacts import GivenContact
from amends.services.operation.demo import people
from amends.services.team.members import Act, Member
from amends.services.workflow import measures, threats
from amends.services.workflow.measures import Given
from amends.services.workflow.threats import Told

NUMBERS = {
    ContactRole.MANAGEMENT: GivenContact(phone="+33 1 99 00 12 01", email=f"management@{people.DOMAIN}"),
    ContactRole.LEGAL: GivenContact(phone="+33 1 99 00 12 02", email=f"legal@{people.DOMAIN}"),
    ContactRole.HR: GivenContact(phone="+33 1 99 00 12 03", email=f"hr@{people.DOMAIN}"),
    ContactRole.POLICE: GivenContact(phone="112", email=f"police@{people.DOMAIN}"),
}
"""Numbers that France keeps for films and examples."""
MINUTE = timedelta(minutes=1)
DONE = 5
"""Steps of the plan that were ticked."""


async def add_threat(lead: Member, agent: Member) -> None:
    """An escalated case was flagged by an agent; the lead ticked the first steps and told the police."""
    case = tables.Case
    found = (
        await case.select(case.id, case.number, case.moved_at, case.author)
        .where(case.stage == "escalated")
        .first()
    )
    if found is None:
        return
    at = found["moved_at"] + MINUTE
    await threats.flag(Act(agent, at), found["number"])
    await _add_numbers()
    threat = await of_case(found["id"])
    for card in await checklists.of_case(found["id"]):
        if threat and card.id == threat.checklist:
            for step in card.steps[:DONE]:
                await checklists.tick(Act(lead, at + 5 * MINUTE), found["number"], step.id)
    contacts = {one.role: one.name for one in await outside_contacts.for_threats()}
    told = Told(name=contacts[ContactRole.POLICE], how=Telling.PHONE, dossier=DossierGiven.NONE)
    await _report(Act(lead, at + 15 * MINUTE), found["number"], found["author"])
    await threats.tell(Act(lead, at + 20 * MINUTE), found["number"], told)


async def _report(act: Act, number: int, author: UUID) -> None:
    """The lead reported the account to its platform, and looks again in a week."""
    given = Given(
        accounts=frozenset({author}),
        kind=MeasureKind.REPORTED,
        place="help.x.com/forms",
        reference="0451-2277",
        review_on=act.now.date() + timedelta(days=7),
    )
    await measures.record(act, number, given)


async def _add_numbers() -> None:
    for one in await outside_contacts.for_threats():
        if one.role in NUMBERS and not one.email:
            known = NUMBERS[one.role]
            given = GivenContact(name=one.name, role=one.role, phone=known.phone, email=known.email)
            await outside_contacts.change_contact(one.id, given)


async def remove_threat_plan() -> None:
    """Step: the plan that an invented member began, and the contacts with invented addresses."""
    plan, contact = tables.Playbook, tables.Contact
    await plan.delete().where((plan.id == threat_plans.PLAN) & plan.changed_by.email.like(people.EMAILS))
    await contact.delete().where(contact.role.is_not_null() & contact.email.like(people.EMAILS))
