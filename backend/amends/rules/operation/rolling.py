"""Rolling verification of files: which part is read in which night, so that each is read in every round."""

from collections.abc import Iterable
from datetime import datetime
from zlib import crc32

import msgspec

NIGHTS = 7
"""In so many nights every file is read at least once."""
ALL_AT_ONCE = 2_000
"""So few files, some hundred megabytes, are all read every night."""


class Night(msgspec.Struct, frozen=True, kw_only=True):
    """A night whose verification ended: which part of the files was read, None where all were."""

    started_at: datetime
    part: int | None


def part_of(name: str) -> int:
    """The part that a file belongs to, from 0; always the same one, whatever else is there."""
    return crc32(name.encode()) % NIGHTS


def next_part(nights: Iterable[Night], *, files: int) -> int | None:
    """The part to read now, after these nights, the newest first; None where there are few: all of them.

    A night that was missed or broke off leaves out no part: the next one reads it.
    """
    if files <= ALL_AT_ONCE:
        return None
    before = next((one.part for one in nights if one.part is not None), NIGHTS - 1)
    return (before + 1) % NIGHTS


def read_since(nights: Iterable[Night]) -> datetime | None:
    """Since when every file was read at least once, the newest night first; None before a whole round."""
    parts: set[int] = set()
    for night in nights:
        parts.update(range(NIGHTS) if night.part is None else [night.part])
        if len(parts) == NIGHTS:
            return night.started_at
    return None
