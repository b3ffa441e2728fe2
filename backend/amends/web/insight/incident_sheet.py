"""Forms of an incident: fact sheet, holding statement, platforms, people told, updates, tasks."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import FactState, PlaceState, TaskState
from amends.services.desk import incidents
from amends.web.insight.incidents import ONE, room, to_room
from amends.web.page_kit import Here, submit_or_redisplay
from amends.web.security import Policy


class FactForm(msgspec.Struct):
    """One line of the fact sheet."""

    state: FactState
    words: str = ""
    source: str = ""


class LineForm(msgspec.Struct):
    """The holding statement, and which version of it was seen."""

    line_en: str = ""
    line_fr: str = ""
    version: int = 0


class PlaceForm(msgspec.Struct):
    """Whether we speak on a platform."""

    platform: str
    state: PlaceState


class ToldForm(msgspec.Struct):
    """Who was told, and how."""

    who: str = ""
    how: str = ""


class TextForm(msgspec.Struct):
    """Words for the timeline."""

    text: str = ""


class UpdateForm(msgspec.Struct):
    """How things stand, and when it is said again."""

    text: str = ""
    next_at: datetime | None = None


class TaskForm(msgspec.Struct):
    """What is to be done, by whom and by when."""

    words: str = ""
    owner: UUID | None = None
    due_at: datetime | None = None


class GiveForm(msgspec.Struct):
    """The owner and date of a task, or that it is settled."""

    owner: UUID | None = None
    due_at: datetime | None = None
    state: TaskState = TaskState.OPEN


@post(f"{ONE}/facts", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "fact")
async def add_fact(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """One more line of the fact sheet."""
    form = await here.form(FactForm)
    await incidents.add_fact(here.act, number, form.state, form.words, form.source)
    return to_room(number, part="facts")


@post(f"{ONE}/facts/{{fact_id:uuid}}", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "fact-change")
async def change_fact(
    here: NamedDependency[Here], number: FromPath[int], fact_id: FromPath[UUID]
) -> Response[Any]:
    """Another state or wording of a line."""
    form = await here.form(FactForm)
    await incidents.change_fact(here.act, number, fact_id, form.state, form.words, form.source)
    return to_room(number, part="facts")


@post(f"{ONE}/line", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "line")
async def word(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The holding statement, one more version."""
    form = await here.form(LineForm)
    await incidents.word(here.act, number, en=form.line_en, fr=form.line_fr, version=form.version)
    return to_room(number, part="line")


@post(f"{ONE}/publish", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "publish")
async def publish(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The holding statement was said in public."""
    await incidents.publish(here.act, number)
    return to_room(number, part="line")


@post(f"{ONE}/places", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "places")
async def speak(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Whether we speak on a platform."""
    form = await here.form(PlaceForm)
    await incidents.speak(here.act, number, form.platform, form.state)
    return to_room(number, part="places")


@post(f"{ONE}/told", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "told")
async def tell(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Somebody was told."""
    form = await here.form(ToldForm)
    await incidents.tell(here.act, number, who=form.who, how=form.how)
    return to_room(number, part="told")


@post(f"{ONE}/notes", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "note")
async def note(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """A line of the timeline in a member's words."""
    await incidents.note(here.act, number, (await here.form(TextForm)).text)
    return to_room(number, part="timeline")


@post(f"{ONE}/update", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "update")
async def update(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """How things stand, and when it is said again."""
    form = await here.form(UpdateForm)
    await incidents.update(here.act, number, form.text, next_at=form.next_at)
    return to_room(number)


@post(f"{ONE}/tasks", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "task")
async def add_task(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """One more task."""
    form = await here.form(TaskForm)
    await incidents.add_task(here.act, number, form.words, owner=form.owner, due_at=form.due_at)
    return to_room(number, part="plan")


@post(f"{ONE}/tasks/{{position:int}}", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "task-change")
async def change_task(
    here: NamedDependency[Here], number: FromPath[int], position: FromPath[int]
) -> Response[Any]:
    """A task is done, will not be, or is another's."""
    form = await here.form(GiveForm)
    if form.state is TaskState.OPEN:
        await incidents.give(here.act, number, position, owner=form.owner, due_at=form.due_at)
    else:
        await incidents.settle(here.act, number, position, form.state)
    return to_room(number, part="plan")


routes = (add_fact, change_fact, word, publish, speak, tell, note, update, add_task, change_task)
