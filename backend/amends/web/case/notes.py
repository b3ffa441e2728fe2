"""Editing and pinning notes of a case."""

from typing import Any

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.services.workflow import notes
from amends.web.page_kit import Here, case_form, to_case
from amends.web.security import Policy


class EditForm(msgspec.Struct):
    """What the note shall say."""

    text: str


@post("/cases/{number:int}/notes/{position:int}/edit", opt={"policy": Policy.SIGNED_IN})
@case_form("note-edit")
async def edit(here: NamedDependency[Here], number: FromPath[int], position: FromPath[int]) -> Response[Any]:
    """Edits a note of one's own."""
    form = await here.form(EditForm)
    changed = await notes.edit(here.act, number, position, text=form.text)
    return to_case(number, "note-edited" if changed else "")


@post("/cases/{number:int}/notes/{position:int}/pin", opt={"policy": Policy.SIGNED_IN})
@case_form("note-pin")
async def pin(here: NamedDependency[Here], number: FromPath[int], position: FromPath[int]) -> Response[Any]:
    """Puts a note above the conversation."""
    await notes.pin(here.act, number, position)
    return to_case(number, "note-pinned")


@post("/cases/{number:int}/notes/{position:int}/unpin", opt={"policy": Policy.SIGNED_IN})
@case_form("note-pin")
async def unpin(here: NamedDependency[Here], number: FromPath[int], position: FromPath[int]) -> Response[Any]:
    """Takes a pinned note down."""
    await notes.unpin(here.act, number, position)
    return to_case(number, "note-unpinned")


routes = (edit, pin, unpin)
