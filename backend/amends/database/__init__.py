"""Database access: SQLite and PostgreSQL engines, transactions, raw SQL, migrations."""

from amends.database.broken_off import again_if_broken_off
from amends.database.compacting import compact
from amends.database.driver_errors import (
    DatabaseIsAway,
    DatabaseIsBusy,
    DiskIsFull,
    NumberTooLarge,
    from_driver_error,
)
from amends.database.engines import bind, bound, close, connect, transaction
from amends.database.expressions import COUNT_LIMIT, Typed, by_date, counted, instant, locking
from amends.database.isolation import each_apart
from amends.database.records import (
    GIVEN,
    Selected,
    columns_of,
    convert,
    converter,
    packed,
    unpacked,
    values_of,
)
from amends.database.sqlite import CannotOpenDatabase
from amends.database.statements import add, add_asking, hold, read, run, run_with_rows
from amends.database.transactions import (
    Engine,
    InheritedTransaction,
    NaiveDatetime,
    Transaction,
    TransactionLost,
)
from amends.database.urls import WrongDatabaseUrl

__all__ = [
    "COUNT_LIMIT",
    "GIVEN",
    "CannotOpenDatabase",
    "DatabaseIsAway",
    "DatabaseIsBusy",
    "DiskIsFull",
    "Engine",
    "InheritedTransaction",
    "NaiveDatetime",
    "NumberTooLarge",
    "Selected",
    "Transaction",
    "TransactionLost",
    "Typed",
    "WrongDatabaseUrl",
    "add",
    "add_asking",
    "again_if_broken_off",
    "bind",
    "bound",
    "by_date",
    "close",
    "columns_of",
    "compact",
    "connect",
    "convert",
    "converter",
    "counted",
    "each_apart",
    "from_driver_error",
    "hold",
    "instant",
    "locking",
    "packed",
    "read",
    "run",
    "run_with_rows",
    "transaction",
    "unpacked",
    "values_of",
]
