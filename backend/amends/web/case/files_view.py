"""Attached files of a case, ready to show: beside their entry, and as the list of all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from amends.i18n import gettext as _
from amends.rules.case.attachments import ENDINGS, LIMITS, Problem
from amends.rules.vocabulary import Role
from amends.services.case import attachments
from amends.services.case.attachments import FIELD
from amends.services.case.timeline import EntryShown
from amends.services.desk.cases import CaseDetail, FileShown
from amends.services.team.members import Member
from amends.web import dates
from amends.web.case.labels import files as words
from amends.web.dates import Moment
from amends.web.page_kit import Typed

ACCEPTED = ",".join((*ENDINGS, *(ending for endings in ENDINGS.values() for ending in endings)))
"""What a browser offers to choose: kinds and endings."""


class FileLine(msgspec.Struct, frozen=True, kw_only=True):
    """One file: name, kind and size; without `href` it was removed, `src` is its preview once there is one.

    `hint` says why a picture has none.
    """

    name: str
    about: str
    href: str = ""
    src: str = ""
    width: int = 0
    height: int = 0
    hint: str = ""


class FileRow(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the list: whose, since when, the entry that it came with, and the form to remove it."""

    id: str
    file: FileLine
    who: str
    at: Moment
    entry: str
    other_case: int | None
    removing: bool
    reason: str
    error: str


class Picker(msgspec.Struct, frozen=True, kw_only=True):
    """The field by which files are chosen: its limits, for the script and in words, and what was refused."""

    accept: str
    at_once: int
    file_bytes: int
    sent_bytes: int
    too_many: str
    too_large: str
    too_much: str
    error: str


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """All files of a case, and the forms."""

    rows: tuple[FileRow, ...]
    may_remove: bool
    adding: bool
    picker: Picker


def picker(typed: Typed) -> Picker:
    """The field, with what was wrong with the files that came by it."""
    return _picker(typed.errors.get(FIELD, ""))


def _picker(error: str) -> Picker:
    return Picker(
        accept=ACCEPTED,
        at_once=LIMITS.at_once,
        file_bytes=LIMITS.file_bytes,
        sent_bytes=LIMITS.sent_bytes,
        too_many=attachments.sentence(Problem.TOO_MANY),
        too_large=attachments.sentence(Problem.FILE_TOO_LARGE, name="{name}"),
        too_much=attachments.sentence(Problem.SENT_TOO_LARGE),
        error=error,
    )


def files(detail: CaseDetail, typed: Typed, *, reader: Member, now: datetime) -> Files:
    """The list of a case, the newest first, and what this member may do with it."""
    entries = {
        str(told["id"]): entry.position
        for entry in detail.timeline
        for told in entry.particulars.get("files") or ()
    }
    return Files(
        rows=tuple(
            _row(file, entries.get(str(file.id)), here=detail.row.number, typed=typed, now=now)
            for file in reversed(detail.files)
        ),
        may_remove=reader.role.reaches(Role.LEAD),
        adding=typed.form == "files",
        picker=picker(typed.of("files")),
    )


def _row(file: FileShown, position: int | None, *, here: int, typed: Typed, now: datetime) -> FileRow:
    sent = typed.of("file-removal")
    is_sent = sent.values.get("file") == str(file.id)
    return FileRow(
        id=str(file.id),
        file=file_line(file),
        who=file.kept_by.name if file.kept_by else "",
        at=dates.moment(file.kept_at, now=now),
        entry=f"#entry-{position}" if position else "",
        other_case=file.number if file.number != here else None,
        removing=is_sent,
        reason=sent.values.get("reason", "") if is_sent else "",
        error=(sent.errors.get("reason", "") or sent.problem) if is_sent else "",
    )


def file_line(file: FileShown) -> FileLine:
    """A file that is there."""
    return FileLine(
        name=file.name,
        about=f"{words.kind(file.media_type)} · {words.size(file.size)}",
        href=f"/files/{file.id}/original",
        src=f"/files/{file.id}" if file.ready else "",
        width=file.width or 0,
        height=file.height or 0,
        hint=_hint(file),
    )


def files_of_entry(entry: EntryShown, there: Mapping[str, FileShown]) -> tuple[FileLine, ...]:
    """The files that came with an entry; those that were removed by the name that it keeps."""
    told: Sequence[Mapping[str, Any]] = entry.particulars.get("files") or ()
    return tuple(
        file_line(there[one["id"]])
        if one["id"] in there
        else FileLine(name=str(one["name"]), about=_("removed"))
        for one in told
    )


def _hint(file: FileShown) -> str:
    if not file.width or file.ready:
        return ""
    damaged = {
        "missing": _("The file is missing from the evidence folder."),
        "altered": _("The file was altered and no longer matches its fingerprint."),
        "unreadable": _("No preview: the picture cannot be read."),
    }
    return damaged.get(file.damage or "", _("The preview is being prepared."))
