"""Compacting: after it the files of the database hold no bytes of deleted rows.

SQLite keeps what was deleted in free pages, in the write-ahead log and in the search index until then.
"""

from amends.database.engines import bound
from amends.database.statements import run

OPTIMIZE = "INSERT INTO case_search (case_search) VALUES ('optimize')"


async def compact() -> bool:
    """Rewrites the database; nobody can write meanwhile. False when a reader held the log: try again later.

    On PostgreSQL dead rows are freed for reuse; their bytes are overwritten as new rows come. WAL archives
    and backups keep theirs.
    """
    if bound().engine_type != "sqlite":
        await run("VACUUM")
        return True
    await run(OPTIMIZE)
    await run("VACUUM")
    [row] = await run("PRAGMA wal_checkpoint(TRUNCATE)")
    return not row[0]  # type: ignore[index]  # the pragma's first column: whether it was blocked
