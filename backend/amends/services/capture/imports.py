"""Import of complaints from a table: previewed, each once, without a burst of nudges."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.capture import captures as rules
from amends.rules.capture import sheets
from amends.rules.capture.incoming import Clean, NewCapture, NothingCaptured, cleaned
from amends.rules.capture.sheets import Row
from amends.services.capture import captures, import_lines
from amends.services.capture.captures import Backlog
from amends.services.capture.written_captures import PostIncomplete, as_capture, content_id
from amends.services.follow_up.follow_ups import DateNotAhead
from amends.services.team import teams
from amends.services.team.members import Act

SPACE = UUID("5f0b4d0e-3b5e-4a53-9a53-6c1d2f0d8a11")
"""In which lines get their ids: the same line of any file is the same capture."""
SHOWN = ("title", "text", "url", "author", "handle", "note")
"""What a line is called by: the first of these that it has."""
KEPT = timedelta(days=1)
LOOKED_AT = time(10)
"""When, on the chosen day, what was imported is to have been looked at."""


class ImportUnknown(NotFound):
    """This table is no longer kept. Choose the file again."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line and what becomes of it: a case that is new, one that is there, a repeat, or nothing."""

    number: int
    title: str
    author: str
    platform: str
    posted_at: datetime | None
    case: int | None = None
    same_as: int | None = None
    wrong: dict[str, str] = {}

    @property
    def is_new(self) -> bool:
        """Whether importing makes a case of it."""
        return self.case is None and self.same_as is None and not self.wrong


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """What importing would do, line by line; `unread` are columns that nobody reads."""

    lines: list[Line]
    unread: list[str]


class Read(msgspec.Struct, frozen=True):
    """A line as it was read; without a capture where something is wrong."""

    line: int
    title: str
    wrong: dict[str, str]
    capture_id: UUID | None = None
    given: NewCapture | None = None
    kept: Clean | None = None


async def keep(act: Act, content: bytes) -> UUID:
    """Keeps a table for a day, in the place of the member's last one. Raises SheetUnreadable."""
    await asyncio.to_thread(_sheet, content)
    upload_id = uuid4()
    async with transaction():
        await tables.Upload.delete().where(tables.Upload.member == act.by.id)
        await tables.Upload.insert(
            tables.Upload(id=upload_id, member=act.by.id, content=content, kept_at=act.now)
        )
    return upload_id


async def rehearse(act: Act, upload_id: UUID) -> Rehearsal:
    """What importing would do now. Changes nothing. Raises ImportUnknown."""
    lines, unread = await _read(act, upload_id)
    known = await _known([line.kept.post_key for line in lines if line.kept])
    first: dict[str, int] = {}
    return Rehearsal(lines=[_shown(line, known, first) for line in lines], unread=unread)


async def make(act: Act, upload_id: UUID, *, look_on: date) -> int:
    """Makes cases of the lines that are right and new, to be looked at by a day; how many there were.

    Each line is a command of its own: what was made stays made, and the rest can be imported again. Nobody is
    nudged about these cases before somebody takes one. Raises ImportUnknown, DateNotAhead.
    """
    backlog = Backlog(await _look_by(look_on, now=act.now))
    lines, _unread = await _read(act, upload_id)
    known = await _known([line.kept.post_key for line in lines if line.kept])
    made = 0
    for line in lines:
        if line.kept and line.given and line.capture_id and line.kept.post_key not in known:
            received = await captures.receive(act, line.capture_id, line.given, backlog=backlog)
            known[line.kept.post_key] = received.case.number
            made += not received.existing
    return made


async def forget_old(*, now: datetime) -> None:
    """Step: tables that were looked at long enough."""
    await tables.Upload.delete().where(tables.Upload.kept_at < now - KEPT)


def _sheet(content: bytes) -> sheets.Sheet:
    return sheets.read(content, columns=import_lines.COLUMNS, one_of=("url", "text"))


async def _read(act: Act, upload_id: UUID) -> tuple[list[Read], list[str]]:
    upload = tables.Upload
    rows = await upload.select(upload.content, upload.kept_at).where(
        (upload.id == upload_id) & (upload.member == act.by.id)
    )
    if not rows:
        raise ImportUnknown(_("This table is no longer kept. Choose the file again."))
    return await asyncio.to_thread(_understood, rows[0]["content"], rows[0]["kept_at"], act.by.zone)


def _understood(content: bytes, kept_at: datetime, zone: str) -> tuple[list[Read], list[str]]:
    """Slow for a long table: run it in a thread. Lines that do not say when count from the upload."""
    sheet = _sheet(content)
    return [_line(row, kept_at, zone) for row in sheet.rows], sheet.unread


def _line(row: Row, kept_at: datetime, zone: str) -> Read:
    title = rules.excerpt(next((row.cells[name] for name in SHOWN if name in row.cells), ""))
    if row.surplus:
        sentence = _("This line has more cells than there are columns. Put its texts in quotation marks.")
        return Read(row.line, title, {"text": sentence})
    written, wrong = import_lines.written(row.cells, zone=zone)
    try:
        given = as_capture(written, reader="table", now=kept_at)
        kept = cleaned(given)
    except PostIncomplete as error:
        return Read(row.line, title, error.fields | wrong)
    except NothingCaptured as error:
        return Read(row.line, title, {"text": error.detail} | wrong)
    return Read(row.line, title, wrong, *(() if wrong else (content_id(SPACE, written), given, kept)))


async def _known(keys: list[str]) -> dict[str, int]:
    """The numbers of the cases that these posts have."""
    post = tables.Post
    rows = await post.select(post.key, post.case.number.as_alias("number")).where(
        post.key.is_in(keys or [""])
    )
    return {row["key"]: row["number"] for row in rows}


def _shown(line: Read, known: dict[str, int], first: dict[str, int]) -> Line:
    if line.kept is None:
        title = line.title or "–"
        return Line(number=line.line, title=title, author="", platform="", posted_at=None, wrong=line.wrong)
    kept, number = line.kept, known.get(line.kept.post_key)
    before = first.setdefault(kept.post_key, line.line)
    return Line(
        number=line.line,
        title=line.title,
        author=kept.author.name or kept.author.handle,
        platform=kept.platform,
        posted_at=kept.posted_at,
        case=number,
        same_as=before if before != line.line and number is None else None,
    )


async def _look_by(day: date, *, now: datetime) -> datetime:
    zone = ZoneInfo((await teams.calendar()).zone)
    at = datetime.combine(day, LOOKED_AT, zone).astimezone(UTC)
    if at <= now:
        raise DateNotAhead(fields={"look_on": _("Choose a date in the future.")})
    return at
