"""Hash chain of a timeline whose payloads can be erased."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

GENESIS = "0" * 64
"""What the first entry of a case names as the one before it."""

SAID = ("text", "words", "draft", "remedy", "next_step", "reason", "note")
"""Keys of particulars that hold what somebody said or wrote."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the hash of an entry covers; the particulars are covered through their commitment."""

    case: UUID
    position: int
    kind: str
    at: datetime
    actor: str
    channel: str | None
    commitment: str
    previous: str


def canonical(particulars: Mapping[str, object]) -> str:
    """The one way of writing particulars down, so that equal things have equal hashes."""
    return json.dumps(particulars, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def commitment(salt: str, body: str) -> str:
    """Binds an entry to its particulars without revealing them: HMAC-SHA256 keyed by a salt of its own.

    Without a salt a phone number is found again from its bare hash in minutes; so erasing deletes both.
    """
    return hmac.new(bytes.fromhex(salt), body.encode(), hashlib.sha256).hexdigest()


def chained(line: Line) -> str:
    """The entry's hash, SHA-256 over its canonical form; the next entry names it as `previous`."""
    covered = {
        "case": str(line.case),
        "position": line.position,
        "kind": line.kind,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": line.actor,
        "channel": line.channel,
        "commitment": line.commitment,
        "previous": line.previous,
    }
    return hashlib.sha256(canonical(covered).encode()).hexdigest()
