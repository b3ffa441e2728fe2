"""How is a query built once and run many times? Building costs more than running."""

import inspect
import json
from collections.abc import Callable
from enum import Enum
from typing import Any, Generic, ParamSpec, TypeVar

from piccolo.query.base import Query

from amends.database.engines import bound

Values = ParamSpec("Values")
Rows = TypeVar("Rows")


class Hole(str):
    """Stands for a value while the query is built. A str: anything else Piccolo writes into JSON as text."""

    __slots__ = ()


class Prepared(Generic[Values, Rows]):
    """A query with holes, compiled at its first run on each kind of engine.

    A value may only be compared with or stored in a column: a limit is part of the query's text, and a hole
    that is None compares as NULL, which equals nothing.
    """

    def __init__(self, build: Callable[Values, Query[Any, Rows]], *, quick: bool = False) -> None:
        self.build = build
        self.quick = quick
        self._signature = inspect.signature(build)
        self._compiled: dict[str, tuple[Query[Any, Rows], str, list[Any]]] = {}

    async def __call__(self, *args: Values.args, **kwargs: Values.kwargs) -> Rows:
        """Runs the query with these values. Raises TypeError when one is missing or unknown."""
        given = self._signature.bind(*args, **kwargs)
        given.apply_defaults()
        engine = bound()
        query, sql, slots = self._compiled.get(engine.engine_type) or self._compile(engine.engine_type)
        values = [_sql_value(given.arguments[slot]) if type(slot) is Hole else slot for slot in slots]
        return await query._process_results(await engine.run_statement(sql, values, quick=self.quick))

    def _compile(self, engine_type: str) -> tuple[Query[Any, Rows], str, list[Any]]:
        holes: dict[str, Any] = {name: Hole(name) for name in self._signature.parameters}
        build: Callable[..., Query[Any, Rows]] = self.build
        query = build(**holes)
        [querystring] = query.querystrings
        sql, slots = querystring.compile_string(engine_type=engine_type)
        lost = holes.keys() - {str(slot) for slot in slots if type(slot) is Hole}
        if lost:
            names = ", ".join(sorted(lost))
            raise TypeError(f"The prepared query changed or dropped {names} while it was built.")
        self._compiled[engine_type] = query, sql, slots
        return query, sql, slots


def prepared(build: Callable[Values, Query[Any, Rows]]) -> Prepared[Values, Rows]:
    """Makes a function that builds a query into one that runs it, with the same parameters.

    `@prepared` above `def case_by_number(number: int) -> Query[Case, list[dict[str, Any]]]`, which returns
    `Case.select().where(Case.number == number)`; then `rows = await case_by_number(142)`.
    """
    return Prepared(build)


def prepared_quick(build: Callable[Values, Query[Any, Rows]]) -> Prepared[Values, Rows]:
    """The same for a read of a few rows by a unique key: on SQLite it runs in the event loop."""
    return Prepared(build, quick=True)


def _sql_value(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return json.dumps(value) if isinstance(value, dict | list) else value
