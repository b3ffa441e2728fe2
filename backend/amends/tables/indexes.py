"""Composite and partial indexes, which no Piccolo column can declare."""

from collections.abc import Sequence
from dataclasses import dataclass

from piccolo.columns import Column
from piccolo.table import Table

from amends.rules.follow_up.kinds import OURS_IN_ANY_STAGE

OURS_ANYWAY = "due_kind IN ({})".format(", ".join(f"'{kind}'" for kind in OURS_IN_ANY_STAGE))
"""What comes first is ours to do, although the stage waits for the person."""


@dataclass(frozen=True)
class Index:
    """An index over several columns or part of the rows; its comment names the query it serves."""

    name: str
    table: type[Table]
    on: Sequence[Column]
    where: str | None = None
    unique: bool = False
