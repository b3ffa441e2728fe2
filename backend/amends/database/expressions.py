"""SQL expressions that differ between SQLite and PostgreSQL."""

from typing import Any, TypeVar

from piccolo.querystring import QueryString

from amends.database.engines import bound

Lockable = TypeVar("Lockable", bound=Any)


class Typed(QueryString):
    """An expression that comes back with its type on SQLite too: MAX(created_at), COALESCE(due_at, ...).

    SQLite knows the declared type of a plain column only; its driver reads another one from an alias such as
    "last [TIMESTAMPTZ]" and strips the bracket again. PostgreSQL needs none of it.
    """

    __slots__ = ("_declared",)

    def __init__(self, expression: QueryString, alias: str, declared: str = "TIMESTAMPTZ") -> None:
        super().__init__("{}", expression, alias=alias)
        self._declared = declared

    def get_select_string(self, engine_type: str, with_alias: bool = True) -> QueryString:
        if with_alias and engine_type == "sqlite":
            return QueryString("{} AS " + f'"{self._alias} [{self._declared}]"', self)
        return super().get_select_string(engine_type, with_alias)


def instant(expression: str, name: str) -> str:
    """The same in a text of ours: what was computed, MIN(run_at) for instance, comes back as an instant."""
    if bound().engine_type == "sqlite":
        return f'{expression} AS "{name} [TIMESTAMPTZ]"'
    return f"{expression} AS {name}"


def skip_locked() -> QueryString:
    """The end of a raw SELECT that takes rows nobody else holds; nothing on SQLite, where one writes."""
    return QueryString("FOR UPDATE SKIP LOCKED" if bound().engine_type == "postgres" else "")


def locking(alias: str, *, skipping: bool = False) -> str:
    """The end of a text of ours that takes rows of one table; `skipping` those that are held."""
    if bound().engine_type != "postgres":
        return ""
    return f"FOR UPDATE OF {alias}{' SKIP LOCKED' if skipping else ''}"


def lock_rows(query: Lockable) -> Lockable:
    """A Piccolo select that does the same; use it in a transaction."""
    if bound().engine_type == "postgres":
        query = query.lock_rows(skip_locked=True)
    return query
