"""Composite and partial indexes, which no Piccolo column can declare."""

from collections.abc import Sequence
from dataclasses import dataclass

from piccolo.columns import Column
from piccolo.table import Table


@dataclass(frozen=True)
class Index:
    """An index over several columns or part of the rows; its comment names the query it serves."""

    name: str
    table: type[Table]
    on: Sequence[Column]
    where: str | None = None
    unique: bool = False
