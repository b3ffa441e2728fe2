"""Running imports: the worker makes cases of lines, a few at a time, and goes on after any of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import structlog

from amends.database import run
from amends.errors import AmendsError
from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.rules.capture import refusals
from amends.rules.capture.column_mapping import ColumnMapping
from amends.services.capture import captures, import_checks
from amends.services.capture.captures import Backlog
from amends.services.capture.import_checks import Capturable
from amends.services.capture.import_lines import Reading
from amends.services.case import field_values, fields
from amends.services.team import locations, members
from amends.services.team.members import Act

SLICE = 50
"""So many lines are taken at once: whoever stops an import waits for no more than these."""
LEASE = timedelta(seconds=60)
"""Longer than a slice takes. A worker that died leaves its lines to another after that."""

log = structlog.get_logger()

CLAIM = """
UPDATE upload SET lease_ends = :lease_ends WHERE state = 'running'
AND (lease_ends IS NULL OR lease_ends <= :now) AND id = (
    SELECT id FROM upload WHERE state = 'running' AND (lease_ends IS NULL OR lease_ends <= :now)
    ORDER BY started_at LIMIT 1)
RETURNING id, member, header, mapping, look_by, kept_at
"""
NEXT = """
SELECT id, cells, post_key FROM import_line WHERE upload = :upload AND state = 'new' ORDER BY number LIMIT
:most
"""
SETTLE = """
UPDATE import_line SET state = :state, case_number = :number, wrong = :wrong, cells = :cells WHERE id = :line
"""
RELEASE = "UPDATE upload SET lease_ends = NULL WHERE id = :upload AND lease_ends = :lease_ends"
"""A worker that was slower than its lease lets go of nothing that another has taken since."""
FREE = "UPDATE upload SET lease_ends = NULL WHERE lease_ends IS NOT NULL RETURNING id"
FINISH = """
UPDATE upload SET state = 'done', ended_at = :now, lease_ends = NULL WHERE id = :upload AND state = 'running'
"""
GIVE_UP = """
UPDATE upload SET state = 'stopped', ended_at = :now, lease_ends = NULL WHERE id = :upload
"""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What the lines of a running import have in common."""

    id: UUID
    member: UUID
    header: list[str]
    mapping: ColumnMapping
    look_by: datetime
    kept_at: datetime


async def advance(*, now: datetime) -> bool:
    """Imports the next lines of the import that has waited longest; False when none is running.

    Each line is a command of its own. One that was made by a worker that died before it could say so is the
    same capture again, and makes nothing twice.
    """
    lease_ends = now + LEASE
    rows = await run(CLAIM, now=now, lease_ends=lease_ends)
    if not rows:
        return False
    job = msgspec.convert(dict(rows[0]), Job)
    act = Act(await members.find(job.member), now)
    if act.by.disabled:
        await run(GIVE_UP, upload=job.id, now=now)
        return True
    lines = await run(NEXT, upload=job.id, most=SLICE)
    known = await import_checks.cases_of(line["post_key"] for line in lines)
    reading = import_checks.reading_of(
        job.header, job.mapping, act.by.zone, await locations.by_key(), await fields.offered()
    )
    with use_language(act.by.language):
        for line in lines:
            await _import(act, job, line, known, reading)
    if lines:
        await run(RELEASE, upload=job.id, lease_ends=lease_ends)
    else:
        await run(FINISH, upload=job.id, now=now)
    return True


async def free_leases() -> int:
    """Lets what a dead process was importing go on at once; only for whoever alone may work. How many."""
    return len(await run(FREE))


async def _import(
    act: Act, job: Job, line: Mapping[str, Any], known: dict[str, int], reading: Reading
) -> None:
    """One line; whatever is wrong with it is written down beside it."""
    try:
        capturable, wrong = import_checks.capturable(line["cells"], reading, job.kept_at)
        if capturable is None:
            await _settle(line, "wrong", wrong=wrong)
            return
        state, number = await _case_of(act, job, capturable, known)
        await _settle(line, state, number=number)
    except AmendsError as error:
        await _settle(line, "wrong", wrong={"text": error.detail})
    except Exception as error:
        log.error("line not imported", upload=str(job.id), exc_info=error)
        await _settle(line, "wrong", wrong={"text": _(refusals.SERVER)})


async def _case_of(act: Act, job: Job, capturable: Capturable, known: dict[str, int]) -> tuple[str, int]:
    """What became of a line, and its case: a post that has one already is left in peace."""
    key = capturable.kept.post_key
    if key in known and not await captures.is_kept(capturable.capture_id):
        return "known", known[key]
    received = await captures.receive(
        act, capturable.capture_id, capturable.given, backlog=Backlog(job.look_by)
    )
    if capturable.fields:
        await field_values.fill(act, received.case.number, capturable.fields)
    known[key] = received.case.number
    return "made", received.case.number


async def _settle(
    line: Mapping[str, Any], state: str, *, number: int | None = None, wrong: dict[str, str] | None = None
) -> None:
    cells: dict[str, str] = {}
    await run(SETTLE, line=line["id"], state=state, number=number, wrong=wrong or {}, cells=cells)
