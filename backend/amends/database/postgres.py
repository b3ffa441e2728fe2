"""PostgreSQL engine: a lazy connection pool that reconnects after a server restart."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from amends.database.asyncpg_driver import asyncpg
from amends.database.transactions import Connection, Engine, TransactionLost

STATEMENT_SECONDS = 60.0
SESSION = {
    "timezone": "UTC",  # in which an instant is written within JSON
    "statement_timeout": f"{STATEMENT_SECONDS:.0f}s",
    "jit": "off",  # ours are short: compiling one takes ten times as long as running it, as does a second
    "max_parallel_workers_per_gather": "0",  # process, which must be started
}
"""The server ends a statement by itself: one that was cancelled before it had begun there would go on."""
CONNECT_SECONDS = 10.0


class PostgresConnection(Connection):
    """One connection of the pool."""

    def __init__(self, raw: object, pool: object) -> None:
        self.raw: Any = raw
        self.pool: Any = pool  # the one it came from: the engine's may have been closed meanwhile

    @property
    def in_transaction(self) -> bool:
        return not self.raw.is_closed() and bool(self.raw.is_in_transaction())

    async def begin(self) -> None:
        await self.raw.execute("BEGIN")

    async def commit(self) -> None:
        # After a failed statement PostgreSQL answers COMMIT with "ROLLBACK", and calls that a success.
        if await self.raw.execute("COMMIT") != "COMMIT":
            raise TransactionLost("PostgreSQL rolled this transaction back; nothing of it was kept.")

    async def run(self, sql: str, values: Sequence[Any] = (), *, quick: bool = False) -> list[Any]:
        rows: list[Any] = await self.raw.fetch(sql, *values)
        return rows


class Postgres(Engine):
    """A pool of `min_size` to `max_size` connections; a broken one is replaced when it is next needed."""

    def __init__(self, dsn: str, shown: str, *, min_size: int = 1, max_size: int = 10) -> None:
        super().__init__("postgres", shown)
        self.dsn = dsn
        self._sizes = {"min_size": min_size, "max_size": max_size}
        self._pool: Any = None
        self._starting = asyncio.Lock()

    async def start_connection_pool(self) -> None:
        """Opens the pool; the first query does it otherwise. Raises the driver's errors and OSError."""
        async with self._starting:
            if self._pool is None:
                self._pool = await asyncpg().create_pool(
                    self.dsn,
                    **self._sizes,
                    timeout=CONNECT_SECONDS,
                    command_timeout=STATEMENT_SECONDS,
                    init=_read_json_as_python,
                    reset=_leave_as_it_is,
                    server_settings=SESSION,
                )

    async def close_connection_pool(self) -> None:
        """Waits for whoever still works, closes; a later query opens the pool again."""
        pool, self._pool = self._pool, None
        self._starting = asyncio.Lock()  # the next one to start may live in another event loop
        if pool is not None:
            await pool.close()

    async def acquire(self, *, writing: bool) -> PostgresConnection:
        try:
            if self._pool is None:
                await self.start_connection_pool()
            pool = self._pool
            return PostgresConnection(await pool.acquire(), pool)
        except FileNotFoundError as error:  # its socket is gone with it: the same as a port nobody listens on
            raise ConnectionRefusedError("the server does not listen") from error

    async def give_back(self, connection: Connection) -> None:
        assert isinstance(connection, PostgresConnection)
        try:
            with suppress(asyncpg().InterfaceError):  # the server went, the pool dropped it
                if connection.in_transaction:
                    await connection.raw.execute("ROLLBACK")
        finally:
            await connection.pool.release(connection.raw)

    def transform_response_to_dicts(self, results: list[Any]) -> list[dict[str, Any]]:
        return [dict(row) for row in results]

    async def get_version(self) -> float:
        rows = await self.run_statement("SHOW server_version_num")
        return int(rows[0]["server_version_num"]) / 10_000


async def _read_json_as_python(connection: Any) -> None:  # noqa: ANN401 - asyncpg has no types
    """JSON columns come back as dict and list, as they do on SQLite."""
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, encoder=_json_text, decoder=json.loads, schema="pg_catalog")


def _json_text(value: object) -> str:
    """Piccolo has already written the values of its JSON columns as text."""
    return value if isinstance(value, str) else json.dumps(value)


async def _leave_as_it_is(connection: Any) -> None:  # noqa: ANN401 - asyncpg has no types
    """Saves a round trip per statement; nobody changes the settings of a session here."""
