"""How do notes and what was said come onto the timeline of a case?"""

from datetime import datetime
from typing import Any, Literal

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import Channel
from amends.services.team.members import Member
from amends.services.workflow import case_commands
from amends.web import forms
from amends.web.security import Policy
from amends.web.workflow.case_form import attempt


class NoteForm(msgspec.Struct):
    """What members leave for each other."""

    text: str


class TouchpointForm(msgspec.Struct):
    """What was said, by whom, and through which channel."""

    channel: Channel
    direction: Literal["in", "out"]
    text: str
    url: str = ""


@post("/cases/{number:int}/notes", opt={"policy": Policy.SIGNED_IN})
async def note(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Keeps a note."""

    async def keep() -> str:
        form = await forms.decode(request, NoteForm)
        await case_commands.note(number, text=form.text, by=member, now=now)
        return "noted"

    return await attempt(request, number, keep, form="note", member=member, now=now)


@post("/cases/{number:int}/touchpoints", opt={"policy": Policy.SIGNED_IN})
async def record(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Records contact between us and the person."""

    async def write_down() -> str:
        form = await forms.decode(request, TouchpointForm)
        await case_commands.record_touchpoint(
            number,
            channel=form.channel,
            direction=form.direction,
            text=form.text,
            url=form.url,
            by=member,
            now=now,
        )
        return "recorded"

    return await attempt(request, number, write_down, form="touchpoint", member=member, now=now)


routes = (note, record)
