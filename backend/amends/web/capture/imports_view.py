"""Preview of an import, line by line."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case.platforms import label
from amends.services.capture.imports import Line, Rehearsal
from amends.web import dates

COLUMNS = {
    "url": (N_("Address of the post. This or the text is needed."), "https://x.com/dana/status/17"),
    "text": (N_("What it says."), N_("The cake never arrived.")),
    "title": (N_("Title, as reviews have one."), N_("Never again")),
    "author": (N_("Name of whoever wrote it."), "Nell Nobody"),
    "handle": (N_("Their account."), "@nell"),
    "platform": (N_("Where it stands; without it, the address tells."), "trustpilot"),
    "posted_at": (N_("When it was posted."), "2026-03-28 14:05"),
    "captured_at": (N_("When you first saw it: so old is the case. Without it, now."), "28/03/2026"),
    "severity": (N_("S1 to S4, if you know it already."), "S3"),
    "rating": (N_("Stars, of five unless you say so."), "2/5"),
    "note": (N_("For your colleagues. It stays with the post."), N_("Regular customer.")),
}


class Column(msgspec.Struct, frozen=True):
    """A column, what it says, and an example."""

    name: str
    meaning: str
    example: str


class LineShown(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table, and what becomes of it in a word and a tone."""

    number: int
    tone: str
    result: str
    href: str
    title: str
    about: str
    wrong: list[tuple[str, str]]


class ImportPage(msgspec.Struct, frozen=True, kw_only=True):
    """The whole table, counted."""

    id: UUID
    new: int
    known: int
    wrong: int
    lines: list[LineShown]
    unread: str


def columns() -> list[Column]:
    """Every column that is read."""
    return [Column(name, _(meaning), _(example)) for name, (meaning, example) in COLUMNS.items()]


def template() -> str:
    """A table with the names of all columns and no line; the mark at its front says that it is UTF-8."""
    return "\ufeff" + ",".join(COLUMNS) + "\r\n"


def import_page(upload_id: UUID, rehearsal: Rehearsal, *, now: datetime) -> ImportPage:
    """The table as it would be imported now; what is wrong stands first."""
    lines = sorted(rehearsal.lines, key=lambda line: not line.wrong)
    return ImportPage(
        id=upload_id,
        new=sum(line.is_new for line in lines),
        known=sum(line.case is not None or line.same_as is not None for line in lines),
        wrong=sum(bool(line.wrong) for line in lines),
        lines=[_shown(line, now=now) for line in lines],
        unread=", ".join(name[:40] for name in rehearsal.unread[:10]),
    )


def _shown(line: Line, *, now: datetime) -> LineShown:
    posted = dates.moment(line.posted_at, now=now).brief if line.posted_at else ""
    platform = label(line.platform) if line.platform else ""
    tone, result = _result(line)
    return LineShown(
        number=line.number,
        tone=tone,
        result=result,
        href=f"/cases/{line.case}" if line.case else "",
        title=line.title,
        about=" · ".join(part for part in (platform, line.author, posted) if part),
        wrong=list(line.wrong.items()),
    )


def _result(line: Line) -> tuple[str, str]:
    if line.wrong:
        return "late", _("Not understood")
    if line.case is not None:
        return "won", _("Case #%(number)s") % {"number": line.case}
    if line.same_as is not None:
        return "closed", _("Same as line %(number)s") % {"number": line.same_as}
    return "ours", _("New case")
