"""Tasks of an incident: its checklist, its review, its actions; one with an owner and a date is owed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import typed_text
from amends.rules.vocabulary import ActionTarget, IncidentEntry, TaskKind, TaskState
from amends.services.desk.incidents import owed, review_changes, timeline
from amends.services.desk.incidents.review_changes import Subject
from amends.services.team import members
from amends.services.team.members import Act

WORDS_LIMIT = 500


class TaskUnknown(NotFound):
    """There is no such task."""


class TaskSettled(Conflict):
    """This task is settled already."""


class TaskWithoutWords(Invalid):
    """Say what is to be done."""


class Planned(Invalid):
    """An owner and a date are needed."""


async def add_task(
    act: Act,
    number: int,
    words: str,
    *,
    owner: UUID | None,
    due_at: datetime | None,
    changes: Subject | None = None,
) -> None:
    """One more task; with what it `changes` it is an action of the review, which needs an owner and a date.
    How that reads now is kept.

    Raises IncidentUnknown, IncidentIsClosed, TaskWithoutWords, Planned, NoSuchMember, MemberIsDisabled.
    """
    said = _said(words)
    if changes and not (owner and due_at):
        missing = {"owner": owner, "due_at": due_at}
        raise Planned(fields={name: _("Required.") for name, value in missing.items() if not value})
    async with transaction():
        if owner:
            await members.present(owner, field="owner")
        await owed.hold(number)
        incident = await timeline.take(number, even_closed=changes is not None)
        kind = TaskKind.ACTION if changes else TaskKind.STEP
        changed = await _changed(changes) if changes else {}
        task = await owed.insert(incident, kind, words=said, owner=owner, due_at=due_at, **changed)
        await owed.owe(act, incident, task)
        await timeline.record(incident, IncidentEntry.OWED, act, task=said, due_at=_iso(due_at))


async def _changed(changes: Subject) -> dict[str, Any]:
    """The columns of what an action changes."""
    before = await review_changes.wording(changes)
    return {"target": changes.target.value, "about": changes.about, "before_text": before}


async def give(act: Act, number: int, position: int, *, owner: UUID | None, due_at: datetime | None) -> None:
    """A task has another owner and date. Raises IncidentUnknown, TaskUnknown, TaskSettled, NoSuchMember."""
    async with transaction():
        chosen = await members.present(owner, field="owner") if owner else None
        await owed.hold(number)
        incident, task = await _take(number, position)
        if (task.owner, task.due_at) == (owner, due_at):
            return
        await owed.write(task, owner=owner, due_at=due_at)
        await owed.owe(act, incident, task)
        name = chosen.name if chosen else ""
        due = _iso(due_at)
        await timeline.record(incident, IncidentEntry.OWED, act, **_what(task), to=name, due_at=due)


async def settle(act: Act, number: int, position: int, state: TaskState) -> None:
    """A task is done, or will not be. Raises IncidentUnknown, TaskUnknown, TaskSettled."""
    async with transaction():
        await owed.hold(number)
        incident, task = await _take(number, position)
        if task.before_text:
            now_text = await review_changes.wording(Subject(ActionTarget(task.target), task.about))
            await owed.write(task, after_text=now_text)
        await owed.settle_step(act, incident, task, state)
        await timeline.record(incident, IncidentEntry.SETTLED, act, **_what(task), state=state.value)


async def _take(number: int, position: int) -> tuple[tables.Incident, tables.IncidentTask]:
    """Step: an open task of a held incident; of a closed one, its review, its actions and its deadlines."""
    incident = await timeline.take(number, even_closed=True)
    table = tables.IncidentTask
    here = (table.incident == incident.id) & (table.position == position)
    task = await table.objects().where(here).first()
    if task is None:
        raise TaskUnknown(_("This task no longer exists. Look at the incident again."))
    if task.state != TaskState.OPEN:
        raise TaskSettled(_("This task is settled already. Look at the incident again."))
    return incident, task


def _what(task: tables.IncidentTask) -> dict[str, str]:
    """How the timeline names a task: a step of a checklist by its name, others in their words."""
    return {"step": task.step} if task.step else {"task": task.words}


def _said(words: str) -> str:
    said = typed_text(words, limit=WORDS_LIMIT, field="words")
    if not said:
        raise TaskWithoutWords(fields={"words": _("Say what is to be done.")})
    return said


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
