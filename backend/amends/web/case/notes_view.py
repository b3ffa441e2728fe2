"""Notes of a conversation, ready to show: their words now and before, their form, their pin."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from amends.rules.case import notes as rules
from amends.rules.case.notes import Version
from amends.services.case.timeline import EntryShown
from amends.services.team.members import Member
from amends.web import dates
from amends.web.case.entries_view import Line, NoteShown
from amends.web.page_kit import Typed


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the notes of a case; `asked` is the one whose form was asked for."""

    versions: dict[int, tuple[Version, ...]]
    pinned: int | None
    reader: Member
    asked: int | None
    typed: Typed
    now: datetime


def notes(
    timeline: Sequence[EntryShown], *, reader: Member, asked: int | None, typed: Typed, now: datetime
) -> Notes:
    """What is known of them, gathered once."""
    sent = typed.of("note-edit")
    position = sent.values.get("position", "")
    return Notes(
        versions=rules.versions(timeline),
        pinned=rules.pinned(timeline),
        reader=reader,
        asked=int(position) if position.isdecimal() and len(position) < 9 else asked,
        typed=sent,
        now=now,
    )


def with_note(shown: Line, entry: EntryShown, known: Notes) -> Line:
    """The line of a note as it stands now; any other line is left as it is."""
    if shown.voice != "note":
        return shown
    versions = known.versions.get(entry.position, ())
    text = versions[-1].text if versions else str(entry.particulars.get("text", ""))
    mine = rules.is_editable(entry, known.reader.id)
    note = NoteShown(
        edited=dates.moment(versions[-1].at, now=known.now) if versions else None,
        earlier=tuple((one.text, dates.moment(one.at, now=known.now)) for one in versions[-2::-1]),
        mine=mine,
        pinned=entry.position == known.pinned,
        editing=mine and entry.position == known.asked,
        words=known.typed.values.get("text", text),
        error=known.typed.errors.get("text", known.typed.problem),
    )
    return msgspec.structs.replace(shown, note=note, sayings=(text,) if text else ())
