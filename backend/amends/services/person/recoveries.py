"""Recovery track of a person, read from the timelines of their cases; off unless the team wants it (P59)."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.case.exchanges import standing
from amends.rules.person.recovery import Track, track
from amends.rules.vocabulary import Channel, EntryKind
from amends.services.case.authors import SAME_PERSON
from amends.services.team import reply_rules

MOST = 2_000
"""Entries that are read, the newest: far more than twelve good contacts."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a case, as the rules read it."""

    case: int
    position: int
    kind: EntryKind
    at: datetime
    actor: str
    particulars: dict[str, Any]
    channel: Channel | None = None


ENTRIES = f"""
SELECT c.number AS "case", e.position, e.kind, e.at, e.actor, p.body
FROM case_file AS c JOIN entry AS e ON e."case" = c.id LEFT JOIN particulars AS p ON p.entry = e.id
WHERE c.author IN ({SAME_PERSON})
AND e.kind IN ('moved', 'undone', 'touchpoint', 'promise_settled', 'looked_again')
ORDER BY e.at DESC, e.position DESC LIMIT {MOST}
"""
WAITING = f"""
SELECT c.number FROM case_file AS c WHERE c.author IN ({SAME_PERSON})
AND c.stage NOT IN ('resolved', 'second_chance', 'checked_in', 'watched', 'closed') LIMIT 1
"""
"""A complaint that is neither resolved nor ended, nor watched without a reply."""


async def of(author: UUID) -> Track | None:
    """The track of the person behind an account; None where it is off, or nothing was resolved yet."""
    if not (await reply_rules.current()).recovery_track:
        return None
    kept = still_told(await run(ENTRIES, author=author))
    kept.sort(key=lambda one: (one.at, one.position))
    return track(kept, is_open=bool(await run(WAITING, author=author)))


def still_told(rows: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """What the entries of several cases tell, the newest first as they are read, without moves undone."""
    told = [
        Entry(
            case=row["case"],
            position=row["position"],
            kind=EntryKind(row["kind"]),
            at=row["at"],
            actor=row["actor"],
            particulars=json.loads(row["body"] or "{}"),
        )
        for row in reversed(rows)
    ]
    return [one for number in {one.case for one in told} for one in _standing(told, number)]


def _standing(told: list[Entry], number: int) -> list[Entry]:
    """The entries of one case without the moves that were undone."""
    still = {one.position for one in standing(one for one in told if one.case == number)}
    return [one for one in told if one.case == number and one.position in still]
