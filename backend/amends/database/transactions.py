"""Transactions and savepoints, with what both engines share."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import datetime
from types import TracebackType
from typing import Any, Literal, NoReturn, Self

from piccolo.engine.base import BaseTransaction
from piccolo.engine.base import Engine as PiccoloEngine
from piccolo.querystring import QueryString


class InheritedTransaction(RuntimeError):
    """A task used the transaction of the task that started it; start tasks outside of transactions."""


class TransactionLost(RuntimeError):
    """The database had rolled the transaction back: a statement in it failed, and its error was hidden.

    Catch a database's error only around a transaction nested for it, which is a savepoint.
    """


class NaiveDatetime(ValueError):
    """A date and time without a zone reached the database; asyncpg and SQLite would read it differently."""


def must_have_zones(values: Sequence[Any]) -> None:
    """Raises NaiveDatetime."""
    for value in values:
        if isinstance(value, datetime) and value.tzinfo is None:
            raise NaiveDatetime("A date and time needs a zone before it is stored or compared.")


class Connection(ABC):
    """One connection, as a transaction needs it."""

    raw: Any
    """The driver's own connection, for what must happen in the same transaction by other means."""

    @property
    @abstractmethod
    def in_transaction(self) -> bool: ...

    @abstractmethod
    async def run(self, sql: str, values: Sequence[Any] = (), *, quick: bool = False) -> list[Any]:
        """Runs one statement; when cancelled, returns only once the connection can be used again.

        A quick one waits for no lock and can be stopped: SQLite may begin it in the event loop.
        """

    @abstractmethod
    async def begin(self) -> None: ...

    @abstractmethod
    async def commit(self) -> None:
        """Raises TransactionLost when there is nothing left to commit."""


class Transaction(BaseTransaction):
    """`async with` around what must happen together. Nested, it is a savepoint: it rolls back alone."""

    __slots__ = ("_engine", "_outer", "_savepoint", "_savepoints", "_task", "_token", "connection")

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._outer: Transaction | None = None
        self._savepoints = 0

    async def __aenter__(self) -> Self:
        outer = self._engine.current_transaction.get()
        if outer is None:
            await self._begin()
        else:
            await self._nest(outer)
        return self

    async def _begin(self) -> None:
        self._task = asyncio.current_task()
        self.connection = await self._engine.acquire(writing=True)
        try:
            await self.connection.begin()
        except BaseException:
            await self._engine.give_back(self.connection)
            raise
        self._token = self._engine.current_transaction.set(self)

    async def _nest(self, outer: Transaction) -> None:
        outer._savepoints += 1
        self._savepoint = f"nested_{outer._savepoints}"
        await outer.run(f"SAVEPOINT {self._savepoint}")
        self._outer = outer
        self.connection = outer.connection

    async def run(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Runs a statement in this transaction, whose statements are quick: it has its lock already.

        Raises InheritedTransaction or TransactionLost.
        """
        if self._task is not asyncio.current_task():
            raise InheritedTransaction("This task inherited an open transaction; start it outside of one.")
        if not self.connection.in_transaction:
            raise TransactionLost("The database has rolled this transaction back, or its connection broke.")
        return await self.connection.run(sql, values, quick=True)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        if self._outer is not None:
            await self._leave(self._outer, failed=error is not None)
        else:
            await self._end(failed=error is not None)
        return False

    async def _leave(self, outer: Transaction, *, failed: bool) -> None:
        if failed and not self.connection.in_transaction:
            return  # everything is rolled back already; the error that did it goes on its way
        if failed:
            await outer.run(f"ROLLBACK TO SAVEPOINT {self._savepoint}")
        await outer.run(f"RELEASE SAVEPOINT {self._savepoint}")

    async def _end(self, *, failed: bool) -> None:
        try:
            self._engine.current_transaction.reset(self._token)
            if not failed:
                await self.connection.commit()
            elif self.connection.in_transaction:
                await self.connection.run("ROLLBACK")
        finally:
            await self._engine.give_back(self.connection)


class Engine(PiccoloEngine[Transaction]):
    """What both engines share. Piccolo's own are not used; docs/decisions/0003 says why."""

    current_transaction: ContextVar[Transaction | None]

    def __init__(self, engine_type: Literal["sqlite", "postgres"], shown: str) -> None:
        super().__init__(engine_type=engine_type, min_version_number=0)
        self.shown = shown
        self.announces = False  # whether workers hear of nudges through the queue (queue.py)
        self.current_transaction = ContextVar(f"transaction_on_{shown}", default=None)

    @abstractmethod
    async def start_connection_pool(self) -> None:
        """Connects now, and not at the first query."""

    @abstractmethod
    async def close_connection_pool(self) -> None:
        """Waits for whoever still works, then closes."""

    @abstractmethod
    async def acquire(self, *, writing: bool) -> Connection:
        """A connection that nobody else uses until it is given back."""

    @abstractmethod
    async def give_back(self, connection: Connection) -> None:
        """Whatever happened on it, the next to acquire the connection finds it usable."""

    def transaction(self, *_: object, **__: object) -> Transaction:
        return Transaction(self)

    async def run_statement(self, sql: str, values: Sequence[Any] = (), *, quick: bool = True) -> list[Any]:
        """Runs one statement, in the open transaction if there is one; rows as the driver gives them."""
        must_have_zones(values)
        current = self.current_transaction.get()
        if current is not None:
            return await current.run(sql, values)
        writing = self.writes(sql)
        connection = await self.acquire(writing=writing)
        try:
            return await connection.run(sql, values, quick=quick and not writing)
        finally:
            await self.give_back(connection)

    def writes(self, sql: str) -> bool:
        """Whether the statement needs a connection that may write."""
        return True

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[Any]:
        return await self.run_statement(*querystring.compile_string(engine_type=self.engine_type))

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[Any]:
        return await self.run_statement(ddl)

    async def check_version(self) -> None:
        """Nothing: Piccolo asks in the constructor, and importing or constructing must not connect."""

    async def prep_database(self) -> None:
        """Nothing: the migrations prepare the database."""

    def get_version_sync(self) -> float:
        raise NotImplementedError("Only the server knows its version: await get_version().")

    async def batch(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError("Page by key: Piccolo's batches bypass the pool and fail on SQLite.")

    def atomic(self) -> NoReturn:
        raise NotImplementedError("Use transaction().")
