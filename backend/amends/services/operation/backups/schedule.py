"""Schedule of backups: the plan, the runs, and the one that is due."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from piccolo.columns import Column

from amends.database import columns_of, convert, run, transaction
from amends.errors import Invalid
from amends.gateways.backup_child import BackupMaker, MadeByChild
from amends.i18n import gettext as _
from amends.rules.operation import backup_plan as rules
from amends.rules.operation.backup_plan import Plan, Run
from amends.rules.operation.recurring import Last, Outcome, Work
from amends.rules.vocabulary.audit import AuditKind
from amends.services.operation import recurring
from amends.services.team import audit
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
    """The plan, the runs begun last (the newest first), the last good one, and whether one is overdue.

    It `is_failing` where the one that ended last failed.
    """

    plan: Plan
    runs: list[Run]
    last_good: Run | None
    is_overdue: bool
    is_failing: bool

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
    work = await _work_standing(chosen, now=now)
    return Standing(
        plan=chosen,
        runs=runs,
        last_good=good[0] if good else None,
        is_overdue=work.is_overdue,
        is_failing=bool(work.problem),
    )


async def work_standing(*, now: datetime) -> recurring.Standing:
    """How the making of them stands, as other recurring work does."""
    return await _work_standing(await plan(), now=now)


async def _work_standing(chosen: Plan, *, now: datetime) -> recurring.Standing:
    rhythm = rules.rhythm(chosen)
    return await recurring.standing(Work.BACKUP, rhythm, decided_at=chosen.changed_at, now=now)


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
    """Makes the one that is due, in a child process: whether there was one. One worker alone does it."""
    chosen = await plan()

    async def make(_begun: Last) -> Outcome:
        run_id = uuid4()
        await BackupRun.insert(BackupRun(id=run_id, started_at=now))
        made = await maker.make(kept=chosen.kept)
        await _settle(run_id, made, now=now)
        return Outcome(problem=made.problem, is_retried=bool(made.problem))

    return await recurring.run_due(Work.BACKUP, rules.rhythm(chosen), make, now=now)


async def _settle(run_id: UUID, made: MadeByChild, *, now: datetime) -> None:
    table = BackupRun
    values: dict[Column | str, Any] = {
        table.finished_at: now + timedelta(seconds=made.seconds),
        table.name: made.name,
        table.size: made.size,
        table.rows: made.rows,
        table.files: made.files,
        table.problem: made.problem[:300],
    }
    async with transaction():
        await table.update(values).where(table.id == run_id)
        if not made.problem:
            await audit.record(AuditKind.BACKUP_MADE, by=audit.SYSTEM, now=now, name=made.name)


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
        await recurring.note_good(Work.BACKUP, now=now)
        await audit.record(AuditKind.BACKUP_MADE, by=None, now=now, name=name)


async def forget_old(*, now: datetime) -> None:
    """Runs of more than a year ago."""
    await BackupRun.delete().where(BackupRun.started_at < now - REMEMBERED_FOR)
