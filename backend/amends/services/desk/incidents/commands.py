"""Commands on an incident: roles, hold, release, people told, notes, closing."""

from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.case import stored_texts
from amends.rules.case.texts import typed_text
from amends.rules.desk import incidents as rules
from amends.rules.vocabulary import (
    EntryKind,
    IncidentEntry,
    IncidentKind,
    IncidentRole,
    IncidentState,
    TaskKind,
)
from amends.services.case import timeline as case_timeline
from amends.services.case.access import take as take_case
from amends.services.desk.incidents import links, owed, timeline
from amends.services.team import members, notices
from amends.services.team.members import Act

TEXT_LIMIT = 2_000
NAME_LIMIT = 120


class NothingNoted(Invalid):
    """Write something first."""


async def change(act: Act, number: int, *, title: str, kind: IncidentKind) -> None:
    """Another title or kind; the checklist stays as it began. Raises IncidentUnknown, IncidentNameless."""
    named = links.titled(title)
    async with transaction():
        incident = await timeline.take(number, even_closed=True)
        if (incident.title, incident.kind) != (named, kind):
            await timeline.write(incident, title=named, kind=kind)
            await timeline.record(incident, IncidentEntry.CHANGED, act, title=named, what=kind.value)


async def name(act: Act, number: int, role: IncidentRole, member: UUID | None) -> None:
    """Gives a role to a member, who is told; nobody without one. The lead always has one.

    Raises IncidentUnknown, IncidentIsClosed, NotTheirIncident, NoSuchMember, MemberIsDisabled.
    """
    if member is None and role is IncidentRole.LEAD:
        raise members.NoSuchMember(fields={role.value: _("An incident needs a lead. Choose a member.")})
    async with transaction():
        chosen = await members.present(member, field=role.value) if member else None
        await owed.hold(number)
        incident = await timeline.take(number)
        await timeline.must_lead_or(incident, act, IncidentRole.LEAD)
        before = await _holder(incident, role)
        if before == member:
            return
        table = tables.IncidentMember
        await table.delete().where((table.incident == incident.id) & (table.role == role))
        if member:
            await add(table, id=uuid4(), incident=incident.id, role=role, member=member)
            await notices.give(member, [incident.id], by=act.by, now=act.now)
        if role is IncidentRole.LEAD and before and member:
            await owed.hand_on(act, incident, before, member)
        if role is IncidentRole.SPOKESPERSON and member:
            await owed.tick(act, incident, "spokesperson")
        name = chosen.name if chosen else ""
        await timeline.record(incident, IncidentEntry.ROLE, act, role=role.value, to=name)


async def _holder(incident: tables.Incident, role: IncidentRole) -> UUID | None:
    table = tables.IncidentMember
    rows = await table.select(table.member).where((table.incident == incident.id) & (table.role == role))
    return rows[0]["member"] if rows else None


async def hold(act: Act, number: int) -> None:
    """Nothing is said in public on its cases, whatever was released from an earlier hold.

    Raises IncidentUnknown, IncidentIsClosed.
    """
    async with transaction():
        await owed.hold(number)
        incident = await timeline.take(number)
        if not incident.on_hold:
            table = tables.IncidentCase
            held: dict[Any, Any] = {table.released_at: None, table.released_by: None}
            await table.update(held).where(table.incident == incident.id)
            await timeline.write(incident, on_hold=True)
            await owed.tick(act, incident, "hold")
            await timeline.record(incident, IncidentEntry.HELD, act)


async def resume(act: Act, number: int) -> None:
    """Replies may go out again. Raises IncidentUnknown, IncidentIsClosed, NotTheirIncident."""
    async with transaction():
        incident = await timeline.take(number)
        await timeline.must_lead_or(incident, act, IncidentRole.SPOKESPERSON)
        if incident.on_hold:
            await timeline.write(incident, on_hold=False)
            await timeline.record(incident, IncidentEntry.RESUMED, act)


async def release(act: Act, number: int, case_number: int) -> None:
    """The reply on this case may go out during the hold.

    Raises IncidentUnknown, IncidentIsClosed, CaseUnknown, NotTheirIncident.
    """
    async with transaction():
        case = await take_case(case_number, by=act.by)
        incident = await timeline.take(number)
        await timeline.must_lead_or(incident, act, IncidentRole.SPOKESPERSON)
        table = tables.IncidentCase
        here = (table.incident == incident.id) & (table.number == case_number)
        held = here & (table.linked == True) & table.released_at.is_null()  # noqa: E712 - SQL
        values: dict[Any, Any] = {table.released_at: act.now, table.released_by: act.by.id}
        if not await table.update(values).where(held).returning(table.id):
            return
        told: dict[str, Any] = {"released_from": number, "title": incident.title}
        await case_timeline.record(case.id, EntryKind.LINKED, by=act.by, now=act.now, held=True, **told)
        await timeline.record(incident, IncidentEntry.RELEASED, act, case=case_number)


HOLDING = """
SELECT i.number FROM incident_case AS l JOIN incident AS i ON i.id = l.incident
WHERE l.number = :number AND l.linked AND l.released_at IS NULL AND i.on_hold AND i.state = 'open'
ORDER BY i.number
"""


async def see_reply(act: Act, case_number: int) -> None:
    """Step: a reply of ours was seen on the site although the case is held; the incidents say so."""
    for row in await run(HOLDING, number=case_number):
        incident = await timeline.take(row["number"])
        await timeline.record(incident, IncidentEntry.SEEN, act, case=case_number)


async def tell(act: Act, number: int, *, who: str, how: str) -> None:
    """Somebody outside of this page was told: who, and how. Raises IncidentUnknown, NothingNoted."""
    whom = _typed(who, NAME_LIMIT, "who")
    async with transaction():
        await owed.hold(number)
        incident = await timeline.take(number)
        await owed.tick(act, incident, "tell")
        by_way = typed_text(how, limit=NAME_LIMIT, field="how")
        await timeline.record(incident, IncidentEntry.TOLD, act, who=whom, how=by_way)


async def note(act: Act, number: int, text: str) -> None:
    """One more line of the timeline in a member's words. Raises IncidentUnknown, NothingNoted."""
    words = _typed(text, TEXT_LIMIT, "text")
    async with transaction():
        incident = await timeline.take(number, even_closed=True)
        await timeline.record(incident, IncidentEntry.NOTED, act, words=words)


def _typed(text: str, limit: int, field: str) -> str:
    words = typed_text(text, limit=limit, field=field)
    if not words:
        raise NothingNoted(fields={field: _("Write something first.")})
    return words


async def pin(act: Act, number: int, position: int, *, pinned: bool) -> None:
    """A line of the timeline is told by the review, or no longer; the line itself stays as it is."""
    async with transaction():
        incident = await timeline.take(number, even_closed=True)
        table = tables.IncidentEvent
        here = (table.incident == incident.id) & (table.position == position)
        await table.update({table.pinned: pinned}).where(here)


async def close(act: Act, number: int, *, owner: UUID | None) -> None:
    """It is over: the hold ends, and its review is owed by one owner within five days (P77).

    Raises IncidentUnknown, IncidentIsClosed, NotTheirIncident, NoSuchMember, MemberIsDisabled.
    """
    async with transaction():
        await members.present(owner or act.by.id, field="owner")
        await owed.hold(number)
        incident = await timeline.take(number)
        await timeline.must_lead_or(incident, act, IncidentRole.LEAD)
        await owed.end(act, incident, TaskKind.UPDATE, TaskKind.STEP)
        await timeline.write(incident, state=IncidentState.CLOSED, on_hold=False, closed_at=act.now)
        await timeline.record(incident, IncidentEntry.CLOSED, act)
        await add(tables.IncidentReview, id=uuid4(), incident=incident.id, opened_at=act.now)
        due_at = act.now + rules.REVIEW_WITHIN
        words = _(stored_texts.INCIDENT_REVIEW)
        task = await owed.insert(
            incident, TaskKind.REVIEW, words=words, owner=owner or act.by.id, due_at=due_at
        )
        await owed.owe(act, incident, task)


async def replace_member(leaver: UUID, heir: UUID | None) -> None:
    """Step: the roles and open tasks of somebody who leaves go to who takes over what they owe, or nobody."""
    role, task = tables.IncidentMember, tables.IncidentTask
    theirs = role.member == leaver
    if heir:
        await role.update({role.member: heir}).where(theirs)
    else:
        await role.delete().where(theirs)
    await task.update({task.owner: heir}).where((task.owner == leaver) & (task.state == "open"))
