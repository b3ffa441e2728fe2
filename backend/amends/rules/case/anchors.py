"""Anchors: one hash over the heads of all timelines, in a chain of their own (P63).

Whoever owns the database can write a whole timeline anew, with hashes that fit. They cannot alter the hash of
an anchor that lies in somebody's mailbox, in a dossier or with an authority for time stamps; and each anchor
covers, through the one before it, all earlier ones.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from amends.rules.case.timeline import GENESIS, canonical
from amends.rules.case.verification import Head

AUDIT_LOG = 0
"""Stands for the audit log among the numbers of cases: its last event is a head like theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One anchor: its place in the chain from 1, when it was made, and what its hash covers.

    `cases` does not count the audit log.
    """

    number: int
    made_at: datetime
    cases: int
    root: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An anchor as somebody kept it elsewhere; without its number (0) where only the hash was kept."""

    hash: str
    number: int = 0


def leaf(head: Head) -> str:
    """SHA-256 of one head: tells nothing of its case to whoever does not have the case's timeline."""
    return hashlib.sha256(f"{head.case_number} {head.position} {head.hash}".encode()).hexdigest()


def leaves(heads: Iterable[Head]) -> bytes:
    """The leaves of all heads, a line each, in the order of the case numbers."""
    in_order = sorted(heads, key=lambda one: one.case_number)
    return "".join(f"{leaf(one)}\n" for one in in_order).encode()


def following(last: Anchor | None, heads: Sequence[Head], *, now: datetime) -> Anchor:
    """The anchor of these heads after the last one."""
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    root = hashlib.sha256(leaves(heads)).hexdigest()
    made_at, cases = now.astimezone(UTC), count_cases(heads)
    digest = _hash(number, made_at, cases, root, previous)
    return Anchor(number=number, made_at=made_at, cases=cases, root=root, previous=previous, hash=digest)


def count_cases(heads: Iterable[Head]) -> int:
    """How many heads are of cases."""
    return sum(one.case_number != AUDIT_LOG for one in heads)


def covered(anchor: Anchor) -> str:
    """What the hash of an anchor covers, in its canonical form."""
    return _covered(anchor.number, anchor.made_at, anchor.cases, anchor.root, anchor.previous)


def faults_of_chain(anchors: Sequence[Anchor]) -> Iterator[int]:
    """The numbers of anchors that do not fit, given in the order of their numbers."""
    before = GENESIS
    for place, anchor in enumerate(anchors, start=1):
        digest = hashlib.sha256(covered(anchor).encode()).hexdigest()
        if (anchor.number, anchor.previous, anchor.hash) != (place, before, digest):
            yield anchor.number
        before = anchor.hash


def covers(anchor: Anchor, heads: Sequence[Head]) -> bool:
    """Whether these are the heads of which an anchor was made."""
    return (anchor.cases, anchor.root) == (count_cases(heads), hashlib.sha256(leaves(heads)).hexdigest())


def changed(heads: Iterable[Head], known: Mapping[int, Head]) -> list[Head]:
    """What an anchor adds to what those before it have kept: new heads, and position 0 of what is gone."""
    now = {one.case_number: one for one in heads}
    fresh = [one for number, one in now.items() if known.get(number) != one]
    return fresh + [Head(number, 0, "") for number in known if number not in now]


def _hash(number: int, made_at: datetime, cases: int, root: str, previous: str) -> str:
    return hashlib.sha256(_covered(number, made_at, cases, root, previous).encode()).hexdigest()


def _covered(number: int, made_at: datetime, cases: int, root: str, previous: str) -> str:
    at = made_at.astimezone(UTC).isoformat(timespec="microseconds")
    return canonical({"at": at, "cases": cases, "number": number, "previous": previous, "root": root})
