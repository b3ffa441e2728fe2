"""Tables of running it: how often backups are made, and what became of each."""

from piccolo.columns import JSONB, UUID, BigInt, Boolean, Integer, Timestamptz, Varchar
from piccolo.table import Table


class BackupPlan(Table, tablename="backup_plan"):
    """How often the worker makes a backup, and how many stay. No row, no backups by themselves."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    every_days = Integer(default=0)  # 0: never
    kept = Integer(default=7)
    changed_at = Timestamptz(default=None)


class BackupRun(Table, tablename="backup_run"):
    """One backup that was begun: finished with a name and without a problem, it is good."""

    id = UUID(primary_key=True)
    started_at = Timestamptz(default=None, index=True)
    finished_at = Timestamptz(null=True, default=None)
    name = Varchar(length=100, default="")
    size = BigInt(default=0)
    rows = Integer(default=0)
    files = Integer(default=0)
    problem = Varchar(length=300, default="")
    by_hand = Boolean(default=False)


class VerificationRun(Table, tablename="verification_run"):
    """One look at everything recorded: how much there was, how much did not fit, and the first of it."""

    id = UUID(primary_key=True)
    started_at = Timestamptz(default=None, index=True)
    finished_at = Timestamptz(null=True, default=None)
    cases = Integer(default=0)
    entries = Integer(default=0)
    files = Integer(default=0)
    faults = Integer(default=0)
    found = JSONB()


TABLES = (BackupPlan, BackupRun, VerificationRun)
