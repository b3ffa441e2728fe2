"""Chain of the audit log: events get their places, old ones are pruned, and all is verified."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec

from amends import tables
from amends.database import add, locking, run, transaction
from amends.rules.team.audit import PRUNED_EVERY, SYSTEM, pruned_before
from amends.rules.team.audit_chain import (
    GENESIS,
    Break,
    Chained,
    Event,
    breaks_of,
    canonical,
    chained,
    is_beginning,
)
from amends.rules.vocabulary.audit import AuditKind

A_PART = 500
COLUMNS = "id, at, kind, actor, about, network, body, until, position, previous, hash"
WAITING = f"SELECT {COLUMNS} FROM audit_event WHERE position IS NULL ORDER BY at, id LIMIT {A_PART}"  # noqa: S608
HEAD = "SELECT position, hash FROM audit_event WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1"
PLACE = "UPDATE audit_event SET position = :position, previous = :previous, hash = :hash WHERE id = :id"
AFTER = f"""
SELECT {COLUMNS} FROM audit_event WHERE position > :position ORDER BY position LIMIT {A_PART}
"""  # noqa: S608
PRUNINGS = "SELECT until, body, at FROM audit_event WHERE kind = 'log_pruned' ORDER BY at DESC, id DESC"
STAYS_FROM = "SELECT MIN(position) AS position FROM audit_event WHERE at >= :before AND position IS NOT NULL"
LAST_GONE = "SELECT position, hash FROM audit_event WHERE position = :position"
PRUNE = "DELETE FROM audit_event WHERE position <= :until"


@dataclass
class Verified:
    """How many events are in the chain, which do not fit, and how many wait for their place."""

    events: int = 0
    waiting: int = 0
    breaks: list[tuple[int, Break]] = field(default_factory=list)
    position: int = 0
    hash: str = GENESIS


async def chain() -> bool:
    """Gives events their places, the oldest first: whether more may be left. One worker alone does it."""
    async with transaction():
        return await _hold() and await _chain_some() == A_PART


async def _hold() -> bool:
    """Step: nobody else chains until the transaction ends; False while there is no team."""
    return bool(await run(f"SELECT id FROM team {locking()}"))  # noqa: S608 - the statement is ours alone


async def _chain_some() -> int:
    rows = await run(WAITING)
    if rows:
        position, previous = await head()
        for one in chained([_event(row) for row in rows], position, previous):
            await run(PLACE, id=one.event.id, position=one.position, previous=one.previous, hash=one.hash)
    return len(rows)


async def head() -> tuple[int, str]:
    """The last event that has its place: position and hash; 0 before there is any."""
    rows = await run(HEAD)
    return (rows[0]["position"], rows[0]["hash"]) if rows else (0, GENESIS)


async def prune(*, now: datetime, months: int) -> int:
    """Deletes events older than so many months, once a week: how many.

    An event of its own says up to where, and with which hash, so that what stays can still be verified.
    """
    async with transaction():
        if not await _hold() or await _was_pruned_lately(now):
            return 0
        while await _chain_some():
            pass
        return await _prune_before(pruned_before(now, months), now)


async def _was_pruned_lately(now: datetime) -> bool:
    rows = await run(f"{PRUNINGS} LIMIT 1")
    return bool(rows) and now - rows[0]["at"] < PRUNED_EVERY


async def _prune_before(before: datetime, now: datetime) -> int:
    rows = await run(STAYS_FROM, before=before)
    until = rows[0]["position"] - 1 if rows[0]["position"] else (await head())[0]
    gone = await run(LAST_GONE, position=until)
    if not gone:
        return 0
    first = (await run(AFTER, position=0))[0]["position"]
    told = {"hash": gone[0]["hash"], "count": until - first + 1, "before": before.date().isoformat()}
    await add(
        tables.AuditEvent,
        id=uuid4(),
        at=now,
        kind=AuditKind.LOG_PRUNED,
        actor=SYSTEM,
        body=canonical(told),
        until=until,
    )
    await _chain_some()
    await run(PRUNE, until=until)
    return int(until - first + 1)


async def verify(kept: Iterable[tuple[int, str]] = ()) -> Verified:
    """Looks at the whole log, in parts; what waits for its place is counted and not looked at.

    `kept` are positions and hashes that anchors or files know: each is still to be there, or pruned.
    """
    done, pruned = Verified(), await _pruned()
    while rows := await run(AFTER, position=done.position):
        part = [_chained(row) for row in rows]
        if not done.events:
            if not is_beginning(part[0], pruned):
                done.breaks.append((part[0].position, Break.BEGINNING))
            done.position, done.hash = part[0].position - 1, part[0].previous
        done.breaks += breaks_of(part, done.position, done.hash)
        done.events += len(part)
        done.position, done.hash = part[-1].position, part[-1].hash
    done.waiting = len(await run(WAITING))
    done.breaks += [(position, Break.ANCHORED) for position in await _unlike(kept, pruned)]
    return done


async def _unlike(kept: Iterable[tuple[int, str]], pruned: Collection[tuple[int, str]]) -> list[int]:
    """The kept positions where another event stands now, or none although none was pruned there."""
    by_position, until = dict(pruned), max((one for one, _hash in pruned), default=0)
    wrong = []
    for position, digest in sorted(set(kept)):
        rows = await run(LAST_GONE, position=position)
        there = rows[0]["hash"] if rows else by_position.get(position, digest if position <= until else "")
        if there != digest:
            wrong.append(position)
    return wrong


async def _pruned() -> list[tuple[int, str]]:
    """Up to where prunings say that they went, with the hash that stood there."""
    rows = await run(PRUNINGS)
    return [(row["until"], _hash_in(row["body"])) for row in rows if row["until"] is not None]


def _hash_in(body: str) -> str:
    try:
        return str(msgspec.json.decode(body, type=dict[str, Any]).get("hash", ""))
    except msgspec.DecodeError:  # altered: that is found by its hash
        return ""


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        id=row["id"],
        at=row["at"],
        kind=row["kind"],
        actor=row["actor"],
        about=row["about"],
        network=row["network"],
        body=row["body"],
        until=row["until"],
    )


def _chained(row: Mapping[str, Any]) -> Chained:
    return Chained(_event(row), row["position"], row["previous"] or "", row["hash"] or "")
