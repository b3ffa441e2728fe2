"""What an incident asks for, as follow-ups of its oldest case: steps of commands that hold it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run
from amends.i18n import gettext as _
from amends.rules.case import stored_texts
from amends.rules.desk import incidents as rules
from amends.rules.vocabulary import (
    FollowUpKind,
    FollowUpState,
    IncidentKind,
    TaskKind,
    TaskState,
)
from amends.services.desk import oldest_case
from amends.services.desk.incidents import timeline
from amends.services.desk.oldest_case import Due, Owing
from amends.services.team.members import Act, Member

OLDEST = """
SELECT l.number FROM incident_case AS l JOIN incident AS i ON i.id = l.incident
WHERE i.number = :number AND l.linked ORDER BY l.number LIMIT 2
"""
OWED_ON = """
SELECT DISTINCT c.number FROM incident AS i JOIN incident_task AS t ON t.incident = i.id
JOIN follow_up AS f ON f.id = t.follow_up JOIN case_file AS c ON c.id = f."case" WHERE i.number = :number
"""
OWED_BY = """
SELECT DISTINCT i.number FROM case_file AS c JOIN follow_up AS f ON f."case" = c.id
JOIN incident_task AS t ON t.follow_up = f.id JOIN incident AS i ON i.id = t.incident
WHERE c.number = :number AND f.kind = 'incident_task' ORDER BY i.number
"""


TASKS = Owing(FollowUpKind.INCIDENT_TASK, OLDEST, OWED_ON, OWED_BY)


async def hold(number: int, *others: int) -> None:
    """Step: before an incident is taken, the cases on which its tasks are or will be owed, and these."""
    await oldest_case.hold(TASKS, number, *others)


async def owed_on(case_number: int) -> list[int]:
    """The incidents whose tasks are owed on this case; step: it, and where they go next, are held."""
    return await oldest_case.owed_on(TASKS, case_number)


async def owe_elsewhere(numbers: list[int], *, by: Member, now: datetime) -> None:
    """Step: their case is gone; what these incidents ask for is owed on the next of their cases."""
    for number in numbers:
        incident = await timeline.take(number, even_closed=True)
        for task in await _open_tasks(incident.id):
            await owe(Act(by, now), incident, task)


async def _open_tasks(incident: UUID) -> list[tables.IncidentTask]:
    table = tables.IncidentTask
    where = (table.incident == incident) & (table.state == TaskState.OPEN)
    return list(await table.objects().where(where).order_by(table.position))


STANDING = """
SELECT t.position FROM incident_task AS t JOIN follow_up AS f ON f.id = t.follow_up
WHERE t.incident = :incident AND f."case" = :case_id
"""


async def move_from(act: Act, incident: tables.Incident, case_id: UUID) -> None:
    """Step: this case left the incident; what was owed on it is owed on the oldest that is left."""
    there = {row["position"] for row in await run(STANDING, incident=incident.id, case_id=case_id)}
    for task in await _open_tasks(incident.id):
        if task.position in there:
            await owe(act, incident, task)


async def plan_checklist(act: Act, incident: tables.Incident) -> None:
    """Step: the checklist of its kind, as it is now; deadlines that others set are the opener's."""
    for step in rules.CHECKLISTS[IncidentKind(incident.kind)]:
        task = await insert(
            incident,
            TaskKind.STEP,
            step=step.name,
            owner=act.by.id if step.is_clock else None,
            due_at=rules.due(step, began_at=incident.noticed_at),
        )
        await owe(act, incident, task)


async def insert(incident: tables.Incident, kind: TaskKind, **columns: Any) -> tables.IncidentTask:  # noqa: ANN401
    """Step: one more task, which nobody owes yet."""
    [row] = await run(
        "SELECT MAX(position) AS last FROM incident_task WHERE incident = :incident", incident=incident.id
    )
    task = uuid4()
    position = (row["last"] or 0) + 1
    await add(tables.IncidentTask, id=task, incident=incident.id, position=position, kind=kind, **columns)
    found = await tables.IncidentTask.objects().get(tables.IncidentTask.id == task)
    assert found is not None
    return found


def named(task: tables.IncidentTask) -> str:
    """What a task is called in the reader's language."""
    return task.words or (_(rules.STEPS[task.step]) if task.step in rules.STEPS else task.step)


async def owe(act: Act, incident: tables.Incident, task: tables.IncidentTask) -> None:
    """Step: an open task with an owner and a date is a follow-up of the oldest case; any other is not."""
    await _settle_follow_up(task, FollowUpState.DROPPED, now=act.now)
    if task.state != TaskState.OPEN or task.owner is None or task.due_at is None:
        return
    due = Due(task.due_at, f"{incident.title}: {named(task)}", task.owner)
    if made := await oldest_case.owe(TASKS, incident.number, due, by=act.by, now=act.now):
        await write(task, follow_up=made)


async def _settle_follow_up(task: tables.IncidentTask, state: FollowUpState, *, now: datetime) -> None:
    if task.follow_up is not None:
        await oldest_case.settle(task.follow_up, state, now=now)
        await write(task, follow_up=None)


async def settle_step(
    act: Act, incident: tables.Incident, task: tables.IncidentTask, state: TaskState
) -> None:
    """Step: a task of a held incident is settled."""
    done = FollowUpState.DONE if state is TaskState.DONE else FollowUpState.DROPPED
    await _settle_follow_up(task, done, now=act.now)
    await write(task, state=state, settled_at=act.now)


async def tick(act: Act, incident: tables.Incident, step: str) -> None:
    """Step: what somebody has just done ticks the step of the checklist that asks for it."""
    for task in await _open_tasks(incident.id):
        if task.step == step:
            await settle_step(act, incident, task, TaskState.DONE)


async def end(
    act: Act, incident: tables.Incident, *kinds: TaskKind, state: TaskState = TaskState.NOT_DOING
) -> None:
    """Step: open tasks of these kinds are owed no more; a deadline that others set goes on."""
    for task in await _open_tasks(incident.id):
        if task.kind in kinds and task.step not in rules.CLOCKS:
            await settle_step(act, incident, task, state)


async def next_update(
    act: Act, incident: tables.Incident, lead: UUID | None, due_at: datetime | None
) -> None:
    """Step: the last update was given; the lead owes the next one by then, or none."""
    await end(act, incident, TaskKind.UPDATE, state=TaskState.DONE)
    if due_at is not None:
        words = _(stored_texts.INCIDENT_UPDATE)
        task = await insert(incident, TaskKind.UPDATE, words=words, owner=lead, due_at=due_at)
        await owe(act, incident, task)


async def hand_on(act: Act, incident: tables.Incident, before: UUID, after: UUID) -> None:
    """Step: what one lead of the incident owed is owed by the next."""
    for task in await _open_tasks(incident.id):
        if task.owner == before:
            await write(task, owner=after)
            await owe(act, incident, task)


async def write(task: tables.IncidentTask, **values: Any) -> None:  # noqa: ANN401 - what the columns take
    """Step: other values for some columns of a task, in the row and in what was read of it."""
    table = tables.IncidentTask
    for name, value in values.items():
        setattr(task, name, value)
    columns = {getattr(table, name): value for name, value in values.items()}
    await table.update(columns).where(table.id == task.id)
