"""Job queue on PostgreSQL (PgQueuer): notifies workers of nudges that are ready to send.

A job holds the id of a nudge and nothing else: the nudge's row stays the truth. A job that comes late, twice
or never does no harm, for every sweep announces anew what may be tried (docs/decisions/0017).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from amends.database.asyncpg_driver import asyncpg, is_asyncpg
from amends.database.engines import bound
from amends.database.postgres import CONNECT_SECONDS, Postgres
from amends.database.sqlite import CannotOpenDatabase
from amends.database.statements import run

if TYPE_CHECKING:
    from pgqueuer import Queries, QueueManager

DELIVER = "deliver"
NAMES = {
    "db_schema": "jobs",
    "prefix": "",
    "channel": "amends_jobs",
    "function": "fn_pgqueuer_changed",
    "statistics_table": "pgqueuer_statistics",
    "queue_status_type": "pgqueuer_status",
    "queue_table": "pgqueuer",
    "queue_table_log": "pgqueuer_log",
    "trigger": "tg_pgqueuer_changed",
    "schedules_table": "pgqueuer_schedules",
}
"""Everything by name: PgQueuer would else read variables as common as TRIGGER from the environment."""
ASKED_EVERY = timedelta(seconds=5)
HEARTBEAT = timedelta(seconds=30)
"""A job whose worker was not heard of for so long is given to another one."""


@cache
def _builders() -> dict[str, Any]:
    from pgqueuer.adapters.persistence import qb
    from pgqueuer.domain.settings import DBSettings

    named = DBSettings(**NAMES)  # type: ignore[arg-type]
    return {
        "qbe": qb.QueryBuilderEnvironment(named),
        "qbq": qb.QueryQueueBuilder(named),
        "qbs": qb.QuerySchedulerBuilder(named),
    }


def _queries(connection: Any) -> Queries:  # noqa: ANN401 - asyncpg has no types
    from pgqueuer import AsyncpgDriver, Queries

    return Queries(AsyncpgDriver(connection), **_builders())


async def prepare(dsn: str) -> None:
    """Brings the queue's own tables to this version of PgQueuer; whoever comes second waits.

    Raises CannotOpenDatabase where this user may not make a schema.
    """
    connection = await asyncpg().connect(dsn, timeout=CONNECT_SECONDS)
    try:
        queries = _queries(connection)
        async with queries.schema_lock():
            if not await queries.schema_is_installed():
                await queries.install()
        await queries.upgrade()
    except Exception as error:
        if not is_asyncpg(error, "InsufficientPrivilegeError"):
            raise
        raise CannotOpenDatabase(
            f"The queue's schema cannot be made ({error}). Grant this user CREATE on the database, "
            "or set AMENDS_DISPATCHER=local."
        ) from error
    finally:
        await connection.close()


async def announce(ids: Sequence[UUID]) -> None:
    """Step: these nudges may be tried now. Nobody hears of it before the transaction has ended well.

    Does nothing where this process has no queue: there the worker asks the table.
    """
    current = bound().current_transaction.get()
    if not ids or not bound().announces:
        return
    assert current is not None, "announced in the transaction that decided it"
    await _queries(current.connection.raw).enqueue(
        [DELIVER] * len(ids),
        [one.bytes for one in ids],
        [0] * len(ids),
        dedupe_key=[str(one) for one in ids],
        on_conflict="skip",
    )


async def listen(work: Callable[[UUID], Awaitable[object]], stop: asyncio.Event, *, width: int) -> None:
    """Calls `work` with the id of each nudge that was announced, `width` at once, until `stop` is set.

    Survives a restart of the database. An error of `work` ends that job only.
    """
    import pgqueuer

    engine = bound()
    assert isinstance(engine, Postgres)

    @asynccontextmanager
    async def listener() -> AsyncIterator[QueueManager]:
        connection = await asyncpg().connect(engine.dsn, timeout=CONNECT_SECONDS)  # NOTIFY and LISTEN meet
        try:
            made = pgqueuer.QueueManager(_queries(connection), NAMES["channel"])  # type: ignore[arg-type]

            @made.entrypoint(DELIVER)
            async def deliver(job: pgqueuer.Job) -> None:
                await work(UUID(bytes=job.payload))

            yield made
        finally:
            connection.terminate()

    await pgqueuer.run(
        listener,
        dequeue_timeout=ASKED_EVERY,
        batch_size=width // 2,
        max_concurrent_tasks=width,
        heartbeat_timeout=HEARTBEAT,
        restart_on_failure=True,
        restart_delay=timedelta(seconds=2),
        shutdown_on_listener_failure=True,
        shutdown=stop,
    )


async def forget(*, before: datetime) -> None:
    """Forgets what the queue noted of jobs that are over: three rows for each."""
    if bound().announces:
        await run("DELETE FROM jobs.pgqueuer_log WHERE created < :before", before=before)
        await run("DELETE FROM jobs.pgqueuer_statistics WHERE created < :before", before=before)
