"""Nightly verification: timelines every night, files in parts, and admins hear of what was altered."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from piccolo.columns import Column

from amends.database import columns_of, convert, run, transaction
from amends.gateways.evidence_files import EvidenceFiles
from amends.rules.operation import rolling
from amends.rules.operation.recurring import VERIFICATION, Last, Outcome, Work
from amends.rules.operation.rolling import NIGHTS, Night
from amends.services.operation import recurring, verification
from amends.services.operation.verification import Found, Verified
from amends.services.team import members
from amends.services.team.members import Act
from amends.tables.operation import VerificationRun

REMEMBERED_FOR = timedelta(days=400)
MOST_KEPT = 100
"""Faults that a run names; it counts all of them."""
ALTERED = "altered"
"""The problem of a run that went well and found something."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One verification that was begun; `faults` counts, `found` names the first ones.

    `part` is which part of the files it read, None for all of them.
    """

    id: UUID
    started_at: datetime
    finished_at: datetime | None
    cases: int
    entries: int
    files: int
    faults: int
    found: list[Found]
    part: int | None


LAST = f"SELECT {columns_of(Run, table='verification_run')} FROM verification_run ORDER BY started_at DESC"  # noqa: S608


async def ended() -> list[Run]:
    """Those that ended, the newest first: enough for a whole round of the files."""
    rows = await run(f"{LAST} LIMIT {4 * NIGHTS}")
    return [one for one in (convert(row, Run) for row in rows) if one.finished_at is not None]


async def ask(act: Act) -> None:
    """Everything is looked at again, all files included, within ten minutes. Raises OnlyAdminsMay."""
    members.only_admins(act.by)
    async with transaction():
        await recurring.ask(Work.VERIFICATION, now=act.now)


async def look(files: EvidenceFiles, *, now: datetime) -> bool:
    """Verifies what is due: whether anything was. One worker alone does it.

    A file that did not fit is read again every night, in whichever part it is.
    """

    async def verify(begun: Last) -> Outcome:
        before = await ended()
        part = None if begun.asked_at else await _next_part(before)
        suspects = {one.file for one in before[0].found if one.file} if before else set()
        run_id = uuid4()
        await VerificationRun.insert(VerificationRun(id=run_id, started_at=now, found=[], part=part))
        done = await verification.verify(
            files, reads=lambda name: part is None or rolling.part_of(name) == part or name in suspects
        )
        await _settle(run_id, done, now=now)
        return Outcome(problem=ALTERED if done.found else "")

    return await recurring.run_due(Work.VERIFICATION, VERIFICATION, verify, now=now)


async def _next_part(before: list[Run]) -> int | None:
    return rolling.next_part(map(night_of, before), files=await verification.count_files())


def night_of(one: Run) -> Night:
    """What the rule of the round must know of a run."""
    return Night(started_at=one.started_at, part=one.part)


async def _settle(run_id: UUID, done: Verified, *, now: datetime) -> None:
    table = VerificationRun
    values: dict[Column | str, Any] = {
        table.finished_at: now,
        table.cases: done.cases,
        table.entries: done.entries,
        table.files: done.files,
        table.faults: len(done.found),
        table.found: msgspec.to_builtins(done.found[:MOST_KEPT]),
    }
    await table.update(values).where(table.id == run_id)


async def forget_old(*, now: datetime) -> None:
    """Runs of more than a year ago."""
    await VerificationRun.delete().where(VerificationRun.started_at < now - REMEMBERED_FOR)
