"""Monotonic counters since the installation began."""

from collections.abc import Mapping

from amends import tables
from amends.database import run, run_with_rows

COUNT_UP = """
INSERT INTO counter (name, value) VALUES :rows
ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value
"""

RAISE = """
INSERT INTO counter (name, value) VALUES :rows
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE counter.value < excluded.value
"""

NEXT = """
INSERT INTO counter (name, value) VALUES (:name, 1)
ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value
"""


async def next_number(name: str) -> int:
    """Step: the next number of its kind, as of a problem; others wait for its transaction to end."""
    rows = await run(NEXT, name=name)
    return int(rows[0]["value"])


async def count_up(happened: Mapping[str, int]) -> None:
    """Step: adds to counters such as `deliveries:timeout`; others wait for its transaction to end."""
    rows = sorted((name, times) for name, times in happened.items() if times)
    if rows:
        await run_with_rows(COUNT_UP, rows, types=("varchar", "int"))


async def raise_to(reached: Mapping[str, int]) -> None:
    """Step: counters that have come so far; one that is further stays."""
    await run_with_rows(RAISE, sorted(reached.items()), types=("varchar", "int"))


async def read(of: str) -> Mapping[str, int]:
    """The counters of several things, by which: `{"delivered": 12}`."""
    counter = tables.Counter
    rows = await counter.select(counter.name, counter.value).where(counter.name.like(f"{of}:%"))
    return {row["name"].removeprefix(f"{of}:"): row["value"] for row in rows}
