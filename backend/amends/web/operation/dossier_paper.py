"""A dossier as PDF: numbered exhibits, timelines, and what all of it proves and does not."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache

import msgspec

from amends.gateways import pdf_sandbox
from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, EvidenceIsMissing
from amends.i18n import gettext as _
from amends.rules.capture.links import safe_url
from amends.rules.capture.titles import stars
from amends.rules.case import platforms
from amends.rules.operation import dossiers as rules
from amends.rules.operation import own_texts
from amends.rules.operation.dossiers import Sized
from amends.rules.person import report_addresses
from amends.services.case.timeline import EntryShown
from amends.services.operation.dossiers import Anchored, CaseGathered, Exhibit, Gathered, Subject
from amends.web import templating
from amends.web.case import entries_view
from amends.web.labels import label
from amends.web.operation import dossier_labels as words
from amends.web.operation.dossier_fonts import without_boxes
from amends.web.person.labels import measures
from amends.web.template_environment import TEMPLATES


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of a post: the name by which the PDF shows it, empty where there is none to show."""

    name: str
    sha256: str


class ExhibitOnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One exhibit, every string ready."""

    number: int
    case_number: int
    author: str
    platform: str
    address: str
    page: str
    title: str
    text: str
    lang: str
    rating: str
    posted: str
    captured: str
    received: str
    by: str
    digest: str
    covered: bool
    is_redacted: bool
    pictures: tuple[Picture, ...]


class RedactedOnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """How much was redacted: exhibits by number, entries; whether pictures of these posts went in."""

    exhibits: str
    entries: int
    pictures: bool


class EntryOnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a timeline."""

    position: int
    at: str
    who: str
    told: str
    sayings: tuple[str, ...]
    hidden: bool


class CaseOnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One case with its timeline."""

    number: int
    title: str
    state: str
    opened: str
    head: str
    entries: tuple[EntryOnPaper, ...]
    files: tuple[tuple[str, str, str], ...]
    faults: int


class AnchorOnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One hash over all timelines; `stamped` is when an authority saw it, empty where none did."""

    number: int
    made: str
    hash: str
    stamped: str
    authority: str


@cache
def styles() -> str:
    """Those of the sheets."""
    return (TEMPLATES / "dossiers" / "paper.css").read_text(encoding="utf-8")


def at(moment: datetime | None) -> str:
    """An instant as exhibits name it: to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if moment else ""


async def volumes(
    gathered: Gathered, *, team: str, by: str, files: EvidenceFiles, subject: Subject | None = None
) -> list[bytes]:
    """The PDF in one or several volumes, in the language at hand. Raises PdfIsUnavailable, PdfFailed."""
    sized = [
        Sized(place, sum(one.size for one in exhibit.pictures))
        for place, exhibit in enumerate(gathered.exhibits)
    ]
    parts = rules.volumes(sized)
    drawn = []
    for number, places in enumerate(parts, start=1):
        exhibits = [gathered.exhibits[place] for place in places]
        pictures = await _pictures(exhibits, files)
        html = sheet(
            gathered, exhibits, set(pictures), team=team, by=by, volume=(number, len(parts)), subject=subject
        )
        drawn.append(await pdf_sandbox.drawn(await without_boxes(html), styles(), pictures))
    return drawn


def sheet(
    gathered: Gathered,
    exhibits: Sequence[Exhibit],
    pictures: set[str],
    *,
    team: str,
    by: str,
    volume: tuple[int, int],
    subject: Subject | None = None,
) -> str:
    """One volume as a document of its own; the last one holds the timelines."""
    number, most = volume
    return (
        templating.environment()
        .get_template("dossiers/paper.html")
        .render(
            title=gathered.without_names(_title(gathered, subject)),
            team=team,
            by=by,
            made_at=at(gathered.made_at),
            reader=_(words.READERS[gathered.choice.reader]),
            number=number,
            most=most,
            index=[_on_paper(one, pictures) for one in gathered.exhibits] if number == 1 else [],
            exhibits=[_on_paper(one, pictures) for one in exhibits],
            cases=[_case(one, gathered) for one in gathered.cases] if number == most else [],
            heads=[(case.number, case.head) for case in gathered.cases],
            anchors=_anchors(gathered),
            withheld=[_on_paper(one, set()) for one in gathered.withheld],
            redacted=_redacted(gathered),
            files_left_out=sorted(gathered.choice.without_files),
            without_notes=gathered.choice.without_notes,
            proves=[_(one) for one in words.PROVES],
            proves_not=[_(one) for one in words.PROVES_NOT],
            certified=_(words.CERTIFIED),
            reports=_reports(gathered.exhibits),
            authorities=[(_(name), address) for name, address in report_addresses.AUTHORITIES],
            checked=measures.checked(),
        )
    )


def _anchors(gathered: Gathered) -> list[AnchorOnPaper]:
    """The anchor of the dossier, and the newest that an authority has confirmed; once where they are one."""
    found = {one.anchor.number: one for one in (gathered.anchor, gathered.stamped) if one}
    return [_anchor(one) for one in found.values()]


def _anchor(anchored: Anchored) -> AnchorOnPaper:
    anchor, stamp = anchored.anchor, anchored.stamp
    return AnchorOnPaper(
        number=anchor.number,
        made=at(anchor.made_at),
        hash=anchor.hash,
        stamped=at(stamp.stamped_at) if stamp else "",
        authority=stamp.authority if stamp else "",
    )


def _redacted(gathered: Gathered) -> RedactedOnPaper | None:
    """What was redacted, without saying whom."""
    choice = gathered.choice
    if not choice.redact:
        return None
    exhibits = [one.number for one in gathered.exhibits if one.is_redacted]
    entries = sum(
        gathered.withholds(entry) and not gathered.hides(entry)
        for case in gathered.cases
        for entry in case.shown
    )
    return RedactedOnPaper(
        exhibits=", ".join(map(str, exhibits)), entries=entries, pictures=choice.with_their_pictures
    )


def _title(gathered: Gathered, subject: Subject | None) -> str:
    if subject and subject.incident:
        return _("Dossier of the incident “%(name)s”") % {"name": subject.name}
    if subject:
        return _("Dossier of %(name)s") % {"name": subject.name}
    if len(gathered.cases) == 1:
        return _("Dossier of case #%(number)s") % {"number": gathered.cases[0].number}
    return _("Dossier of several cases")


async def _pictures(exhibits: Iterable[Exhibit], files: EvidenceFiles) -> dict[str, bytes]:
    """The copies that pages show, which were drawn anew, by their SHA-256."""
    found = {}
    for name in {kept.shown for exhibit in exhibits for kept in exhibit.pictures if kept.shown}:
        try:
            found[name] = await files.fetch(name)
        except (EvidenceIsMissing, EvidenceIsAltered):
            continue
    return found


def _on_paper(one: Exhibit, pictures: set[str]) -> ExhibitOnPaper:
    seen = one.seen
    return ExhibitOnPaper(
        number=one.number,
        case_number=one.case_number,
        author=one.author or _("Unknown author"),
        platform=platforms.label(seen["platform"]),
        address=safe_url(seen["url"]) or "",
        page=safe_url(seen["page_url"]) or "",
        title=seen["title"],
        text=seen["text"],
        lang=seen["lang"],
        rating=stars(seen["rating"], seen["rating_max"]) if seen["rating"] is not None else "",
        posted=seen["time_text"] if seen["posted_approximately"] else at(seen["posted_at"]),
        captured=at(seen["captured_at"]),
        received=at(one.received_at),
        by=one.by,
        digest=one.digest,
        covered=one.covered,
        is_redacted=one.is_redacted,
        pictures=tuple(
            Picture(name=kept.shown if kept.shown in pictures else "", sha256=kept.sha256)
            for kept in one.pictures
        ),
    )


def _case(case: CaseGathered, gathered: Gathered) -> CaseOnPaper:
    return CaseOnPaper(
        number=case.number,
        title=own_texts.title(gathered.title_of(case)),
        state=label(case.outcome or case.stage),
        opened=at(case.opened_at),
        head=case.head,
        entries=tuple(_entry(one, gathered) for one in case.shown),
        files=tuple((gathered.without_names(one.name), at(one.kept_at), one.sha256) for one in case.files),
        faults=len(case.faults),
    )


def _entry(entry: EntryShown, gathered: Gathered) -> EntryOnPaper:
    hidden = gathered.hides(entry)
    line = entries_view.line(entry, customer=_("The customer"), now=gathered.made_at)
    return EntryOnPaper(
        position=entry.position,
        at=at(entry.at),
        who=line.who,
        told="" if hidden else gathered.without_names(line.told),
        sayings=() if hidden else tuple(map(gathered.without_names, line.sayings)),
        hidden=hidden,
    )


def _reports(exhibits: Iterable[Exhibit]) -> list[tuple[str, str]]:
    """Where the platforms of these posts take reports."""
    return list(report_addresses.places_of({str(one.seen["platform"]) for one in exhibits}))
