"""Verification of what is recorded: timelines, what they tell, files, and what anchors kept of them."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec

from amends.database import run, run_with_rows
from amends.gateways.evidence_files import (
    EvidenceFiles,
    EvidenceIsAltered,
    EvidenceIsMissing,
    EvidenceNameIsMalformed,
)
from amends.rules.capture.fingerprints import SEEN, fingerprint
from amends.rules.case import anchors as anchor_rules
from amends.rules.case import verification as rules
from amends.rules.case.anchors import Kept
from amends.rules.case.timeline import Line
from amends.rules.case.verification import Fault, Head, Recorded, Told
from amends.rules.team.audit_chain import Break
from amends.rules.vocabulary import EntryKind
from amends.services.case import anchors
from amends.services.team import audit

CASES_A_PART = 20
"""So few that a part keeps nobody waiting: the web process may look, too."""

NEXT = """
SELECT number FROM case_file WHERE number > :after AND number <= :until ORDER BY number LIMIT :most
"""
ENTRIES = """
SELECT c.number, c.id AS case_id, e.position, e.kind, e.at, e.actor, e.channel, e.commitment, e.previous,
    e.hash, p.entry AS told, p.salt, p.body, p.erased_at
FROM case_file AS c LEFT JOIN entry AS e ON e."case" = c.id LEFT JOIN particulars AS p ON p.entry = e.id
WHERE c.number >= :first AND c.number <= :last ORDER BY c.number, e.position
"""
FILES = """
SELECT c.number, f.sha256, f.shown_sha256 FROM evidence AS f JOIN capture ON capture.id = f.capture
JOIN post ON post.id = capture.post JOIN case_file AS c ON c.id = post."case"
WHERE c.number >= :first AND c.number <= :last
UNION ALL SELECT c.number, f.sha256, f.shown_sha256
FROM attachment AS f JOIN case_file AS c ON c.id = f."case"
WHERE f.removed_at IS NULL AND c.number >= :first AND c.number <= :last ORDER BY 1, 2
"""
CAPTURES = f"""
WITH asked (id) AS (VALUES :rows)
SELECT capture.id, {", ".join(f"capture.{name}" for name in SEEN)}
FROM asked JOIN capture ON capture.id = asked.id
"""  # noqa: S608 - names of columns only
COUNT_FILES = """
SELECT (SELECT COUNT(*) FROM evidence) + (SELECT COUNT(*) FROM attachment WHERE removed_at IS NULL) AS files
"""
ERASURES = "SELECT at FROM erasure"
REMOVED = "SELECT number FROM removed_case WHERE number >= :first AND number <= :last"


OF_LOG: Mapping[Break, Fault] = {
    Break.PLACE: Fault.LOG_PLACE,
    Break.PREVIOUS: Fault.LOG_PREVIOUS,
    Break.HASH: Fault.LOG_HASH,
    Break.BEGINNING: Fault.LOG_BEGINNING,
    Break.ANCHORED: Fault.LOG_ANCHORED,
}


@dataclass(frozen=True)
class Found:
    """One fault: in which case, at which entry (0 where it is about none), of which file.

    Case 0 is none: then `position` is the number of an anchor, 0 where nobody knows it, or of an event of the
    audit log.
    """

    number: int
    position: int
    fault: Fault
    file: str = ""


@dataclass
class Verified:
    """How much was looked at, what does not fit, and the head of every timeline as it is now."""

    cases: int = 0
    entries: int = 0
    files: int = 0
    events: int = 0
    erased: int = 0
    """Entries whose words were erased on purpose: they verify."""
    found: list[Found] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)


async def verify(
    files: EvidenceFiles | None,
    *,
    number: int | None = None,
    heads: Iterable[Head] = (),
    kept: Iterable[Kept] = (),
    reads: Callable[[str], bool] = lambda _name: True,
) -> Verified:
    """Looks at every case and the audit log, or at one case; files that it `reads`, unless there are none.

    `heads` were kept elsewhere: each is still to be found, but of cases that were removed. `kept` are anchors
    that were. Reads in small parts and changes nothing; what is written meanwhile may or may not be seen.
    """
    done, outside = Verified(), _by_case(heads)
    async for first, last in _parts(number):
        rows = await run(ENTRIES, first=first, last=last)
        told = await _told_erasures(rows)
        anchored = _by_case(await anchors.heads_of(first, last))
        for case_number, of_case in groupby(rows, key=lambda row: int(row["number"])):
            entries = [_recorded(row, told) for row in of_case if row["position"] is not None]
            of_case_kept = {*outside.pop(case_number, ()), *anchored.get(case_number, ())}
            _look_at(done, case_number, entries, of_case_kept)
            await _look_at_captures(done, case_number, entries)
        if files is not None:
            await _look_at_files(done, await run(FILES, first=first, last=last), files, reads)
    of_log = outside.pop(anchor_rules.AUDIT_LOG, [])
    await _look_for_the_rest(done, outside, number)
    if number is None:
        await _look_at_anchors(done, kept)
        await _look_at_log(done, of_log)
    return done


async def _look_at_anchors(done: Verified, kept: Iterable[Kept]) -> None:
    """The chain of anchors, the heads of the newest and of those that were kept, and cases that are gone."""
    chain = await anchors.chain()
    broken = set(anchor_rules.faults_of_chain(chain))
    kept, by_hash = list(kept), {one.hash: one for one in chain}
    known = [by_hash[one.hash] for one in kept if one.hash in by_hash]
    for anchor in {*known, *chain[-1:]}:
        if not anchor_rules.covers(anchor, await anchors.heads_at(anchor)):
            broken.add(anchor.number)
    done.found += [Found(0, number, Fault.ANCHOR) for number in sorted(broken)]
    missing = [one for one in kept if one.hash not in by_hash]
    done.found += [Found(0, one.number, Fault.ANCHOR_GONE, one.hash) for one in missing]
    said = {one.number for one in done.found}
    gone = [head for head in await anchors.gone() if head.case_number not in said]
    done.found += [Found(head.case_number, head.position, Fault.HEAD) for head in gone]


async def _look_at_log(done: Verified, outside: Iterable[Head]) -> None:
    kept = [*outside, *await anchors.heads_of_log()]
    log = await audit.verify((one.position, one.hash) for one in kept)
    done.events = log.events
    done.found += [Found(0, position, OF_LOG[one]) for position, one in log.breaks]


async def recorded_of(number: int) -> list[Recorded]:
    """The entries of one case as they are kept, in the order of their positions."""
    rows = await run(ENTRIES, first=number, last=number)
    told = await _told_erasures(rows)
    return [_recorded(row, told) for row in rows if row["position"] is not None]


Erasures = frozenset[tuple[UUID | None, datetime]]


async def _told_erasures(rows: Sequence[Mapping[str, Any]]) -> Erasures:
    """When something was erased: of which case by its own timeline, of no one case by the list of erasures.

    A database lets words be erased once, for that is how it is done; whoever does it by SQL tells nobody.
    """
    by_timeline = {(row["case_id"], row["at"]) for row in rows if row["kind"] == EntryKind.ERASED}
    if not {(row["case_id"], row["erased_at"]) for row in rows if row["erased_at"]} - by_timeline:
        return frozenset(by_timeline)
    by_list: set[tuple[UUID | None, datetime]] = {(None, row["at"]) for row in await run(ERASURES)}
    return frozenset(by_timeline | by_list)


async def _parts(number: int | None) -> AsyncIterator[tuple[int, int]]:
    """The first and the last number of each part."""
    after, until = (number - 1, number) if number is not None else (0, 2**31 - 1)
    while rows := await run(NEXT, after=after, until=until, most=CASES_A_PART):
        first, after = rows[0]["number"], rows[-1]["number"]
        yield first, after


def _recorded(row: Mapping[str, Any], told_erasures: Erasures) -> Recorded:
    line = Line(
        case=row["case_id"],
        position=row["position"],
        kind=row["kind"],
        at=row["at"],
        actor=row["actor"],
        channel=row["channel"],
        commitment=row["commitment"],
        previous=row["previous"],
    )
    is_erased = not told_erasures.isdisjoint({(row["case_id"], row["erased_at"]), (None, row["erased_at"])})
    told = Told(row["salt"], row["body"], is_erased) if row["told"] else None
    return Recorded(line, row["hash"], told)


def _look_at(done: Verified, number: int, entries: Sequence[Recorded], kept: Iterable[Head]) -> None:
    done.cases += 1
    done.entries += len(entries)
    done.erased += sum(one.told is not None and one.told.erased for one in entries)
    done.found += [Found(number, position, fault) for position, fault in rules.faults_of(entries)]
    done.found += [
        Found(number, one.position, Fault.HEAD)
        for one in sorted(kept, key=lambda head: head.position)
        if not rules.is_held(one, entries)
    ]
    if entries:
        done.heads.append(Head(number, entries[-1].line.position, entries[-1].hash))


async def _look_at_captures(done: Verified, number: int, entries: Sequence[Recorded]) -> None:
    """The copies of posts that its entries name, as they are now; erased entries name none."""
    named = dict(filter(None, map(_named, entries)))
    if not named:
        return
    rows = await run_with_rows(CAPTURES, [(one,) for one in named], types=("uuid",))
    now = {row["id"]: fingerprint(row) for row in rows}
    for capture, (position, content) in named.items():
        if capture not in now:
            done.found.append(Found(number, position, Fault.CAPTURE_GONE))
        elif now[capture] != content:
            done.found.append(Found(number, position, Fault.CAPTURE_ALTERED))


def _named(entry: Recorded) -> tuple[UUID, tuple[int, str]] | None:
    """The capture that an entry tells of: its id, and at which position with which fingerprint."""
    if entry.told is None or not entry.told.body or '"content"' not in entry.told.body:
        return None
    try:
        told = msgspec.json.decode(entry.told.body)
        return UUID(told["capture"]), (entry.line.position, told["content"])
    except (msgspec.DecodeError, KeyError, TypeError, ValueError):  # altered: that is found by its commitment
        return None


async def count_files() -> int:
    """How many files there are, those for pages not counted."""
    return int((await run(COUNT_FILES))[0]["files"])


async def _look_at_files(
    done: Verified, rows: Iterable[Mapping[str, Any]], files: EvidenceFiles, reads: Callable[[str], bool]
) -> None:
    for row in rows:
        for name in filter(reads, filter(None, (row["sha256"], row["shown_sha256"]))):
            done.files += 1
            try:
                await files.fetch(name)
            except EvidenceIsMissing:
                done.found.append(Found(row["number"], 0, Fault.FILE_MISSING, name))
            except (EvidenceIsAltered, EvidenceNameIsMalformed):
                done.found.append(Found(row["number"], 0, Fault.FILE_ALTERED, name))


def _by_case(heads: Iterable[Head]) -> dict[int, list[Head]]:
    kept: dict[int, list[Head]] = {}
    for one in heads:
        kept.setdefault(one.case_number, []).append(one)
    return kept


async def _look_for_the_rest(done: Verified, kept: Mapping[int, list[Head]], number: int | None) -> None:
    """Heads of cases that are not there: removed ones say so, all others are gone."""
    numbers = [one for one in kept if number is None or one == number]
    if not numbers:
        return
    removed = {row["number"] for row in await run(REMOVED, first=min(numbers), last=max(numbers))}
    done.found += [
        Found(one, head.position, Fault.HEAD)
        for one in sorted(numbers)
        if one not in removed
        for head in kept[one]
    ]
