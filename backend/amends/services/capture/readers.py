"""Health of the extension's readers: what they could not read."""

from collections import Counter
from datetime import datetime, timedelta

import msgspec

from amends.database import run

PERIOD = timedelta(days=30)


class ReaderHealth(msgspec.Struct, frozen=True, kw_only=True):
    """One reader in one version: how many captures, and how often each part was missing, most often first."""

    name: str
    version: str
    captures: int
    missing: list[tuple[str, int]]


BY_HAND = ("form", "table", "feed")
"""Readers of captures that did not come through the extension: typed, imported, proposed by a feed."""
READ = """
SELECT reader, missing, COUNT(*) AS captures FROM capture
WHERE received_at >= :since GROUP BY reader, missing
"""


async def health(*, now: datetime) -> list[ReaderHealth]:
    """The readers of the last 30 days by name, the newest version first."""
    captures: Counter[tuple[str, str]] = Counter()
    missing: dict[tuple[str, str], Counter[str]] = {}
    for row in await run(READ, since=now - PERIOD):
        if row["reader"].get("name") in BY_HAND:
            continue
        which = (row["reader"].get("name", ""), row["reader"].get("version", ""))
        captures[which] += row["captures"]
        parts = missing.setdefault(which, Counter())
        parts.update(dict.fromkeys(row["missing"], row["captures"]))
    return [
        ReaderHealth(name=name, version=version, captures=count, missing=missing[name, version].most_common())
        for (name, version), count in sorted(captures.items(), key=lambda item: _in_order(item[0]))
    ]


def _in_order(which: tuple[str, str]) -> tuple[str, int, str]:
    name, version = which
    return name, -int(version) if version.isdecimal() else 0, version
