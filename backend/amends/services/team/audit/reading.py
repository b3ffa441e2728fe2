"""Reading of the audit log: pages by key, and everything for a file."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.vocabulary.audit import AuditKind

A_PAGE = 50
A_PART = 1_000


class EventShown(msgspec.Struct, frozen=True, kw_only=True):
    """One event. `position` is None until the worker has given it its place in the chain."""

    id: UUID
    at: datetime
    kind: AuditKind
    actor: str
    about: str
    network: str
    told: dict[str, Any]
    position: int | None


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Who acted, which kinds of events (all when empty), from an instant on, and before one."""

    actor: str = ""
    kinds: tuple[AuditKind, ...] = ()
    since: datetime | None = None
    before: datetime | None = None


FOUND = "SELECT id, at, kind, actor, about, network, body, position FROM audit_event"
ORDER = "ORDER BY at DESC, id DESC LIMIT"
KEY = "(at, id) < (SELECT last.at, last.id FROM audit_event AS last WHERE last.id = :after)"


async def page(wanted: Filters, *, after: UUID | None = None) -> tuple[list[EventShown], UUID | None]:
    """The last events that fit, and the key of the page after them."""
    found = await _some(wanted, after, A_PAGE + 1)
    return found[:A_PAGE], found[A_PAGE - 1].id if len(found) > A_PAGE else None


async def every(wanted: Filters) -> AsyncIterator[EventShown]:
    """All events that fit, the last first."""
    after: UUID | None = None
    while part := await _some(wanted, after, A_PART):
        for one in part:
            yield one
        after = part[-1].id


async def _some(wanted: Filters, after: UUID | None, limit: int) -> list[EventShown]:
    where, values = _conditions(wanted, after)
    rows = await run(f"{FOUND} {where} {ORDER} {limit}", **values)
    return [_shown(row) for row in rows]


def _conditions(wanted: Filters, after: UUID | None) -> tuple[str, dict[str, Any]]:
    kinds = {f"kind_{place}": kind.value for place, kind in enumerate(wanted.kinds)}
    parts = {
        "actor = :actor": {"actor": wanted.actor} if wanted.actor else None,
        f"kind IN ({', '.join(f':{name}' for name in kinds)})": kinds or None,
        "at >= :since": {"since": wanted.since} if wanted.since else None,
        "at < :before": {"before": wanted.before} if wanted.before else None,
        KEY: {"after": after} if after else None,
    }
    used = {text: values for text, values in parts.items() if values}
    given = {name: value for values in used.values() for name, value in values.items()}
    return (f"WHERE {' AND '.join(used)}" if used else "", given)


def _shown(row: Mapping[str, Any]) -> EventShown:
    return EventShown(
        id=row["id"],
        at=row["at"],
        kind=AuditKind(row["kind"]),
        actor=row["actor"],
        about=row["about"],
        network=row["network"],
        told=msgspec.json.decode(row["body"], type=dict[str, Any]),
        position=row["position"],
    )
