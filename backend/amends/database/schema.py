"""SQLAlchemy metadata of the Piccolo tables for Alembic's migrations; no query uses it."""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from piccolo.columns import Column, ForeignKey, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine, UserDefinedType

from amends.database.foreign_tables import FOREIGN_TABLES
from amends.tables.indexes import Index

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
OF_ONE_ENGINE = frozenset({"ix_case_words_search"})
"""Indexes that only one engine has."""


class Declared(UserDefinedType[Any]):
    """A type spelled alike on both engines; SQLite's converters go by exactly this declared name."""

    def __init_subclass__(cls) -> None:
        cls.cache_ok = True  # SQLAlchemy looks for it in each class itself
        super().__init_subclass__()

    def get_col_spec(self, **_: object) -> str:
        return type(self).__name__


class UUID(Declared):
    """128 bits; text with hyphens on SQLite."""


class TIMESTAMPTZ(Declared):
    """An instant; UTC text on SQLite, whose order is the order of time."""


class JSON(Declared):
    """JSON as it was written."""


class JSONB(Declared):
    """JSON; PostgreSQL forgets the order of its keys."""


# Without this, reflection does not know the names, and batch mode re-creates the columns as NUMERIC.
for _type in (UUID, TIMESTAMPTZ, JSON, JSONB):
    sqlite.base.ischema_names[_type.__name__] = _type

PLAIN: dict[str, type[TypeEngine[Any]]] = {
    "UUID": UUID,
    "Timestamptz": TIMESTAMPTZ,
    "JSON": JSON,
    "JSONB": JSONB,
    "Integer": sa.Integer,
    "BigInt": sa.BigInteger,
    "SmallInt": sa.SmallInteger,
    "Boolean": sa.Boolean,
    "Text": sa.Text,
    "Date": sa.Date,
    "Real": sa.REAL,
    "DoublePrecision": sa.Double,
    "Bytea": sa.LargeBinary,
}
SAME = {"TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ", "DOUBLE PRECISION": "DOUBLE", "FLOAT": "DOUBLE"}


class CannotDeclare(TypeError):
    """A table uses something that the schema cannot express alike on both engines."""


def metadata(tables: Iterable[type[Table]], indexes: Iterable[Index] = ()) -> sa.MetaData:
    """What the migrations have to build. Raises CannotDeclare."""
    declared = sa.MetaData(naming_convention=NAMES)
    for table in tables:
        columns = [_column(column) for column in table._meta.columns]
        sa.Table(table._meta.tablename, declared, *columns, *_constraints(table))
    for index in indexes:
        _index(index, declared.tables[index.table._meta.tablename])
    return declared


def _column(column: Column) -> sa.Column[Any]:
    meta = column._meta
    key = meta.primary_key
    return sa.Column(
        meta.db_column_name,
        _type_of(column),
        *_reference(column),
        primary_key=key,
        nullable=meta.null and not key,
        unique=(meta.unique and not key) or None,
        index=(meta.index and not key) or None,
    )


def _type_of(column: Column) -> TypeEngine[Any]:
    if isinstance(column, ForeignKey):
        return _type_of(column._foreign_key_meta.resolved_target_column)
    if isinstance(column, Varchar):
        return sa.String(column.length)
    try:
        return PLAIN[type(column).__name__]()
    except KeyError:
        name, kind = column._meta.name, type(column).__name__
        raise CannotDeclare(f"The column {name} is of a kind that is not in PLAIN: {kind}.") from None


def _reference(column: Column) -> Iterator[sa.ForeignKey]:
    if isinstance(column, ForeignKey):
        target = column._foreign_key_meta.resolved_target_column._meta
        address = f"{target.table._meta.tablename}.{target.db_column_name}"
        yield sa.ForeignKey(address, ondelete=column._foreign_key_meta.on_delete.value)


def _constraints(table: type[Table]) -> Iterator[sa.Constraint]:
    for constraint in table._meta.constraints:
        if isinstance(constraint, Check):
            yield sa.CheckConstraint(_condition(constraint), name=constraint._meta.name)
        elif isinstance(constraint, Unique):
            if not constraint.nulls_distinct:
                raise CannotDeclare(f"{constraint._meta.name}: SQLite has no NULLS NOT DISTINCT.")
            yield sa.UniqueConstraint(*constraint.get_column_names(), name=constraint._meta.name)
    for column in table._meta.columns:
        # An enum is a CHECK: a native one is hard to change, and SQLite has none.
        if choices := column._meta.get_choices_dict():
            quoted = ", ".join(
                "'{}'".format(str(choice["value"]).replace("'", "''")) for choice in choices.values()
            )
            yield sa.CheckConstraint(f"{column._meta.db_column_name} IN ({quoted})", name=column._meta.name)


def _condition(check: Check) -> str:
    if not isinstance(check.condition, str):
        raise CannotDeclare(f"{check._meta.name}: write the condition as SQL; Piccolo mis-renders is_in().")
    return check.condition


def _index(index: Index, table: sa.Table) -> None:
    columns = [table.c[column._meta.db_column_name] for column in index.on]
    where = sa.text(index.where) if index.where else None
    sa.Index(index.name, *columns, unique=index.unique, sqlite_where=where, postgresql_where=where)


def compare_type(
    context: Any,  # noqa: ANN401 - Alembic's own signature
    inspected_column: object,
    declared_column: object,
    inspected: TypeEngine[Any],
    declared: TypeEngine[Any],
) -> bool:
    """Whether a column's type in the database differs from the declared one (Alembic's hook)."""
    found, wanted = (kind.compile(context.dialect).upper() for kind in (inspected, declared))
    return SAME.get(found, found) != SAME.get(wanted, wanted)


def include_name(name: str | None, kind: str, parent: object) -> bool:
    """Whether a name found in the database is ours to compare (Alembic's hook)."""
    if kind == "index":
        return name not in OF_ONE_ENGINE
    return not (kind == "table" and name is not None and name.startswith(FOREIGN_TABLES))
