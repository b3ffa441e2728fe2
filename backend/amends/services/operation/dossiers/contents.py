"""What a dossier holds, from gathering to packing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends.rules.case.anchors import Anchor
from amends.rules.case.verification import Fault, Recorded
from amends.rules.operation import dossiers as rules
from amends.rules.operation import redacting
from amends.rules.operation.dossiers import Reader
from amends.rules.vocabulary import EntryKind, Outcome, Severity, Stage
from amends.services.case.timeline import EntryShown
from amends.services.operation.time_stamps import Stamp

NOTES = frozenset(
    {
        EntryKind.NOTED,
        EntryKind.NOTE_EDITED,
        EntryKind.NOTE_PINNED,
        EntryKind.NOTE_UNPINNED,
        EntryKind.QUESTION,
    }
)
"""Entries in which members speak to each other."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a dossier is made, and what is left out of it: notes, copies of posts by their capture, files.

    `redact` are names of other people; pictures of posts that name them stay out but `with_their_pictures`.
    """

    reader: Reader = Reader.OTHER
    without_notes: bool = False
    without: frozenset[UUID] = frozenset()
    without_files: frozenset[str] = frozenset()
    redact: tuple[str, ...] = ()
    with_their_pictures: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file: its SHA-256, and that of the copy that pages show, if there is one; `name` is a stranger's."""

    sha256: str
    shown: str | None
    media_type: str
    size: int
    kept_at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One sight of a post: what was seen, by whom, when, and its pictures. `covered`: an entry names it.

    `names` are those of its author; where it `is_redacted`, marks stand for names of other people.
    """

    number: int
    case_number: int
    capture: UUID
    seen: Mapping[str, Any]
    author: str
    by: str
    received_at: datetime
    pictures: tuple[Kept, ...]
    digest: str
    covered: bool
    author_id: UUID | None = None
    person: UUID | None = None
    names: tuple[str, ...] = ()
    is_redacted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGathered:
    """A case with its whole timeline; `faults` where it does not verify."""

    number: int
    id: UUID
    title: str
    stage: Stage
    outcome: Outcome | None
    severity: Severity | None
    opened_at: datetime
    entries: tuple[Recorded, ...]
    shown: tuple[EntryShown, ...]
    files: tuple[Kept, ...]
    faults: tuple[tuple[int, Fault], ...]
    author: UUID | None = None
    person: UUID | None = None

    @property
    def head(self) -> str:
        return self.entries[-1].hash if self.entries else ""


@dataclass(frozen=True, slots=True)
class Anchored:
    """An anchor, and what it was made of: see `rules.case.anchors`. `stamp` where it has a time stamp."""

    anchor: Anchor
    leaves: bytes
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything of a dossier before it is packed; `withheld` are exhibits that were left out.

    `anchor` covers all of its cases; `stamped` is the newest that has a time stamp, which comes later.
    """

    cases: tuple[CaseGathered, ...]
    exhibits: tuple[Exhibit, ...]
    withheld: tuple[Exhibit, ...]
    choice: Choice
    made_at: datetime
    anchor: Anchored | None = None
    stamped: Anchored | None = None

    def hides(self, entry: EntryShown) -> bool:
        """Whether the words of an entry are left out."""
        if self.choice.without_notes and entry.kind in NOTES:
            return True
        return str(entry.particulars.get("capture") or "") in {str(one) for one in self.choice.without}

    def withholds(self, entry: EntryShown) -> bool:
        """Whether the original words of an entry are left out: with its words, or for a name in them."""
        return self.hides(entry) or redacting.holds(entry.particulars, self.choice.redact)

    def without_names(self, text: str) -> str:
        """The text with marks instead of the names of other people."""
        return redacting.in_text(text, self.choice.redact)

    def title_of(self, case: CaseGathered) -> str:
        """What a case is called: nothing where a post of it is left out, whose words it may begin with."""
        is_hidden = any(one.case_number == case.number for one in self.withheld)
        return "" if is_hidden else self.without_names(case.title)

    def named(self) -> tuple[set[str], set[str]]:
        """SHA-256 of what the entries name whose words are told, and of what those name that are left out."""
        told, hidden = set[str](), set[str]()
        for case in self.cases:
            without = {entry.position for entry in case.shown if self.withholds(entry)}
            told |= rules.named_by(one for one in case.entries if one.line.position not in without)
            hidden |= rules.named_by(one for one in case.entries if one.line.position in without)
        return told, hidden
