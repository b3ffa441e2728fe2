"""Conversation of a case: its entries in order, filtered by what is asked for, the oldest folded away."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Literal, get_args

import msgspec

from amends.i18n import N_, ngettext
from amends.i18n import gettext as _
from amends.services.case.timeline import EntryShown
from amends.services.desk.cases import CaseDetail, FileShown
from amends.web.case.entries_view import Line, MailState, Voice, line
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
    mails: Mapping[int, MailState],
    show: str,
    whole: bool,
    now: datetime,
) -> Conversation:
    """What was said and done, the oldest first, as far as it is asked for.

    `mails` says how messages by mail stand, by the position of their entries.
    """
    chosen: Part = show if show in VOICES else "all"
    there = {str(file.id): file for file in detail.files}
    lines = [
        _whole(line(entry, customer=customer, now=now), entry, known, there) for entry in detail.timeline
    ]
    if mails:
        lines = [msgspec.structs.replace(one, mail=mails.get(one.position)) for one in lines]
    if detail.is_hostile:
        lines = [msgspec.structs.replace(one, hostile=one.voice == "theirs") for one in lines]
    fitting = tuple(_together(one for one in lines if one.voice in VOICES[chosen]))
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


def _whole(shown: Line, entry: EntryShown, known: Notes, there: Mapping[str, FileShown]) -> Line:
    """With its files and what belongs to a note; an entry whose words were erased has neither."""
    return shown if shown.emptied else with_note(_with_files(shown, entry, there), entry, known)


def _together(lines: Iterable[Line]) -> Iterator[Line]:
    """Entries in a row whose words were erased as one line, which counts them."""
    for is_emptied, run in groupby(lines, key=lambda one: one.emptied):
        row = list(run)
        if not is_emptied or len(row) == 1:
            yield from row
            continue
        said = ngettext("%(count)s erased entry", "%(count)s erased entries", len(row)) % {"count": len(row)}
        within = tuple((one.who, one.at) for one in row)
        yield msgspec.structs.replace(row[0], who="", told=said, kind="", to="", facts=(), within=within)


def _with_files(shown: Line, entry: EntryShown, there: Mapping[str, FileShown]) -> Line:
    """A preview is ready some time after its entry: such lines are not kept."""
    if not entry.particulars.get("files"):
        return shown
    return msgspec.structs.replace(shown, files=files_of_entry(entry, there))
