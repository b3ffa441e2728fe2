"""Bodies of webhooks: numbers, ids, dates and words of our vocabulary; nothing that anybody typed."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from amends.rules.vocabulary import EntryKind
from amends.rules.vocabulary.events import EventType

WORD = re.compile(r"[a-z0-9_]{1,40}|\d{4}-\d{2}-\d{2}(T[0-9:.+Z-]{5,30})?")
_MOVE = ("move", "before", "after", "outcome")
FACTS: dict[EntryKind, tuple[str, ...]] = {
    EntryKind.MOVED: (*_MOVE, "joined", "split_off", "split_from"),
    EntryKind.REOPENED: _MOVE,
    EntryKind.UNDONE: ("move",),
    EntryKind.SEVERITY_SET: ("before", "severity"),
    EntryKind.ASSIGNED: ("because",),
    EntryKind.TOUCHPOINT: ("direction",),
    EntryKind.PROMISED: ("due_at",),
    EntryKind.PROMISE_SETTLED: ("result",),
    EntryKind.REMEDY: ("remedy_kind", "state"),
    EntryKind.RECHECKED: ("changes",),
    EntryKind.NUDGED: ("follow_up", "rung", "audience"),
    EntryKind.FOLLOW_UP_RESCHEDULED: ("follow_up", "before", "due_at"),
    EntryKind.SNOOZED: ("until",),
}
"""What is told of an entry: those of its particulars that are words of ours, numbers and dates."""


class CaseTold(msgspec.Struct, frozen=True, kw_only=True):
    """The case as it stands when the event leaves; of one that is gone, its number alone."""

    number: int
    url: str
    removed: bool = False
    version: int | None = None
    stage: str | None = None
    outcome: str | None = None
    severity: str | None = None
    platform: str | None = None
    owner: UUID | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    due_kind: str | None = None


class EntryTold(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the timeline; `actor` is member, author or system."""

    position: int
    kind: str
    actor: str
    member: UUID | None = None
    channel: str | None = None
    facts: dict[str, str | int | list[str]] = {}


class FollowUpTold(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed, as it stands when the event leaves."""

    id: UUID
    kind: str
    state: str
    due_at: datetime
    owner: UUID | None = None


class NudgeTold(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder that could not be delivered."""

    id: UUID
    kind: str
    state: str
    attempts: int


class ProblemTold(msgspec.Struct, frozen=True, kw_only=True):
    """The problem as it stands when the event leaves."""

    number: int
    url: str
    state: str | None = None


class IncidentTold(msgspec.Struct, frozen=True, kw_only=True):
    """The incident as it stands when the event leaves."""

    number: int
    url: str
    kind: str | None = None
    state: str | None = None
    on_hold: bool | None = None


class LineTold(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the history of a problem or an incident."""

    position: int
    kind: str
    member: UUID | None = None


class EventTold(msgspec.Struct, frozen=True, kw_only=True):
    """What an event is about; which parts there are depends on its type."""

    case: CaseTold | UnsetType = UNSET
    entry: EntryTold | UnsetType = UNSET
    follow_up: FollowUpTold | UnsetType = UNSET
    nudge: NudgeTold | UnsetType = UNSET
    problem: ProblemTold | UnsetType = UNSET
    incident: IncidentTold | UnsetType = UNSET
    line: LineTold | UnsetType = UNSET


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent; `timestamp` is when it happened."""

    type: EventType
    timestamp: datetime
    data: EventTold


def encoded(kind: EventType, at: datetime, data: EventTold) -> bytes:
    """The bytes that are signed and sent."""
    return msgspec.json.encode(Body(type=kind, timestamp=at.astimezone(UTC), data=data))


def facts(kind: EntryKind, particulars: Mapping[str, object]) -> dict[str, str | int | list[str]]:
    """What is told of an entry's particulars."""
    found = {name: _plain(particulars.get(name)) for name in FACTS.get(kind, ())}
    return {name: value for name, value in found.items() if value is not None}


def _plain(value: object) -> str | int | list[str] | None:
    """A word, a number, a date, or a list of words; nothing of what looks otherwise."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str) and WORD.fullmatch(one)]
    if isinstance(value, int):
        return value
    return value if isinstance(value, str) and WORD.fullmatch(value) else None
