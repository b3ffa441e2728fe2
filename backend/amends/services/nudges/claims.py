"""Which nudges does this attempt take, and which of them are still true?"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from amends import tables
from amends.database import bound, run, run_with_rows
from amends.rules.vocabulary import Audience, FollowUpKind, NudgeKind, NudgeState, Stage

LEASE = timedelta(seconds=60)
"""Longer than any send can take: the notifier ends one within 41 seconds, by killing it if need be."""
TOGETHER = 50
"""So many nudges fit into one message; more wait for the next one."""

CLAIM = """
UPDATE nudge SET state = 'sending', holder = :holder, message = :message, run_at = :lease_ends,
    attempts = attempts + 1
WHERE id {among} RETURNING id
"""
AMONG = {"sqlite": "IN ({})", "postgres": "= ANY(ARRAY({} FOR UPDATE OF n SKIP LOCKED))"}
"""On PostgreSQL they are found once and locked: a join would look for them anew at each ready nudge."""
POSTPONE = """
UPDATE nudge SET run_at = (SELECT paused_until FROM target WHERE target.id = nudge.target)
WHERE id = :nudge_id AND state = 'ready' AND kind <> 'trial' AND EXISTS (
    SELECT 1 FROM target WHERE target.id = nudge.target AND target.paused_until > :now)
"""
"""Decided while its target was being paused: else it would be looked at again and again, before others."""
MAY_GO = """
n.state IN ('ready', 'sending') AND n.run_at <= :now AND (n.kind = 'trial' OR NOT EXISTS (
    SELECT 1 FROM target WHERE target.id = n.target AND target.paused_until > :now))
"""
ONE = f"SELECT n.id FROM nudge AS n WHERE n.id = :nudge_id AND n.kind <> 'rung' AND {MAY_GO}"  # noqa: S608
COMPANIONS = f"""
SELECT n.id FROM nudge AS n
WHERE n.target = (SELECT target FROM nudge WHERE id = :nudge_id AND kind = 'rung') AND n.kind = 'rung'
AND {MAY_GO} ORDER BY n.run_at, n.id LIMIT :together
"""  # noqa: S608 - the statements are ours alone

OVERTAKEN = """
EXISTS (SELECT 1 FROM nudge AS later WHERE later.follow_up = nudge.follow_up AND later.member = nudge.member
AND later.generation = nudge.generation AND later.rung > nudge.rung AND later.state = 'sent')
"""
"""Its member has been told of a later rung: the earlier one, held until now or tried again, is no news."""

AWAY = """
EXISTS (SELECT 1 FROM absence AS a
WHERE a.member = {who} AND a.begins_at <= asked.now AND a.ends_at > asked.now)
"""
FACTS = f"""
WITH asked (id, now) AS (VALUES :rows)
SELECT nudge.id, nudge.kind, nudge.key, nudge.follow_up, nudge.generation, nudge.rung, nudge.audience,
    nudge.attempts, nudge.target, nudge.member, nudge.message, nudge.created_at,
    target.sealed, target.masked, target.language AS target_language,
    member.language AS member_language, member.zone AS member_zone, member.disabled_at,
    member.daily_budget, member.digest_at,
    owed.state AS owed_state, owed.generation AS owed_generation, owed.paused_at, owed.kind AS duty,
    owed.due_at, owed.owner, owner.name AS owner_name,
    c.id AS case_id, c.number, c.stage, c.severity, c.snoozed_until, c.platform,
    author.name AS author_name, author.handle AS author_handle,
    (SELECT zone FROM team) AS team_zone,
    {OVERTAKEN} AS overtaken,
    {AWAY.format(who="nudge.member")} AS member_away,
    {AWAY.format(who="owed.owner")} AS owner_away
FROM asked JOIN nudge ON nudge.id = asked.id
LEFT JOIN target ON target.id = nudge.target
LEFT JOIN member ON member.id = nudge.member
LEFT JOIN follow_up AS owed ON owed.id = nudge.follow_up
LEFT JOIN member AS owner ON owner.id = owed.owner
LEFT JOIN case_file AS c ON c.id = owed."case"
LEFT JOIN author ON author.id = c.author
"""  # noqa: S608 - the statement is ours alone
"""Each message asks this; Piccolo would build it anew each time, which takes longer than running it."""
HANDED_ON = frozenset({"away", "back"})
"""Its member has gone since it was decided, or stands in for an owner who is there again: others hear."""


async def claim(nudge_id: UUID, holder: str, *, now: datetime) -> list[dict[str, Any]]:
    """Takes the nudge, and with a rung all others that are ready for its target; nothing if somebody has it.

    Taken together they become one message (nudge policy, 3). Each bears the lease and the fencing token.
    """
    values: dict[str, Any] = {"nudge_id": nudge_id, "holder": holder, "message": uuid4(), "now": now}
    among = AMONG[bound().engine_type]
    for which in (COMPANIONS, ONE):
        claim_them = CLAIM.format(among=among.format(which))
        rows = await run(claim_them, lease_ends=now + LEASE, together=TOGETHER, **values)
        if rows:
            return await facts([row["id"] for row in rows], now=now)
    await run(POSTPONE, nudge_id=nudge_id, now=now)
    return []


async def facts(ids: list[UUID], *, now: datetime) -> list[dict[str, Any]]:
    """What has to be known of nudges to check, word and settle them; the soonest due first."""
    rows = await run_with_rows(FACTS, [(nudge_id, now) for nudge_id in ids], types=("uuid", "timestamptz"))
    return sorted(
        (dict(row) for row in rows), key=lambda row: (row["due_at"] or row["created_at"], row["id"])
    )


def untrue(nudge: dict[str, Any], now: datetime) -> str | None:
    """Why a nudge that was planned may no longer be sent (nudge policy, 1 and 6)."""
    if nudge["disabled_at"] is not None:
        return "member disabled"
    if nudge["kind"] == NudgeKind.DIGEST:
        if nudge["member_away"]:
            return "away"
        return "of another day" if _local_day(nudge, now) != _local_day(nudge, nudge["created_at"]) else None
    if nudge["kind"] == NudgeKind.TRIAL:
        return None
    snoozed = nudge["snoozed_until"] is not None and nudge["snoozed_until"] > now
    reasons = {
        "overtaken": nudge["overtaken"],
        "settled": nudge["owed_state"] != "due",
        "moved": nudge["owed_generation"] != nudge["generation"],
        "paused": nudge["paused_at"] is not None,
        "closed": nudge["stage"] == Stage.CLOSED,
        "snoozed": snoozed and nudge["duty"] != FollowUpKind.PROMISE,
        "away": nudge["member_away"],
        "back": _stands_in(nudge) and not nudge["owner_away"],
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def doubled(nudges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that go together with a later rung of the same follow-up, which says it all."""
    last: dict[UUID | None, int] = {}
    for nudge in nudges:
        last[nudge["follow_up"]] = max(nudge["rung"], last.get(nudge["follow_up"], nudge["rung"]))
    return [nudge for nudge in nudges if nudge["rung"] < last[nudge["follow_up"]]]


async def told_today(nudge: dict[str, Any], *, now: datetime) -> int:
    """How many messages a nudge's member has had since their midnight; digests and tests do not count."""
    zone = ZoneInfo(nudge["member_zone"])
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = await run(
        "SELECT count(DISTINCT message) AS messages FROM nudge "
        "WHERE member = :member AND state = 'sent' AND settled_at >= :midnight AND kind = 'rung'",
        member=nudge["member"],
        midnight=midnight,
    )
    return int(rows[0]["messages"])


async def free_leases(*, now: datetime) -> int:
    """Lets what a dead process was sending be tried at once; only for whoever alone may send. How many."""
    nudge = tables.Nudge
    rows = await (
        nudge.update({nudge.state: NudgeState.READY, nudge.run_at: now, nudge.holder: ""})
        .where(nudge.state == NudgeState.SENDING)
        .returning(nudge.id)
    )
    return len(rows)


def _stands_in(nudge: dict[str, Any]) -> bool:
    owner, member = nudge["owner"], nudge["member"]
    return nudge["audience"] == Audience.OWNER and None not in (owner, member) and owner != member


def _local_day(nudge: dict[str, Any], at: datetime) -> object:
    return at.astimezone(ZoneInfo(nudge["member_zone"] or "UTC")).date()
