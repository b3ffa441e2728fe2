"""Conversation of a case: its entries in order, filtered by what is asked for, the oldest folded away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.services.case.timeline import EntryShown
from amends.services.desk.cases import CaseDetail, FileShown
from amends.web.case.entries_view import Line, Voice, line
from amends.web.case.files_view import files_of_entry
from amends.web.case.notes_view import Notes, with_note
from amends.web.case.strip_view import Strip, strip
from amends.web.templating import query

Part = Literal["all", "conversation", "notes"]
VOICES: dict[Part, frozenset[Voice]] = {
    "all": frozenset(get_args(Voice)),
    "conversation": frozenset({"ours", "theirs"}),
    "notes": frozenset({"note"}),
}
PARTS: dict[Part, str] = {
    "all": N_("All"),
    "conversation": N_("Conversation"),
    "notes": N_("Notes"),
}
SHOWN = 30
"""Entries that stand there at once; the older ones come when they are asked for."""


class PartShown(msgspec.Struct, frozen=True, kw_only=True):
    """One part to choose, with its address."""

    name: str
    query: str
    current: bool


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """The parts to choose, and the entries of the one that is shown; `earlier` counts those left out."""

    strip: Strip
    parts: tuple[PartShown, ...]
    lines: tuple[Line, ...]
    earlier: int
    whole: str
    pinned: Line | None


def conversation(
    detail: CaseDetail,
    known: Notes,
    *,
    customer: str,
    show: str,
    whole: bool,
    now: datetime,
) -> Conversation:
    """What was said and done, the oldest first, as far as it is asked for."""
    chosen: Part = show if show in VOICES else "all"
    there = {str(file.id): file for file in detail.files}
    lines = [
        with_note(_with_files(line(entry, customer=customer, now=now), entry, there), entry, known)
        for entry in detail.timeline
    ]
    fitting = tuple(one for one in lines if one.voice in VOICES[chosen])
    earlier = 0 if whole else max(len(fitting) - SHOWN, 0)
    return Conversation(
        strip=strip(detail.timeline, lines, now=now),
        parts=tuple(
            PartShown(
                name=_(name), query=query({"show": "" if part == "all" else part}), current=part == chosen
            )
            for part, name in PARTS.items()
        ),
        lines=fitting[earlier:],
        earlier=earlier,
        pinned=next((one for one in lines if one.note and one.note.pinned), None),
        whole=query({"show": "" if chosen == "all" else chosen, "earlier": "on"}),
    )


def _with_files(shown: Line, entry: EntryShown, there: Mapping[str, FileShown]) -> Line:
    """A preview is ready some time after its entry: such lines are not kept."""
    if not entry.particulars.get("files"):
        return shown
    return msgspec.structs.replace(shown, files=files_of_entry(entry, there))
