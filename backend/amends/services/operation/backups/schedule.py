"""Schedule of backups: the plan, the runs, and the one that is due."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from piccolo.columns import Column

from amends.database import columns_of, convert, locking, run, transaction
from amends.errors import Invalid
from amends.gateways.backup_child import BackupMaker
from amends.i18n import gettext as _
from amends.rules.operation import backup_plan as rules
from amends.rules.operation.backup_plan import Plan, Run
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, members, notices
from amends.services.team.members import Act
from amends.tables.operation import BackupPlan, BackupRun

REMEMBERED_FOR = timedelta(days=400)
LAST = f"SELECT {columns_of(Run, table='backup_run')} FROM backup_run ORDER BY started_at DESC LIMIT :most"  # noqa: S608
LAST_GOOD = f"""SELECT {columns_of(Run, table="backup_run")} FROM backup_run
WHERE finished_at IS NOT NULL AND problem = '' ORDER BY started_at DESC LIMIT 1"""  # noqa: S608
PLAN = f"SELECT {columns_of(Plan, table='backup_plan')} FROM backup_plan"  # noqa: S608


class WrongBackupPlan(Invalid):
    "Backups cannot be made like this."


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The plan, the runs begun last (the newest first), the last good one, and whether one is overdue."""

    plan: Plan
    runs: list[Run]
    last_good: Run | None
    is_overdue: bool

    @property
    def is_failing(self) -> bool:
        """Whether the one that ended last failed."""
        ended = next((one for one in self.runs if one.finished_at), None)
        return ended is not None and not ended.is_good

    @property
    def trouble(self) -> str:
        """`failing`, `overdue`, or `never` where none was ever made; nothing when all is in order."""
        if self.is_failing:
            return "failing"
        if self.is_overdue:
            return "overdue"
        return "" if self.last_good or self.plan.every_days else "never"


async def standing(*, now: datetime, most: int = 10) -> Standing:
    """How backups stand."""
    chosen = await plan()
    runs = [convert(row, Run) for row in await run(LAST, most=most)]
    good = [convert(row, Run) for row in await run(LAST_GOOD)]
    last_good = good[0] if good else None
    overdue = rules.is_overdue(chosen, last_good.started_at if last_good else None, now=now)
    return Standing(plan=chosen, runs=runs, last_good=last_good, is_overdue=overdue)


async def plan() -> Plan:
    """What was decided; never, before anybody decided."""
    rows = await run(PLAN)
    return convert(rows[0], Plan) if rows else Plan()


async def change(act: Act, *, every_days: int, kept: int) -> None:
    """Another plan. Raises WrongBackupPlan."""
    if every_days not in (rules.NEVER, rules.DAILY, rules.WEEKLY):
        raise WrongBackupPlan(fields={"every_days": _("Choose how often.")})
    if not 1 <= kept <= rules.MOST_KEPT:
        raise WrongBackupPlan(fields={"kept": _("Keep between 1 and 60 backups.")})
    table = BackupPlan
    row = table(id=uuid4(), only=True, every_days=every_days, kept=kept, changed_at=act.now)
    before, after = await plan(), Plan(every_days=every_days, kept=kept)
    async with transaction():
        await table.insert(row).on_conflict(
            target=table.only, action="DO UPDATE", values=[table.every_days, table.kept, table.changed_at]
        )
        await audit.record_change("backups", _told(before), _told(after), by=act.by, now=act.now)


def _told(plan: Plan) -> dict[str, object]:
    return {"every_days": plan.every_days, "kept": plan.kept}


async def make_due(maker: BackupMaker, *, now: datetime) -> bool:
    """Makes the one that is due, in a child process: whether there was one. One worker alone begins it."""
    begun = await _begin(now=now)
    if begun is None:
        return False
    run_id, kept = begun
    made = await maker.make(kept=kept)
    table = BackupRun
    values: dict[Column | str, Any] = {
        table.finished_at: now + timedelta(seconds=made.seconds),
        table.name: made.name,
        table.size: made.size,
        table.rows: made.rows,
        table.files: made.files,
        table.problem: made.problem[:300],
    }
    was_failing = (await standing(now=now)).is_failing
    async with transaction():
        await table.update(values).where(table.id == run_id)
        if not made.problem:
            await audit.record(AuditKind.BACKUP_MADE, by=audit.SYSTEM, now=now, name=made.name)
        if made.problem and not was_failing:
            await _tell_admins(run_id, now)
    return True


async def _tell_admins(run_id: UUID, now: datetime) -> None:
    """Step: once, until a backup is good again."""
    for admin in await members.admins():
        await notices.give(admin.id, [run_id], by=None, now=now)


async def _begin(*, now: datetime) -> tuple[UUID, int] | None:
    """The run that this worker has begun, and how many backups stay."""
    if (await plan()).every_days == rules.NEVER:  # mostly: nobody is kept from writing for it
        return None
    async with transaction():
        rows = await run(f"{PLAN} {locking()}")
        chosen = convert(rows[0], Plan)
        runs = [convert(row, Run) for row in await run(LAST, most=1)]
        if not rules.is_due(chosen, runs[0] if runs else None, now=now):
            return None
        run_id = uuid4()
        await BackupRun.insert(BackupRun(id=run_id, started_at=now))
    return run_id, chosen.kept


async def note_made_by_hand(*, name: str, size: int, rows: int, files: int, now: datetime) -> None:
    """A backup that the command line has made and checked counts like any other."""
    row = BackupRun(
        id=uuid4(),
        started_at=now,
        finished_at=now,
        name=name[:100],
        size=size,
        rows=rows,
        files=files,
        by_hand=True,
    )
    async with transaction():
        await BackupRun.insert(row)
        await audit.record(AuditKind.BACKUP_MADE, by=None, now=now, name=name)


async def forget_old(*, now: datetime) -> None:
    """Runs of more than a year ago."""
    await BackupRun.delete().where(BackupRun.started_at < now - REMEMBERED_FOR)
