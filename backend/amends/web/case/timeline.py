"""Notes and touchpoints on the timeline of a case."""

from typing import Any, Literal

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import Channel
from amends.services.workflow import case_commands
from amends.web.page_kit import Here, case_form, to_case
from amends.web.security import Policy


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
@case_form("note")
async def note(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps a note."""

    form = await here.form(NoteForm)
    await case_commands.note(here.act, number, text=form.text)
    return to_case(number, "noted")


@post("/cases/{number:int}/touchpoints", opt={"policy": Policy.SIGNED_IN})
@case_form("touchpoint")
async def record(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Records contact between us and the person."""

    form = await here.form(TouchpointForm)
    await case_commands.record_touchpoint(
        here.act, number, channel=form.channel, direction=form.direction, text=form.text, url=form.url
    )
    return to_case(number, "recorded")


routes = (note, record)
