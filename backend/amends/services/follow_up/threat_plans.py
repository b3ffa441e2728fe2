"""Threat plan: the team's own steps for a threat, a playbook that one press starts (P68)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import transaction
from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.rules.case.texts import fold
from amends.rules.follow_up import threat_plans as rules
from amends.rules.vocabulary import ContactRole, FollowUpState, Language, PlaybookSubject, StepState
from amends.services.case import threats
from amends.services.follow_up import checklists, outside_contacts, playbooks
from amends.services.follow_up.outside_contacts import GivenContact
from amends.services.follow_up.playbooks import Given, PlaybookRow, Step
from amends.services.team import teams
from amends.services.team.members import Act

PLAN = UUID("74687265-6174-4000-8000-706c616e0001")
"""The id of the one plan of a team: two members who begin it at once begin the same one."""


def given(steps: tuple[Step, ...]) -> Given:
    """The plan with these steps, as the commands on playbooks take it."""
    return Given(name=_(rules.PLAN_NAME), subject=PlaybookSubject.THREAT, about="", steps=steps)


async def exists() -> bool:
    """Whether the team has a plan."""
    return await tables.Playbook.exists().where(tables.Playbook.id == PLAN)


async def save(act: Act, steps: tuple[Step, ...], *, version: int) -> None:
    """Other steps, from the next threat on. Raises WrongPlaybook, PlaybookChanged."""
    if await exists():
        await playbooks.change(act, PLAN, given(steps), version=version)
    else:
        await playbooks.make(act, given(steps), playbook_id=PLAN)


async def ensure(act: Act) -> PlaybookRow:
    """Step: the plan; the starter plan and its contacts, in the team's language, where there is none."""
    if not await exists():
        team = await teams.find()
        with use_language(Language(team.language) if team else Language.ENGLISH):
            contacts = await _contacts()
            await playbooks.make(act, given(_steps(contacts)), playbook_id=PLAN)
    return await playbooks.find(PLAN)


async def begin_starter(act: Act) -> None:
    """The starter plan, for a team that wants to look at it before it is needed."""
    async with transaction():
        await ensure(act)


async def _contacts() -> dict[ContactRole, UUID]:
    """Step: a contact for each role of the starter plan; those that the team has stay as they are."""
    there = await outside_contacts.everyone()
    found = {one.role: one.id for one in there if one.role}
    names = {fold(one.name) for one in there}
    for name, role, phone in rules.STARTER_CONTACTS:
        if role not in found and fold(_(name)) not in names:
            wanted = GivenContact(name=_(name), role=role, phone=phone)
            found[role] = await outside_contacts.add_contact(wanted)
    return found


def _steps(contacts: dict[ContactRole, UUID]) -> tuple[Step, ...]:
    return tuple(
        Step(
            row=row,
            words=_(words),
            contact=contacts.get(role) if role else None,
            within_hours=hours,
        )
        for row, (words, role, hours) in enumerate(rules.STARTER_STEPS, start=1)
    )


async def stop(act: Act, checklist: UUID, reason: str) -> None:
    """Step: what is open of a plan that was begun is skipped for this reason; nobody is reminded of it."""
    table = tables.ChecklistStep
    left = (table.checklist == checklist) & (table.state == StepState.OPEN)
    settled: dict[Any, Any] = {
        table.state: StepState.SKIPPED,
        table.reason: reason,
        table.settled_by: act.by.id,
        table.settled_at: act.now,
    }
    for row in await table.update(settled).where(left).returning(table.follow_up):
        if row["follow_up"]:
            await checklists.end_reminder(row["follow_up"], FollowUpState.DROPPED, act.now)


async def begin(act: Act, case: tables.Case) -> UUID | None:
    """Step: the plan as a checklist of a case that is held; one that was stopped there goes on. Its id."""
    plan = await ensure(act)
    return await checklists.begin(act, case, plan) or await _resume(case)


async def _resume(case: tables.Case) -> UUID | None:
    """Step: the steps that were skipped when the plan was stopped are open again."""
    table, step = tables.Checklist, tables.ChecklistStep
    rows = await table.select(table.id).where((table.case == case.id) & (table.playbook == PLAN))
    if not rows:
        return None
    open_again: dict[Any, Any] = {
        step.state: StepState.OPEN,
        step.reason: "",
        step.settled_by: None,
        step.settled_at: None,
        step.follow_up: None,
    }
    found = rows[0]["id"]
    await step.update(open_again).where((step.checklist == found) & (step.state == StepState.SKIPPED))
    return UUID(str(found))


async def unflag(act: Act, case_id: UUID, *, since: datetime) -> None:
    """Step: the move that flagged a threat was undone at once: it was none, and its plan stops."""
    threat = await threats.of_case(case_id)
    if threat and threat.flagged_at >= since:
        await threats.end(threat.id, now=act.now)
        if threat.checklist:
            await stop(act, threat.checklist, "")
