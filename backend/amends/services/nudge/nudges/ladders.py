"""Follow-ups that have a rung to climb, with the facts for the rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from amends.database import locking, run
from amends.rules.follow_up import kinds
from amends.rules.nudge import nudges as rules
from amends.rules.team.calendars import Calendars
from amends.rules.team.policies import Policy, goes_back
from amends.rules.vocabulary import Severity
from amends.services.follow_up import active
from amends.services.nudge.nudges.receivers import Receivers
from amends.services.team import calendars, policies

OWED = f"""
SELECT f.id, f."case" AS case_id, f.kind, f.owner, f.generation, f.rung, f.climbs_from, f.due_at, f.allotted,
f.counted, c.severity, c.owner AS case_owner
FROM follow_up f JOIN case_file c ON c.id = f."case"
WHERE f.next_at <= :now AND {active.condition(until_woken=True)}
"""  # noqa: S608 - a statement of ours
"""A case sleeps until it is woken, not until its date: its ladders are climbed from the waking on."""
LATE = f"{OWED} ORDER BY f.next_at LIMIT :most"
ONE = f"{OWED} AND f.id = :follow_up"


@dataclass(frozen=True, slots=True)
class Known:
    """What is true for every follow-up at one instant: the times, the calendars, and who can be told."""

    policy: Policy
    calendars: Calendars
    receivers: Receivers
    now: datetime

    @classmethod
    async def find(cls, *, now: datetime) -> Self:
        """As things stand now."""
        counted_in = await calendars.both()
        receivers = await Receivers.find(now=now, holidays=counted_in.team)
        return cls(await policies.current(), counted_in, receivers, now)

    def step(self, row: Mapping[str, Any]) -> rules.Step:
        """The rung that has come, of a follow-up in a row of `late`."""
        facts = owed(row, policy=self.policy, stood_in_for=self.receivers.stood_in_for)
        return rules.plan(facts, calendars=self.calendars, now=self.now)


async def late(*, now: datetime, most: int) -> list[dict[str, Any]]:
    """Step: those whose next rung has come, the longest waiting first; nobody else plans them meanwhile.

    Another worker takes other follow-ups; on SQLite there is one writer. The cases stay free.
    """
    late = f"{LATE} {locking('f', skipping=True)}"
    return [dict(row) for row in await run(late, now=now, most=most)]


async def still_late(follow_up: UUID, *, now: datetime) -> dict[str, Any] | None:
    """Step: one of them again, once its case is held; None when somebody has seen to it."""
    rows = await run(f"{ONE} {locking('f')}", now=now, follow_up=follow_up)
    return dict(rows[0]) if rows else None


def owed(row: Mapping[str, Any], *, policy: Policy, stood_in_for: Collection[UUID] = ()) -> rules.Owed:
    """What the ladder needs to know, in a row that joins a follow-up with its case.

    A case goes back to the pool for what its owner owes, and not for a reminder of somebody's; never while a
    deputy stands in for the owner.
    """
    severity = Severity.stored(row["severity"])
    is_theirs = kinds.of(row["kind"]).owed_by_case and row["owner"] == row["case_owner"]
    stays = not is_theirs or row["owner"] in stood_in_for
    return rules.Owed(
        due_at=row["climbs_from"] or row["due_at"],
        allotted_seconds=row["allotted"],
        counted=row["counted"],
        rung=row["rung"],
        owned=row["owner"] is not None,
        severity=severity,
        returns=not stays and goes_back(policy, severity),
    )
