"""Pages of imports: the columns of a table and what they go to, its lines, and how far it is."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.capture.column_mapping import PRESETS
from amends.rules.case.platforms import label
from amends.rules.operation import own_texts
from amends.rules.vocabulary import FieldKind
from amends.services.capture.import_columns import REMEMBERED, Columns
from amends.services.capture.import_lines import by_column
from amends.services.capture.import_overviews import Line, Overview
from amends.services.case.fields import FieldShown
from amends.web import dates
from amends.web.case.labels.fields import field_label

COLUMNS = {
    "url": (N_("Address of the post. Required if there is no text."), "https://x.com/dana/status/17"),
    "text": (N_("Text of the post."), N_("The cake never arrived.")),
    "title": (N_("Title, for reviews that have one."), N_("Never again")),
    "author": (N_("Name of the author."), "Nell Nobody"),
    "handle": (N_("Account of the author."), "@nell"),
    "platform": (N_("Site of the post. If empty, taken from the address."), "trustpilot"),
    "posted_at": (N_("When it was posted."), "2026-03-28 14:05"),
    "captured_at": (N_("When you first saw it; the case counts from then. If empty: now."), "28/03/2026"),
    "severity": (N_("S1 (critical), S2 (serious), S3 (normal) or S4 (rant), if you know it."), "S3"),
    "location": (N_("Shop or brand, as it is called in the settings. If empty, by the page."), "Rennes"),
    "rating": (N_("Stars, out of five unless stated."), "2/5"),
    "note": (N_("For your colleagues. Saved with the post."), N_("Regular customer.")),
}


FIELDS = {
    "url": N_("Address of the post"),
    "text": N_("Text of the post"),
    "title": N_("Title"),
    "author": N_("Name of the author"),
    "handle": N_("Account of the author"),
    "platform": N_("Platform"),
    "posted_at": N_("When it was posted"),
    "captured_at": N_("When you first saw it"),
    "severity": N_("Severity"),
    "location": N_("Location or brand"),
    "rating": N_("Rating"),
    "note": N_("Note for your colleagues"),
}
EXAMPLES = {FieldKind.NUMBER: "12.50", FieldKind.DATE: "14/05/2026", FieldKind.ORDER_NUMBER: "12-4711"}
STATES = {
    "mapping": N_("Columns to match"),
    "checked": N_("Ready to import"),
    "running": N_("Importing"),
    "stopped": N_("Stopped"),
    "done": N_("Imported"),
}


class Column(msgspec.Struct, frozen=True):
    """A column, what it says, and an example."""

    name: str
    meaning: str
    example: str


class ColumnShown(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a table that is sent: the name of its input, examples, the field chosen for it."""

    input: str
    name: str
    samples: list[str]
    field: str


class ColumnsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The step in which columns are mapped; `source` says where the suggestion comes from."""

    id: UUID
    columns: list[ColumnShown]
    fields: list[tuple[str, str]]
    own_fields: list[tuple[str, str]]
    presets: list[tuple[str, str]]
    preset: str
    source: str
    platform: str
    month_first: bool


class LineShown(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table, and what becomes of it in a word and a tone."""

    number: int
    tone: str
    result: str
    href: str
    title: str
    about: str
    wrong: list[tuple[str, str]]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far an import is: lines that are settled, of those that were right and new when it began."""

    id: UUID
    name: str
    state: str
    words: str
    new: int
    made: int
    known: int
    wrong: int
    lines: int
    settled: int
    share: int
    kept_at: dates.Moment


class ImportPage(msgspec.Struct, frozen=True, kw_only=True):
    """A whole import: how far it is, and the lines that are shown."""

    progress: Progress
    lines: list[LineShown]
    hidden: int


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What says something in a team beside the post: its locations, if it has any, and fields of its own."""

    located: bool
    fields: tuple[FieldShown, ...]

    @property
    def columns(self) -> list[str]:
        """The columns of the post that are read."""
        return [name for name in COLUMNS if self.located or name != "location"]

    @property
    def own(self) -> dict[str, FieldShown]:
        """The team's own fields by their columns."""
        return by_column(self.fields)


def columns(known: Known) -> list[Column]:
    """Every column that is read."""
    posts = [Column(name, _(COLUMNS[name][0]), _(COLUMNS[name][1])) for name in known.columns]
    own = [Column(name, f"{field_label(one)}.", _example(one)) for name, one in known.own.items()]
    return posts + own


def _example(field: FieldShown) -> str:
    return field.choices[0] if field.choices else EXAMPLES.get(field.kind, "")


def template(known: Known) -> str:
    """A table with the names of all columns and no line; the mark at its front says that it is UTF-8."""
    return "\ufeff" + ",".join([*known.columns, *known.own]) + "\r\n"


def columns_page(upload_id: UUID, suggested: Columns, typed: dict[str, str], known: Known) -> ColumnsPage:
    """The columns of a table with what is suggested, or what was typed."""
    return ColumnsPage(
        id=upload_id,
        columns=[
            ColumnShown(
                input=f"column_{place}",
                name=column.name,
                samples=column.samples,
                field=typed.get(f"column_{place}", "" if typed else column.field),
            )
            for place, column in enumerate(suggested.columns)
        ],
        fields=[(name, _(FIELDS[name])) for name in FIELDS if name in known.columns],
        own_fields=[(name, field_label(one)) for name, one in known.own.items()],
        presets=[(key, preset.label) for key, preset in PRESETS.items()],
        preset=suggested.source,
        source=_source(suggested.source),
        platform=typed.get("platform", suggested.platform),
        month_first="month_first" in typed if typed else suggested.month_first,
    )


def progress(overview: Overview, *, now: datetime) -> Progress:
    """An import, counted."""
    counts = overview.counts
    settled = overview.lines - counts["new"]
    return Progress(
        id=overview.id,
        name=overview.name or _("Table"),
        state=overview.state,
        words=_(STATES[overview.state]),
        new=counts["new"],
        made=counts["made"],
        known=counts["known"] + counts["repeat"],
        wrong=counts["wrong"],
        lines=overview.lines,
        settled=settled,
        share=100 * settled // max(overview.lines, 1),
        kept_at=dates.moment(overview.kept_at, now=now),
    )


def import_page(overview: Overview, lines: list[Line], known: Known, *, now: datetime) -> ImportPage:
    """An import as it is now; lines that are not understood stand first."""
    own = {name: field_label(one) for name, one in known.own.items()}
    return ImportPage(
        progress=progress(overview, now=now),
        lines=[_shown(line, own, now=now) for line in lines],
        hidden=overview.lines - len(lines),
    )


def _source(source: str) -> str:
    """Where the fields that are chosen come from, in a sentence; "" where only names were compared."""
    if source == REMEMBERED:
        return _("Same choice as for the last table with these columns.")
    if source in PRESETS:
        return _("Matches the export format of %(name)s.") % {"name": PRESETS[source].label}
    return ""


def _shown(line: Line, own: dict[str, str], *, now: datetime) -> LineShown:
    posted = dates.moment(line.posted_at, now=now).brief if line.posted_at else ""
    platform = label(line.platform) if line.platform else ""
    tone, result = _result(line)
    return LineShown(
        number=line.number,
        tone=tone,
        result=result,
        href=f"/cases/{line.case_number}" if line.case_number else "",
        title=line.title or "–",
        about=" · ".join(part for part in (platform, line.author, posted) if part),
        wrong=[
            (own.get(field) or _(FIELDS.get(field, field)), own_texts.refusal(sentence))
            for field, sentence in line.wrong.items()
        ],
    )


def _result(line: Line) -> tuple[str, str]:
    if line.state == "wrong":
        return "late", _("Unreadable")
    if line.case_number is not None:
        return "won", _("Case #%(number)s") % {"number": line.case_number}
    if line.same_as is not None:
        return "closed", _("Same as line %(number)s") % {"number": line.same_as}
    return "ours", _("New case")
