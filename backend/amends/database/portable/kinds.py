"""Kinds of values that both databases share, and how each database spells them."""

import base64
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from amends.rules.operation.backups import Column

SQLITE = {
    "UUID": "id",
    "TIMESTAMPTZ": "instant",
    "DATE": "date",
    "JSONB": "json",
    "JSON": "json",
    "BOOLEAN": "bool",
    "INTEGER": "int",
    "BIGINT": "int",
    "SMALLINT": "int",
    "REAL": "real",
    "DOUBLE": "real",
    "VARCHAR": "text",
    "TEXT": "text",
    "BLOB": "bytes",
}
"""By the declared type, without its length."""
POSTGRES = {
    "uuid": "id",
    "timestamptz": "instant",
    "date": "date",
    "jsonb": "json",
    "json": "json",
    "bool": "bool",
    "int2": "int",
    "int4": "int",
    "int8": "int",
    "float4": "real",
    "float8": "real",
    "varchar": "text",
    "text": "text",
    "bytea": "bytes",
}


class UnknownKind(TypeError):
    """A column has a type that backups do not know: it must never be guessed."""


def kind_of(declared: str, known: Mapping[str, str], *, of: str) -> str:
    """The kind of a declared type. Raises UnknownKind."""
    try:
        return known[declared]
    except KeyError:
        raise UnknownKind(f"{of} has the type {declared}, which database/portable/kinds.py lacks") from None


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _stored_instant(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return _instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _shortest(number: float) -> float:
    """A four-byte number in as few digits as give the same four bytes: 4.7, and not 4.699999809265137."""
    for digits in range(6, 10):
        shorter = float(f"{number:.{digits}g}")
        if struct.pack("f", shorter) == struct.pack("f", number):
            return shorter
    return number


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


Turn = Callable[[Any], Any]
FROM_SQLITE: Mapping[str, Turn] = {"instant": _stored_instant, "bool": bool, "bytes": _encoded}
FROM_POSTGRES: Mapping[str, Turn] = {
    "id": str,
    "instant": _instant,
    "date": date.isoformat,
    "real": _shortest,
    "bytes": _encoded,
}
INTO_SQLITE: Mapping[str, Turn] = {
    "instant": lambda text: datetime.fromisoformat(text).isoformat(" "),
    "bool": int,
    "bytes": base64.b64decode,
}
INTO_POSTGRES: Mapping[str, Turn] = {
    "id": UUID,
    "instant": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": base64.b64decode,
}


def turned(
    rows: Iterable[Sequence[Any]], columns: Sequence[Column], how: Mapping[str, Turn]
) -> Iterator[list[Any]]:
    """The rows with every value spelled the other way; what is NULL stays so."""
    turns = [(place, how[one.kind]) for place, one in enumerate(columns) if one.kind in how]
    for row in rows:
        values = list(row)
        for place, turn in turns:
            if values[place] is not None:
                values[place] = turn(values[place])
        yield values
