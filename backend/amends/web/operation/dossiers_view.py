"""What a dossier holds, ready to choose from."""

from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.operation.dossiers import Reader
from amends.services.operation.dossiers import CaseGathered, Exhibit, Gathered
from amends.services.team.members import Member
from amends.web import dates
from amends.web.controls import Options
from amends.web.dates import Moment
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
        titles=tuple((case.number, case.title) for case in found),
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
        if entry.particulars.get("dossier")
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
