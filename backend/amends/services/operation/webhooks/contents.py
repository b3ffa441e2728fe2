"""Contents of an event: read when it leaves, by the ids that its delivery holds."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.operation import webhook_bodies as bodies
from amends.rules.vocabulary import EntryKind
from amends.rules.vocabulary.events import EventType

CASE = """
SELECT version, stage, outcome, severity, platform, owner, opened_at, closed_at, due_at, due_kind
FROM case_file WHERE number = :number
"""
ENTRY = """
SELECT e.position, e.kind, e.actor, e.member, e.channel, COALESCE(p.body, '{}') AS particulars
FROM entry AS e LEFT JOIN particulars AS p ON p.entry = e.id WHERE e.id = :about
"""
FOLLOW_UP = "SELECT id, kind, state, due_at, owner FROM follow_up WHERE id = :about"
NUDGE = "SELECT id, kind, state, attempts FROM nudge WHERE id = :about"
PROBLEM = "SELECT state FROM problem WHERE number = :number"
PROBLEM_LINE = "SELECT position, kind, member FROM problem_event WHERE id = :about"
INCIDENT = "SELECT kind, state, on_hold FROM incident WHERE number = :number"
INCIDENT_LINE = "SELECT position, kind, member FROM incident_event WHERE id = :about"

Parts = dict[str, Any]


async def body_of(delivery: Mapping[str, Any], *, base_url: str) -> bytes:
    """The bytes of an event as they are true now."""
    kind = EventType(delivery["kind"])
    parts: Parts = {}
    family, _colon, number = delivery["subject"].partition(":")
    if family in SUBJECTS:
        parts |= await SUBJECTS[family](int(number), base_url)
    if delivery["about"] and (reader := _reader(kind)):
        parts |= await reader(delivery["about"])
    return bodies.encoded(kind, delivery["at"], bodies.EventTold(**parts))


async def _case(number: int, base_url: str) -> Parts:
    url, rows = f"{base_url}/cases/{number}", await run(CASE, number=number)
    found = dict(rows[0]) if rows else {"removed": True}
    return {"case": msgspec.convert({"number": number, "url": url, **found}, bodies.CaseTold)}


async def _problem(number: int, base_url: str) -> Parts:
    rows = await run(PROBLEM, number=number)
    told = bodies.ProblemTold(number=number, url=f"{base_url}/problems/{number}", **_first(rows))
    return {"problem": told}


async def _incident(number: int, base_url: str) -> Parts:
    rows = await run(INCIDENT, number=number)
    row = _first(rows)
    if row:
        row["on_hold"] = bool(row["on_hold"])
    return {"incident": bodies.IncidentTold(number=number, url=f"{base_url}/incidents/{number}", **row)}


async def _entry(about: UUID) -> Parts:
    rows = await run(ENTRY, about=about)
    if not rows:
        return {}
    row = dict(rows[0])
    actor = "member" if row["member"] else row.pop("actor")
    facts = bodies.facts(EntryKind(row["kind"]), json.loads(row["particulars"]))
    named = {name: row[name] for name in ("position", "kind", "member", "channel")}
    return {"entry": bodies.EntryTold(actor=actor if actor in ACTORS else "member", facts=facts, **named)}


ACTORS = frozenset({"member", "author", "system"})


async def _follow_up(about: UUID) -> Parts:
    rows = await run(FOLLOW_UP, about=about)
    return {"follow_up": msgspec.convert(dict(rows[0]), bodies.FollowUpTold)} if rows else {}


async def _nudge(about: UUID) -> Parts:
    rows = await run(NUDGE, about=about)
    return {"nudge": msgspec.convert(dict(rows[0]), bodies.NudgeTold)} if rows else {}


async def _problem_line(about: UUID) -> Parts:
    rows = await run(PROBLEM_LINE, about=about)
    return {"line": bodies.LineTold(**dict(rows[0]))} if rows else {}


async def _incident_line(about: UUID) -> Parts:
    rows = await run(INCIDENT_LINE, about=about)
    return {"line": bodies.LineTold(**dict(rows[0]))} if rows else {}


def _first(rows: Any) -> Parts:  # noqa: ANN401 - rows of either driver
    return dict(rows[0]) if rows else {}


def _reader(kind: EventType) -> Callable[[UUID], Awaitable[Parts]] | None:
    return LINES.get(kind.value) or LINES.get(kind.value.partition(".")[0])


SUBJECTS: dict[str, Callable[[int, str], Awaitable[Parts]]] = {
    "case": _case,
    "problem": _problem,
    "incident": _incident,
}
LINES: dict[str, Callable[[UUID], Awaitable[Parts]]] = {
    "case": _entry,
    EventType.NUDGE_SENT: _entry,
    EventType.NUDGE_FAILED: _nudge,
    "follow_up": _follow_up,
    "problem": _problem_line,
    "incident": _incident_line,
}
"""What a delivery is about, by its type or what stands before the point."""
