"""A PostgreSQL database that serves one test after another, and connections that stay open between them.

A new database knows nothing by heart: its first connection reads the catalogues, and each statement is parsed
and planned anew, which takes longer than most tests. So every process of a run has one database, which is put
back between two tests to what the migrations left: all rows, and where every sequence stood. A test that
changed the schema costs the next one a new database.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import asyncpg

from tests.postgres import Server

SCHEMA_NOW = """
SELECT (SELECT sum(hashtext(concat(oid, xmin)) :: bigint) FROM pg_class WHERE relpersistence <> 't'),
       (SELECT sum(hashtext(concat(oid, xmin)) :: bigint) FROM pg_trigger),
       (SELECT sum(hashtext(concat(oid, xmin)) :: bigint) FROM pg_proc
        WHERE pronamespace = 'public' :: regnamespace)
"""
"""Changes with every statement that defines something, as no VACUUM or ANALYZE does."""

LEARN = """
CREATE TEMP TABLE kept_tables AS
    SELECT oid AS id, relname AS name FROM pg_class
    WHERE relnamespace = 'public' :: regnamespace AND relkind = 'r';
CREATE TEMP TABLE kept_rows (name text, copy text);
CREATE TEMP TABLE kept_sequences AS
    SELECT format('%I.%I', schemaname, sequencename) AS name, last_value, start_value
    FROM pg_sequences WHERE schemaname = 'public';
DO $$
DECLARE
    one text;
    filled boolean;
BEGIN
    FOR one IN SELECT name FROM kept_tables LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', one) INTO filled;
        IF filled THEN
            EXECUTE format('CREATE TEMP TABLE %I AS TABLE public.%I', 'kept_' || one, one);
            INSERT INTO kept_rows VALUES (one, 'kept_' || one);
        END IF;
    END LOOP;
END $$;
CREATE FUNCTION pg_temp.put_back() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE
    one text;
    kept text;
BEGIN
    FOR one IN SELECT name FROM kept_tables WHERE pg_relation_size(id) > 0 LOOP
        EXECUTE format('DELETE FROM public.%I', one);
    END LOOP;
    FOR one, kept IN SELECT * FROM kept_rows LOOP
        EXECUTE format('INSERT INTO public.%I SELECT * FROM %I', one, kept);
    END LOOP;
    PERFORM setval(now.name, coalesce(kept_sequences.last_value, kept_sequences.start_value),
                   kept_sequences.last_value IS NOT NULL)
    FROM (SELECT format('%I.%I', schemaname, sequencename) AS name, last_value
          FROM pg_sequences WHERE schemaname = 'public') AS now
    JOIN kept_sequences USING (name)
    WHERE now.last_value IS DISTINCT FROM kept_sequences.last_value;
END $$;
"""
"""Run once by the connection that puts back; what it makes is its own and in nobody's dump."""

OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND NOT pid = ANY ($1 :: int[])
"""


Done = TypeVar("Done")


class KeptPool:
    """A pool of asyncpg that closing gives back: it waits, as a real one does, for whoever still works."""

    def __init__(self, pool: Any, free: list["KeptPool"]) -> None:
        self.pool = pool
        self.pids: set[int] = set()
        self._free = free
        self._working = 0
        self._idle = asyncio.Event()

    async def acquire(self) -> Any:
        connection = await self.pool.acquire()
        self.pids.add(connection.get_server_pid())
        self._working += 1
        return connection

    async def release(self, connection: Any) -> None:
        try:
            await self.pool.release(connection)
        finally:
            self._working -= 1
            self._idle.set()

    async def close(self) -> None:
        while self._working:
            self._idle.clear()
            await self._idle.wait()
        self._free.append(self)


class KeptPools:
    """The pools that outlive the engines that asked for them; each is lent to one engine at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._open = asyncpg.create_pool
        self._kept: list[KeptPool] = []
        self._free: dict[str, list[KeptPool]] = {}
        self.dsn = ""

    async def open(self, dsn: str, **options: Any) -> Any:
        """In the place of `asyncpg.create_pool`; keeps what the tests' loop opens to the kept database."""
        if dsn != self.dsn or asyncio.get_running_loop() is not self._loop:
            return await self._open(dsn, **options)
        free = self._free.setdefault(repr(sorted(options.items())), [])
        if free:
            return free.pop()
        self._kept.append(pool := KeptPool(await self._open(dsn, **options), free))
        return pool

    @property
    def pids(self) -> set[int]:
        """The server's processes behind the kept connections, and some that are gone."""
        return set().union(*(one.pids for one in self._kept))

    def drop(self) -> None:
        """Cuts all connections off."""
        for one in self._kept:
            one.pool.terminate()
        self._kept.clear()
        self._free.clear()

    async def end(self) -> None:
        for one in self._kept:
            await one.pool.close()


class KeptDatabase:
    """The database of this process: each test finds it as the migrations left it."""

    def __init__(self, server: Server, template: str) -> None:
        """In the event loop of the tests."""
        self.pools = KeptPools(asyncio.get_running_loop())
        self._server = server
        self._template = template
        self._name = ""
        self._connection: Any = None
        self._schema: Any = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    @contextmanager
    def used(self) -> Iterator[str]:
        """The URL for one test; afterwards all is put back, or there will be a new database."""
        if not self._name:
            self._make()
        yield self._server.url(self._name)
        if not self._await(self._put_back()):
            self._drop()

    async def end(self) -> None:
        await self.pools.end()
        if self._name:
            self._drop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _make(self) -> None:
        self._name = self._server.create_database(self._template)
        self.pools.dsn = self._server.url(self._name)
        self._await(self._learn())

    def _drop(self) -> None:
        self.pools.drop()
        self._await(self._connection.close())
        self._server.drop_database(self._name)
        self._name = ""

    async def _learn(self) -> None:
        self._connection = await asyncpg.connect(self.pools.dsn)
        await self._connection.execute(LEARN)
        self._schema = await self._connection.fetchrow(SCHEMA_NOW)

    async def _put_back(self) -> bool:
        """False when the test changed the schema."""
        await self._connection.fetch(OTHERS, list(self.pools.pids))
        if await self._connection.fetchrow(SCHEMA_NOW) != self._schema:
            return False
        await self._connection.execute("SELECT pg_temp.put_back()")
        return True

    def _await(self, doing: Coroutine[Any, Any, Done]) -> Done:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result()
