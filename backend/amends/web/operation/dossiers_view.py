"""What a dossier holds, ready to choose from."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.operation import own_texts
from amends.rules.operation.dossiers import Reader
from amends.rules.vocabulary import EntryKind
from amends.services.operation.dossiers import CaseGathered, Exhibit, Gathered, Kept
from amends.services.team.members import Member
from amends.web import dates
from amends.web.controls import Options
from amends.web.dates import Moment
from amends.web.operation.dossier_fonts import code_of
from amends.web.operation.dossier_labels import READERS
from amends.web.page_kit import Typed

EXCERPT = 160


class ExhibitShown(msgspec.Struct, frozen=True, kw_only=True):
    """A post to be ticked off."""

    id: str
    number: int
    author: str
    excerpt: str
    lang: str
    at: Moment
    pictures: int
    chosen: bool


class MadeShown(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier that was made before, as the timeline of a case tells it."""

    at: Moment
    by: str
    reader: str
    manifest: str


class FileShown(msgspec.Struct, frozen=True, kw_only=True):
    """An attached file to be ticked off; `names` where it names somebody else."""

    digest: str
    name: str
    names: bool
    chosen: bool


class OthersShown(msgspec.Struct, frozen=True, kw_only=True):
    """Other people: names to be redacted, files; and characters for which there is no font."""

    names: tuple[tuple[str, bool], ...]
    also: str
    pictures: bool
    files: tuple[FileShown, ...]
    unknown: tuple[tuple[str, str], ...]


class PageShown(msgspec.Struct, frozen=True, kw_only=True):
    """The form; `cases` as they were typed, `titles` what they are called."""

    cases: str
    titles: tuple[tuple[int, str], ...]
    exhibits: tuple[ExhibitShown, ...]
    entries: int
    files: int
    faults: int
    made: tuple[MadeShown, ...]
    readers: Options
    reader: str
    languages: Options
    language: str
    notes: bool
    error: str


def shown(gathered: Gathered | None, cases: str, typed: Typed, member: Member, *, now: datetime) -> PageShown:
    """The form for the cases that were found, with what was typed."""
    found = gathered.cases if gathered else ()
    kept = typed.several.get("keep", ())
    return PageShown(
        cases=cases,
        titles=tuple((case.number, own_texts.title(case.title)) for case in found),
        exhibits=tuple(
            _exhibit(one, now, chosen=not typed.values or str(one.capture) in kept)
            for one in (gathered.exhibits if gathered else ())
        ),
        entries=sum(len(case.entries) for case in found),
        files=sum(len(case.files) for case in found),
        faults=sum(len(case.faults) for case in found),
        made=_made(found, now),
        readers=tuple((one.value, _(READERS[one])) for one in Reader),
        reader=typed.values.get("reader", Reader.POLICE.value),
        languages=(("en", "English"), ("fr", "Français")),
        language=typed.values.get("language", language()),
        notes=bool(typed.values.get("notes")),
        error=typed.errors.get("cases", ""),
    )


def others(
    names: Sequence[str], kept: Sequence[Kept], naming: Collection[str], unknown: Iterable[str], typed: Typed
) -> OthersShown:
    """What is proposed, or what was typed and refused."""
    ticked, files = typed.several.get("redact", ()), typed.several.get("keep_files", ())
    return OthersShown(
        names=tuple((name, not typed.values or name in ticked) for name in names),
        also=typed.values.get("redact_also", ""),
        pictures=bool(typed.values.get("their_pictures")),
        files=tuple(
            FileShown(
                digest=one.sha256,
                name=one.name,
                names=one.sha256 in naming,
                chosen=one.sha256 in files if typed.values else one.sha256 not in naming,
            )
            for one in kept
        ),
        unknown=tuple((one, code_of(one)) for one in sorted(unknown)),
    )


def everything(gathered: Gathered) -> str:
    """The words of all posts and entries, to look for characters that no font has."""
    seen = [f"{one.author}{one.seen['title']}{one.seen['text']}" for one in gathered.exhibits]
    told = [str(entry.particulars) for case in gathered.cases for entry in case.shown]
    return "".join([*seen, *told, *(case.title for case in gathered.cases)])


def _exhibit(one: Exhibit, now: datetime, *, chosen: bool) -> ExhibitShown:
    words = str(one.seen["text"] or one.seen["title"])
    return ExhibitShown(
        id=str(one.capture),
        number=one.number,
        author=one.author or _("Unknown author"),
        excerpt=words[:EXCERPT] + ("…" if len(words) > EXCERPT else ""),
        lang=one.seen["lang"],
        at=dates.moment(one.received_at, now=now),
        pictures=len(one.pictures),
        chosen=chosen,
    )


def _made(cases: tuple[CaseGathered, ...], now: datetime) -> tuple[MadeShown, ...]:
    """The dossiers that these cases tell of, each once, the newest first."""
    found = {
        entry.particulars["dossier"]: entry
        for case in cases
        for entry in case.shown
        if entry.kind is EntryKind.DOSSIER_MADE
    }
    return tuple(
        MadeShown(
            at=dates.moment(entry.at, now=now),
            by=entry.by.name if entry.by else "",
            reader=_(READERS[Reader(entry.particulars["reader"])]),
            manifest=entry.particulars["manifest"],
        )
        for entry in sorted(found.values(), key=lambda one: one.at, reverse=True)
    )
