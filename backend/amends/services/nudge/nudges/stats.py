"""Statistics of nudges: the queue, how they ended, and what is overdue without a message."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec

from amends.database import instant, run
from amends.rules.vocabulary import FollowUpKind, NudgeState
from amends.services.follow_up import active

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
SETTLED_STATES = (NudgeState.SENT, NudgeState.DEAD, NudgeState.VOID)
AT_ONCE = timedelta(minutes=5)
"""So long a worker may take before it is said that nobody was told."""


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """Nudges on their way: to be sent now, being sent, held until later, to be tried again after a failure.

    `oldest_at` is when the one that waits longest could have been sent, `next_at` when the first of those
    that must wait may be.
    """

    ready: int
    sending: int
    held: int
    retrying: int
    oldest_at: datetime | None
    next_at: datetime | None


class Settled(msgspec.Struct, frozen=True):
    """How many nudges came to one end in the last 24 hours, and in the last 7 days."""

    day: int
    week: int


class Why(StrEnum):
    """Why nobody was told of something that is overdue."""

    NOT_PLANNED = "not_planned"
    ON_ITS_WAY = "on_its_way"
    HELD = "held"
    GIVEN_UP = "given_up"
    NOWHERE = "nowhere"


class Untold(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up that is overdue and of which no message was sent; `held_until` where it is only held."""

    number: int
    kind: FollowUpKind
    due_at: datetime
    why: Why
    held_until: datetime | None


LATER = "state = 'ready' AND run_at > :now"
QUEUE = """
SELECT COUNT(CASE WHEN state = 'ready' AND run_at <= :now THEN 1 END) AS ready,
    COUNT(CASE WHEN state = 'sending' THEN 1 END) AS sending,
    COUNT(CASE WHEN {later} AND attempts = 0 THEN 1 END) AS held,
    COUNT(CASE WHEN {later} AND attempts > 0 THEN 1 END) AS retrying, {oldest}, {following}
FROM nudge WHERE state IN ('ready', 'sending')
"""
SETTLED = """
SELECT state, COUNT(CASE WHEN settled_at >= :day THEN 1 END) AS day, COUNT(*) AS week
FROM nudge WHERE settled_at >= :week GROUP BY state
"""
OVERDUE = f"""
SELECT f.kind, f.owner IS NULL AS unowned, COUNT(*) AS overdue
FROM follow_up AS f JOIN case_file AS c ON c.id = f."case"
WHERE f.due_at <= :now AND {active.condition()} GROUP BY f.kind, f.owner IS NULL
"""  # noqa: S608 - the statement is ours alone
OF_IT = "FROM nudge AS n WHERE n.follow_up = f.id AND n.generation = f.generation"
UNTOLD = f"""
SELECT c.number, f.kind, f.due_at, f.rung, f.next_at, {{waits}},
    EXISTS (SELECT 1 {OF_IT} AND n.state = 'dead') AS given_up
FROM follow_up AS f JOIN case_file AS c ON c.id = f."case"
WHERE f.due_at <= :since AND {active.condition()} AND (f.next_at IS NOT NULL OR f.rung > 0)
AND NOT EXISTS (SELECT 1 {OF_IT} AND (n.state = 'sent' OR n.failure = 'left to the digest'))
ORDER BY f.due_at, c.number LIMIT :most
"""  # noqa: S608
"""Imported follow-ups that are quiet on purpose have no next rung and never had one."""


async def queue(*, now: datetime) -> Queue:
    """The nudges that are on their way."""
    text = QUEUE.format(
        later=LATER,
        oldest=instant("MIN(CASE WHEN state = 'ready' AND run_at <= :now THEN run_at END)", "oldest_at"),
        following=instant(f"MIN(CASE WHEN {LATER} THEN run_at END)", "next_at"),
    )
    rows = await run(text, now=now)
    return Queue(**{name: rows[0][name] for name in Queue.__struct_fields__})


async def settled(*, now: datetime) -> dict[NudgeState, Settled]:
    """How the nudges of the last days ended, digests and tests of targets too."""
    rows = await run(SETTLED, day=now - A_DAY, week=now - A_WEEK)
    found = {row["state"]: Settled(row["day"], row["week"]) for row in rows}
    return {state: found.get(state, Settled(0, 0)) for state in SETTLED_STATES}


async def overdue(*, now: datetime) -> dict[tuple[FollowUpKind, bool], int]:
    """How many follow-ups are overdue, by kind and whether nobody owns them; not what sleeps or is paused."""
    rows = await run(OVERDUE, now=now)
    return {(FollowUpKind(row["kind"]), bool(row["unowned"])): row["overdue"] for row in rows}


async def untold(*, now: datetime, most: int = 6) -> list[Untold]:
    """What is overdue for minutes and was told to nobody, the longest first; what a digest tells is told."""
    waits = instant(f"(SELECT MIN(n.run_at) {OF_IT} AND n.state IN ('ready', 'sending'))", "waits")
    rows = await run(UNTOLD.format(waits=waits), now=now, since=now - AT_ONCE, most=most)
    return [_untold(row, now) for row in rows]


def _untold(row: Mapping[str, Any], now: datetime) -> Untold:
    unplanned = row["rung"] == 0
    held_until = row["waits"] or (row["next_at"] if unplanned else None)
    if held_until is not None and held_until > now:
        why = Why.HELD
    elif row["waits"]:
        why = Why.ON_ITS_WAY
    elif row["given_up"]:
        why = Why.GIVEN_UP
    else:
        why = Why.NOT_PLANNED if unplanned else Why.NOWHERE
    return Untold(
        number=row["number"],
        kind=FollowUpKind(row["kind"]),
        due_at=row["due_at"],
        why=why,
        held_until=held_until if why is Why.HELD else None,
    )
