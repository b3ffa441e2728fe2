"""API: the sheet of an incident: facts, holding statement, tasks, platforms, and who was told."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import FactState, PlaceState, Severity, TaskKind, TaskState
from amends.services.desk import incidents
from amends.services.insight import incident_severity
from amends.services.team.names import Name
from amends.web.api.changes import change
from amends.web.api.etags import version_tag
from amends.web.api.incidents import ONE, IncidentChange, changed
from amends.web.api.kit import Asked, Moment, Text, as_seen, filled, must_be_plausible
from amends.web.security import Policy

WRITE = Policy.TOKEN_INSIGHTS_WRITE
Words = Annotated[str, Meta(min_length=1, max_length=500)]
Short = Annotated[str, Meta(max_length=200)]


class FactSent(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the fact sheet: what is said, how sure it is, and where it comes from."""

    id: UUID
    state: FactState
    words: str
    source: str
    at: datetime
    by: Name | None


class TaskSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One task by its position; a `step` of the checklist has a name, others their words."""

    position: int
    kind: TaskKind
    step: str
    words: str
    owner: Name | None
    due_at: datetime | None
    state: TaskState
    settled_at: datetime | None


class PlatformSent(msgspec.Struct, frozen=True, kw_only=True):
    """A platform: how many posts came from it, and whether the team speaks there; null where nobody said."""

    platform: str
    posts: int
    state: PlaceState | None


class StatementSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The holding statement, and the version of it that was said in public, which replies may use."""

    line_en: str
    line_fr: str
    version: int
    public_en: str
    public_fr: str
    published_at: datetime | None


class SheetSent(msgspec.Struct, frozen=True, kw_only=True):
    """What the room of an incident keeps besides its cases."""

    statement: StatementSent
    facts: list[FactSent]
    tasks: list[TaskSent]
    platforms: list[PlatformSent]


class FactWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the fact sheet."""

    state: FactState
    words: Words
    source: Short = ""


class StatementWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """The holding statement in both languages; both are set."""

    line_en: Text
    line_fr: Text


class PlatformWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the team speaks on a platform."""

    platform: Annotated[str, Meta(min_length=1, max_length=60)]
    state: PlaceState


class SomeoneTold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who outside of the team was told, and how."""

    who: Annotated[str, Meta(min_length=1, max_length=120)]
    how: Annotated[str, Meta(max_length=120)] = ""


class UpdateWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """How things stand, and when the lead says it again; either may be left out."""

    text: Annotated[str, Meta(max_length=2_000)] = ""
    next_at: Moment | None = None


class TaskWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What is to be done, by whom and by when; with both it is owed."""

    words: Words
    owner: UUID | None = None
    due_at: Moment | None = None


class TaskGiven(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """The owner and the date of a task; both are set."""

    owner: UUID | None
    due_at: Moment | None


class TaskEnd(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the task was done, or will not be."""

    done: bool


class EscalatedSent(msgspec.Struct, frozen=True, rename="camel"):
    """How many cases are critical now that were not, and whether more are left: then ask again."""

    cases: int
    has_more: bool


@get(
    f"{ONE}/sheet", operation_id="getIncidentSheet", opt={"policy": Policy.TOKEN_INSIGHTS}, tags=["incidents"]
)
async def sheet(asked: NamedDependency[Asked], number: FromPath[int]) -> Response[SheetSent]:
    """Facts, holding statement, tasks and platforms. The ETag is the version of the holding statement."""
    found = await incidents.detail(number, now=asked.now)
    sent = SheetSent(
        statement=filled(StatementSent, found.incident, version=found.incident.line_version),
        facts=[filled(FactSent, one) for one in found.facts],
        tasks=[filled(TaskSent, one) for one in found.tasks],
        platforms=[filled(PlatformSent, one) for one in found.places],
    )
    return Response(sent, headers=version_tag(found.incident.line_version))


@change(f"{ONE}/facts", "addFact", tag="incidents", policy=WRITE, makes=True)
async def add_fact(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[FactWanted]
) -> IncidentChange:
    """Adds a line to the fact sheet."""
    await incidents.add_fact(asked.act, number, data.state, data.words, data.source)
    return await changed(number)


@put(f"{ONE}/facts/{{fact:uuid}}", operation_id="editFact", opt={"policy": WRITE}, tags=["incidents"])
async def change_fact(
    asked: NamedDependency[Asked], number: FromPath[int], fact: FromPath[UUID], data: JSONBody[FactWanted]
) -> IncidentChange:
    """Sets a line of the fact sheet; the timeline keeps how sure it was before."""
    await incidents.change_fact(asked.act, number, fact, data.state, data.words, data.source)
    return await changed(number)


@put(
    f"{ONE}/statement",
    operation_id="setStatement",
    opt={"policy": WRITE, "matches": True},
    tags=["incidents"],
)
async def word(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[StatementWanted]
) -> IncidentChange:
    """Writes the next version of the holding statement. Nothing is said in public by this."""
    with as_seen(asked) as version:
        await incidents.word(asked.act, number, en=data.line_en, fr=data.line_fr, version=version)
    return await changed(number)


@change(f"{ONE}/statement/publish", "publishStatement", tag="incidents", policy=WRITE)
async def publish(asked: NamedDependency[Asked], number: FromPath[int]) -> IncidentChange:
    """Says that the holding statement as it stands was said in public: from now on replies may use it.

    Only its spokesperson and leads may.
    """
    await incidents.publish(asked.act, number)
    return await changed(number)


@change(f"{ONE}/platforms", "decidePlatform", tag="incidents", policy=WRITE)
async def speak(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[PlatformWanted]
) -> IncidentChange:
    """Decides whether the team speaks of the incident on a platform."""
    await incidents.speak(asked.act, number, data.platform, data.state)
    return await changed(number)


@change(f"{ONE}/told", "addPersonTold", tag="incidents", policy=WRITE, makes=True)
async def tell(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[SomeoneTold]
) -> IncidentChange:
    """Records that someone outside was told. Nothing is sent by this."""
    await incidents.tell(asked.act, number, who=data.who, how=data.how)
    return await changed(number)


@change(f"{ONE}/updates", "addUpdate", tag="incidents", policy=WRITE, makes=True)
async def update(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[UpdateWanted]
) -> IncidentChange:
    """Records how things stand; the lead is reminded when it is to be said again."""
    must_be_plausible(asked, data)
    await incidents.update(asked.act, number, data.text, next_at=data.next_at)
    return await changed(number)


@change(f"{ONE}/tasks", "addTask", tag="incidents", policy=WRITE, makes=True)
async def add_task(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[TaskWanted]
) -> IncidentChange:
    """Adds a task."""
    must_be_plausible(asked, data)
    await incidents.add_task(asked.act, number, data.words, owner=data.owner, due_at=data.due_at)
    return await changed(number)


@put(f"{ONE}/tasks/{{position:int}}", operation_id="giveTask", opt={"policy": WRITE}, tags=["incidents"])
async def give_task(
    asked: NamedDependency[Asked], number: FromPath[int], position: FromPath[int], data: JSONBody[TaskGiven]
) -> IncidentChange:
    """Sets the owner and the date of a task that is still to be done."""
    must_be_plausible(asked, data)
    await incidents.give(asked.act, number, position, owner=data.owner, due_at=data.due_at)
    return await changed(number)


@change(f"{ONE}/tasks/{{position:int}}/settle", "settleTask", tag="incidents", policy=WRITE)
async def settle_task(
    asked: NamedDependency[Asked], number: FromPath[int], position: FromPath[int], data: JSONBody[TaskEnd]
) -> IncidentChange:
    """Says that a task is done, or will not be."""
    await incidents.settle(asked.act, number, position, TaskState.DONE if data.done else TaskState.NOT_DOING)
    return await changed(number)


@change(f"{ONE}/cases/{{case_number:int}}/release", "releaseCase", tag="incidents", policy=WRITE)
async def release(
    asked: NamedDependency[Asked], number: FromPath[int], case_number: FromPath[int]
) -> IncidentChange:
    """Lets the reply on one case go out during the hold; only its spokesperson and leads may."""
    await incidents.release(asked.act, number, case_number)
    return await changed(number)


@change(f"{ONE}/cases/{{case_number:int}}/remove", "removeIncidentCase", tag="incidents", policy=WRITE)
async def leave(
    asked: NamedDependency[Asked], number: FromPath[int], case_number: FromPath[int]
) -> IncidentChange:
    """Takes a case out of the incident; it is suggested no more."""
    await incidents.leave(asked.act, number, case_number)
    return await changed(number)


@change(f"{ONE}/escalate", "escalateIncident", tag="incidents", policy=WRITE)
async def escalate(asked: NamedDependency[Asked], number: FromPath[int]) -> EscalatedSent:
    """Makes every open case of the incident critical; each owner gets one message."""
    return filled(EscalatedSent, await incident_severity.escalate(asked.act, number, Severity.S1))


routes = (
    sheet,
    add_fact,
    change_fact,
    word,
    publish,
    speak,
    tell,
    update,
    add_task,
    give_task,
    settle_task,
    release,
    leave,
    escalate,
)
