"""SQL expressions: those that differ between SQLite and PostgreSQL, and counts that stop at a limit."""

from typing import Literal

from piccolo.querystring import QueryString

from amends.database.engines import bound


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


def by_date(column: str, *then: str) -> str:
    """The end of an ORDER BY: the soonest first, what has no date last, then in the order of `then`.

    Left to the engine, what has no date comes first on SQLite and last on PostgreSQL. Either reads an index
    of these columns in this order.
    """
    return ", ".join([f"{column} NULLS LAST", *then])


COUNT_LIMIT = 1_000
"""Lists are counted up to here, and show “1,000+” from there: counting on would cost more than it tells."""


def counted(rows: str, *, limit: int = COUNT_LIMIT) -> str:
    """How many rows `rows`, the text after FROM, gives; above `limit` one more, and nobody counts on."""
    return f"(SELECT COUNT(*) FROM (SELECT 1 AS one FROM {rows} LIMIT {limit + 1}) AS few)"  # noqa: S608 - ours alone


def locking(
    alias: str = "",
    *,
    strength: Literal["UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"] = "UPDATE",
    skipping: bool = False,
) -> str:
    """The end of a SELECT that holds its rows until the transaction ends; empty on SQLite, where one writes.

    `alias` is the table whose rows are held, of several; `skipping` leaves out those that are held already.
    """
    if bound().engine_type != "postgres":
        return ""
    return f"FOR {strength}{f' OF {alias}' if alias else ''}{' SKIP LOCKED' if skipping else ''}"
