"""Nightly verification: everything recorded is looked at once a day, and admins hear of what was altered."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from piccolo.columns import Column

from amends.database import columns_of, convert, locking, run, transaction
from amends.gateways.evidence_files import EvidenceFiles
from amends.services.operation import verification
from amends.services.operation.verification import Found
from amends.services.team import members, notices
from amends.services.team.members import Act
from amends.tables.operation import VerificationRun

EVERY = timedelta(days=1)
GIVEN_UP_AFTER = timedelta(hours=6)
"""One that has not ended for so long was killed with its worker."""
REMEMBERED_FOR = timedelta(days=400)
MOST_KEPT = 100
"""Faults that a run names; it counts all of them."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One verification that was begun; `faults` counts, `found` names the first ones."""

    id: UUID
    started_at: datetime
    finished_at: datetime | None
    cases: int
    entries: int
    files: int
    faults: int
    found: list[Found]


LAST = f"SELECT {columns_of(Run, table='verification_run')} FROM verification_run ORDER BY started_at DESC"  # noqa: S608


async def last() -> Run | None:
    """The one that ended last."""
    rows = await run(f"{LAST} LIMIT 5")
    runs = (convert(row, Run) for row in rows)
    return next((one for one in runs if one.finished_at is not None), None)


async def ask(act: Act) -> None:
    """Everything is looked at again, within ten minutes: the last look counts as a day old.

    Raises OnlyAdminsMay.
    """
    members.only_admins(act.by)
    table = VerificationRun
    async with transaction():
        lately = (table.started_at > act.now - EVERY) & table.finished_at.is_not_null()
        await table.update({table.started_at: act.now - EVERY}).where(lately)


async def look(files: EvidenceFiles, *, now: datetime) -> bool:
    """Verifies everything where it is due: whether it was. One worker alone does it."""
    run_id = await _begin(now=now)
    if run_id is None:
        return False
    before = await last()
    done = await verification.verify(files)
    table = VerificationRun
    values: dict[Column | str, Any] = {
        table.finished_at: now,
        table.cases: done.cases,
        table.entries: done.entries,
        table.files: done.files,
        table.faults: len(done.found),
        table.found: msgspec.to_builtins(done.found[:MOST_KEPT]),
    }
    async with transaction():
        await table.update(values).where(table.id == run_id)
        if done.found and not (before and before.faults):
            await _tell_admins(run_id, now)
    return True


async def _begin(*, now: datetime) -> UUID | None:
    """The run that this worker has begun, while others wait for the team; none before there is one."""
    async with transaction():
        if not await run(f"SELECT id FROM team {locking()}"):  # noqa: S608 - the statement is ours alone
            return None
        rows = await run(f"{LAST} LIMIT 1")
        newest = convert(rows[0], Run) if rows else None
        if newest and now - newest.started_at < (EVERY if newest.finished_at else GIVEN_UP_AFTER):
            return None
        run_id = uuid4()
        await VerificationRun.insert(VerificationRun(id=run_id, started_at=now, found=[]))
    return run_id


async def _tell_admins(run_id: UUID, now: datetime) -> None:
    """Step: once, until nothing is found any more."""
    for admin in await members.admins():
        await notices.give(admin.id, [run_id], by=None, now=now)


async def forget_old(*, now: datetime) -> None:
    """Runs of more than a year ago."""
    await VerificationRun.delete().where(VerificationRun.started_at < now - REMEMBERED_FOR)
