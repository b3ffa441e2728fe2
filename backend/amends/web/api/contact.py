"""API: notes and touchpoints of a case."""

from typing import Annotated, Literal

import msgspec
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import Channel, EntryKind
from amends.services.case import timeline
from amends.services.desk import cases
from amends.services.workflow import case_commands, notes
from amends.web.api.changes import change
from amends.web.api.kit import Asked, Text


class NoteWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What members leave for each other; who is named with an @ is told of it."""

    text: Text


class TouchpointWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was said between us and the person: through which channel, and by whom."""

    channel: Channel
    direction: Annotated[Literal["in", "out"], Meta(description="`in`: they wrote; `out`: we did.")]
    text: Text
    url: Annotated[str, Meta(max_length=2_000, description="Where it stands, if it stands anywhere.")] = ""


class EntryMade(msgspec.Struct, frozen=True):
    """The entry that was written, by its position in the timeline, and the version of the case now."""

    number: int
    position: int
    version: int


async def _last(asked: Asked, number: int, kind: EntryKind) -> EntryMade:
    """The newest entry of a kind: the one that was written just now."""
    case = await cases.find(number, by=asked.member)
    position = max(one.position for one in await timeline.of_case(case.id) if one.kind is kind)
    return EntryMade(number, position, case.version)


@change("/cases/{number:int}/notes", "addNote", tag="timeline", makes=True)
async def note(asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[NoteWanted]) -> EntryMade:
    """Adds a note, which the customer never sees."""
    await case_commands.note(asked.act, number, text=data.text)
    return await _last(asked, number, EntryKind.NOTED)


@change("/cases/{number:int}/notes/{position:int}/edit", "editNote", tag="timeline")
async def edit(
    asked: NamedDependency[Asked], number: FromPath[int], position: FromPath[int], data: JSONBody[NoteWanted]
) -> EntryMade:
    """Says something else in a note of the member’s own; the first words stay in the timeline."""
    await notes.edit(asked.act, number, position, text=data.text)
    case = await cases.find(number, by=asked.member)
    return EntryMade(number, position, case.version)


@change("/cases/{number:int}/touchpoints", "addTouchpoint", tag="timeline", makes=True)
async def touch(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[TouchpointWanted]
) -> EntryMade:
    """Records contact with the customer. Nothing is sent: it says what somebody has already written."""
    await case_commands.record_touchpoint(
        asked.act, number, channel=data.channel, direction=data.direction, text=data.text, url=data.url
    )
    return await _last(asked, number, EntryKind.TOUCHPOINT)


routes = (note, edit, touch)
