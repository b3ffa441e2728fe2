"""Notes and touchpoints on the timeline of a case."""

from typing import Any, Literal

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import Channel
from amends.services.workflow import case_commands
from amends.web import form_keys
from amends.web.case.files import LARGEST_BODY, attached_to
from amends.web.page_kit import Here, case_shown_again, to_case
from amends.web.security import Policy


class NoteForm(msgspec.Struct):
    """What members leave for each other."""

    text: str = ""


class TouchpointForm(msgspec.Struct):
    """What was said, by whom, and through which channel."""

    channel: Channel
    direction: Literal["in", "out"]
    text: str
    url: str = ""


@post("/cases/{number:int}/notes", opt={"policy": Policy.SIGNED_IN}, request_max_body_size=LARGEST_BODY)
@case_shown_again("note")
async def note(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps a note, with the files that came with it."""
    form = await here.form(NoteForm)
    attached = await attached_to(here)

    async def keep() -> Response[Any]:
        await case_commands.note(here.act, number, text=form.text, attached=attached)
        return to_case(number, "noted")

    return await form_keys.once(here.request, keep)


@post("/cases/{number:int}/touchpoints", opt={"policy": Policy.SIGNED_IN}, request_max_body_size=LARGEST_BODY)
@case_shown_again("touchpoint")
async def record(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Records contact between us and the person, with the files that came with it."""
    form = await here.form(TouchpointForm)
    attached = await attached_to(here)

    async def keep() -> Response[Any]:
        await case_commands.record_touchpoint(
            here.act,
            number,
            channel=form.channel,
            direction=form.direction,
            text=form.text,
            url=form.url,
            attached=attached,
        )
        return to_case(number, "recorded")

    return await form_keys.once(here.request, keep)


routes = (note, record)
