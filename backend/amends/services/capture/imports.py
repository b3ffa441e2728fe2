"""Import of complaints from a table: mapped, checked, then made line by line by the worker."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, NotFound
from amends.i18n import gettext as _
from amends.rules.capture import column_mapping, sheets
from amends.rules.capture.column_mapping import ColumnMapping
from amends.rules.case.platforms import platform_name
from amends.rules.case.texts import clean_name
from amends.services.capture import import_checks, import_columns, import_lines
from amends.services.case import fields
from amends.services.follow_up.follow_ups import must_be_ahead
from amends.services.team import calendars, locations
from amends.services.team.members import Act

MOST_LINES = 10_000
KEPT = timedelta(days=1)
WAITING = ["mapping", "checked"]
"""States of a table whose import has not begun."""


class ImportUnknown(NotFound):
    """This table is no longer kept. Choose the file again."""


class ImportStarted(Conflict):
    "This table is being imported, or has been."


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A table that is kept: its file's name, its columns, and how far its import is."""

    id: UUID
    name: str
    header: list[str]
    mapping: ColumnMapping | None
    state: str
    content: bytes
    kept_at: datetime


async def keep(act: Act, name: str, content: bytes) -> UUID:
    """Keeps a table for a day, in the place of the member's last one that was not imported.

    One whose columns have our own names is checked at once. Raises SheetUnreadable.
    """
    table = await asyncio.to_thread(sheets.parse, content, most_lines=MOST_LINES)
    upload, upload_id = tables.Upload, uuid4()
    row = upload(
        id=upload_id,
        member=act.by.id,
        name=clean_name(name, limit=120),
        content=content,
        header=[clean_name(cell) for cell in table.header],
        state="mapping",
        kept_at=act.now,
    )
    async with transaction():
        waits = upload.state.is_in(WAITING)
        await upload.delete().where((upload.member == act.by.id) & waits)
        await upload.insert(row)
    if own := import_columns.own(table.header, await fields.offered()):
        await map_columns(act, upload_id, own)
    return upload_id


async def find(act: Act, upload_id: UUID) -> Upload:
    """A table of the member's. Raises ImportUnknown."""
    upload = tables.Upload
    rows = await upload.select().where((upload.id == upload_id) & (upload.member == act.by.id))
    if not rows:
        raise ImportUnknown(_("This table is no longer kept. Choose the file again."))
    return msgspec.convert(rows[0], Upload)


async def waiting(act: Act, upload_id: UUID) -> Upload:
    """A table whose import has not begun. Raises ImportUnknown, ImportStarted."""
    upload = await find(act, upload_id)
    if upload.state not in WAITING:
        raise ImportStarted(_("This table is already being imported. Its columns can no longer be changed."))
    return upload


async def map_columns(act: Act, upload_id: UUID, mapping: ColumnMapping, *, remember: bool = False) -> None:
    """Reads the table by this mapping and checks every line; with `remember` such tables are read alike.

    Raises ImportUnknown, ImportStarted, WrongMapping, WrongPlatformName, SheetUnreadable.
    """
    upload = await waiting(act, upload_id)
    offered = await fields.offered()
    known = (*import_lines.COLUMNS, *import_lines.by_column(offered))
    column_mapping.checked(mapping, upload.header, known)
    platform = platform_name(mapping.platform) if mapping.platform else ""
    mapping = ColumnMapping(mapping.fields, platform, mapping.month_first)
    lines = await asyncio.to_thread(
        import_checks.check,
        upload.content,
        mapping,
        zone=act.by.zone,
        locations=await locations.by_key(),
        fields=offered,
        kept_at=upload.kept_at,
        most_lines=MOST_LINES,
    )
    await _change_waiting(act, upload_id, {"state": "mapping"})  # half written, it cannot be imported
    await import_checks.write_down(upload_id, lines)
    async with transaction():
        await _change_waiting(act, upload_id, {"mapping": msgspec.to_builtins(mapping), "state": "checked"})
        if remember:
            await import_columns.remember(upload.header, mapping, now=act.now)


async def _change_waiting(act: Act, upload_id: UUID, values: dict[Any, Any]) -> None:
    """Raises ImportUnknown or ImportStarted where the table no longer waits."""
    row = tables.Upload
    await waiting(act, upload_id)
    waits = row.state.is_in(WAITING)
    await row.update(values).where((row.id == upload_id) & waits)


async def start(act: Act, upload_id: UUID, *, look_on: date) -> None:
    """From now on the worker makes cases of the lines that are right and new, to be looked at by a day.

    One that was stopped goes on where it was. Nobody is nudged about these cases before somebody takes one.
    Raises ImportUnknown, ImportStarted, DateNotAhead.
    """
    upload, row = await find(act, upload_id), tables.Upload
    if upload.state not in ("checked", "stopped"):
        raise ImportStarted(_("This table is being imported, or has been."))
    values: dict[Any, Any] = {
        row.state: "running",
        row.look_by: await _look_by(look_on, now=act.now),
        row.content: b"",
        row.started_at: act.now,
        row.ended_at: None,
        row.lease_ends: None,
    }
    await row.update(values).where((row.id == upload_id) & row.state.is_in(["checked", "stopped"]))


async def stop(act: Act, upload_id: UUID) -> None:
    """No further line is imported; those that were stay. Raises ImportUnknown."""
    await find(act, upload_id)
    row = tables.Upload
    values: dict[Any, Any] = {row.state: "stopped", row.ended_at: act.now}
    await row.update(values).where((row.id == upload_id) & (row.state == "running"))


async def forget_old(*, now: datetime) -> None:
    """Step: tables that were looked at long enough, and those whose import ended a day ago."""
    row, before = tables.Upload, now - KEPT
    is_over = row.ended_at.is_null() | (row.ended_at < before)
    await row.delete().where((row.kept_at < before) & (row.state != "running") & is_over)


async def _look_by(day: date, *, now: datetime) -> datetime:
    at = await calendars.review_at(day)
    must_be_ahead(at, now=now, field="look_on")
    return at
