"""Which indexes do the queries need that a Piccolo column cannot declare: composite and partial ones?"""

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
