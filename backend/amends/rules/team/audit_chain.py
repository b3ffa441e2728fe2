"""Hash chain of the audit log: each event is bound to the one before it, a beginning to what was pruned.

Events are written without a place in the chain; the worker gives each its place within a minute. So nobody
who signs in waits for another.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

GENESIS = "0" * 64
"""What the first event of all names as the one before it."""


@dataclass(frozen=True, slots=True)
class Event:
    """What the hash of an event covers besides its place; `body` is `canonical`."""

    id: UUID
    at: datetime
    kind: str
    actor: str
    about: str
    network: str
    body: str
    until: int | None


@dataclass(frozen=True, slots=True)
class Chained:
    """An event in its place, from 1, as it is kept."""

    event: Event
    position: int
    previous: str
    hash: str


class Break(StrEnum):
    """What does not fit."""

    PLACE = "place"
    PREVIOUS = "previous"
    HASH = "hash"
    BEGINNING = "beginning"
    ANCHORED = "anchored"


def canonical(told: Mapping[str, object]) -> str:
    """The one way of writing down what an event tells, so that equal things have equal hashes."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(event: Event, position: int, previous: str) -> str:
    """SHA-256 over an event in its place; the next one names it as `previous`."""
    covered = {
        "id": str(event.id),
        "position": position,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": event.kind,
        "actor": event.actor,
        "about": event.about,
        "network": event.network,
        "body": event.body,
        "until": event.until,
        "previous": previous,
    }
    return hashlib.sha256(canonical(covered).encode()).hexdigest()


def chained(events: Sequence[Event], position: int, previous: str) -> Iterator[Chained]:
    """Gives events their places after the one at this `position`, whose hash is `previous`."""
    for place, event in enumerate(events, start=position + 1):
        own = hash_of(event, place, previous)
        yield Chained(event, place, previous, own)
        previous = own


def breaks_of(events: Sequence[Chained], position: int, previous: str) -> Iterator[tuple[int, Break]]:
    """Every fault of a stretch of the log that follows this `position`, with the position of the event."""
    for place, one in enumerate(events, start=position + 1):
        if one.position != place:
            yield one.position, Break.PLACE
        if one.previous != previous:
            yield one.position, Break.PREVIOUS
        if hash_of(one.event, one.position, one.previous) != one.hash:
            yield one.position, Break.HASH
        previous = one.hash


def is_beginning(first: Chained, pruned: Sequence[tuple[int, str]]) -> bool:
    """Whether a log may begin with this event: the first of all, or the one after what was pruned.

    `pruned` are the last positions that prunings of the log itself name, with the hash that stood there.
    """
    if first.position == 1:
        return first.previous == GENESIS
    return (first.position - 1, first.previous) in pruned
