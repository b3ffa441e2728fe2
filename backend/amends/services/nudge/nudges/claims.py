"""Claiming nudges for an attempt, with a lease and a fencing token."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import bound, locking, run, run_with_rows
from amends.rules.vocabulary import NudgeState
from amends.services.case import next_steps

LEASE = timedelta(seconds=60)
"""Longer than any send can take: the notifier ends one within 41 seconds, by killing it if need be."""
TOGETHER = 50
"""So many nudges fit into one message; more wait for the next one."""

CLAIM = """
UPDATE nudge SET state = 'sending', holder = :holder, message = :message, run_at = :lease_ends,
    attempts = attempts + 1
WHERE id {among} RETURNING id
"""
AMONG = {"sqlite": "IN ({})", "postgres": "= ANY(ARRAY({}))"}
"""On PostgreSQL they are found once and locked: a join would look for them anew at each ready nudge."""
POSTPONE = """
UPDATE nudge SET run_at = (SELECT paused_until FROM target WHERE target.id = nudge.target)
WHERE id = :nudge_id AND state IN ('ready', 'sending') AND run_at <= :now AND kind <> 'trial' AND EXISTS (
    SELECT 1 FROM target WHERE target.id = nudge.target AND target.paused_until > :now)
"""
"""Decided while its target was being paused, or left by a worker that died: else it would be looked at again
and again, before others."""
MAY_GO = """
n.state IN ('ready', 'sending') AND n.run_at <= :now AND (n.kind = 'trial' OR NOT EXISTS (
    SELECT 1 FROM target WHERE target.id = n.target AND target.paused_until > :now))
"""
ONE = f"SELECT n.id FROM nudge AS n WHERE n.id = :nudge_id AND n.kind <> 'rung' AND {MAY_GO}"  # noqa: S608
COMPANIONS = f"""
SELECT n.id FROM nudge AS n
WHERE n.target = (
    SELECT t.id FROM target AS t
    WHERE t.id = (SELECT target FROM nudge WHERE id = :nudge_id AND kind = 'rung') {{held}}
) AND n.kind = 'rung'
AND {MAY_GO} ORDER BY n.run_at, n.id LIMIT :together
"""  # noqa: S608 - the statements are ours alone
"""Held by their target: two that claim for it at once would each take a part, and send two messages."""

OVERTAKEN = """
EXISTS (SELECT 1 FROM nudge AS later WHERE later.follow_up = nudge.follow_up
AND (later.member = nudge.member OR later.target = nudge.target)
AND later.generation = nudge.generation AND later.rung > nudge.rung AND nudge.rung >= 0
AND later.state = 'sent')
"""
"""Its member or place has been told of a later rung: the earlier one, held or tried again, is no news.

What is told beside the ladder stands for itself."""

AWAY = """
EXISTS (SELECT 1 FROM absence AS a
WHERE a.member = {who} AND a.begins_at <= asked.now AND a.ends_at > asked.now)
"""
LEADS_DEPUTY = """
EXISTS (SELECT 1 FROM absence AS a JOIN member AS lead ON lead.id = a.member WHERE a.deputy = nudge.member
AND lead.role IN ('lead', 'admin') AND a.begins_at <= asked.now AND a.ends_at > asked.now)
"""
FACTS = f"""
WITH asked (id, now) AS (VALUES :rows)
SELECT nudge.id, nudge.kind, nudge.key, nudge.follow_up, nudge.generation, nudge.rung, nudge.audience,
    nudge.attempts, nudge.target, nudge.member, nudge.message, nudge.created_at,
    target.sealed, target.masked,
    member.language AS member_language, member.zone AS member_zone, member.disabled_at,
    member.daily_budget, member.digest_at, member.quiet_from, member.quiet_until, member.quiet_week_ends,
    member.hears_urgent,
    owed.state AS owed_state, owed.generation AS owed_generation, owed.paused_at, owed.kind AS duty,
    owed.due_at, owed.steps, owed.words, owed.owner, owner.name AS owner_name,
    c.id AS case_id, c.number, c.stage, c.severity, c.snoozed_until, c.platform,
    author.name AS author_name, author.handle AS author_handle,
    {next_steps.columns("case_")}, {next_steps.READER} AS reader_name,
    (SELECT zone FROM team) AS team_zone, (SELECT language FROM team) AS team_language,
    (SELECT name FROM team) AS team_name,
    {OVERTAKEN} AS overtaken,
    {AWAY.format(who="nudge.member")} AS member_away,
    {AWAY.format(who="owed.owner")} AS owner_away,
    member.role AS member_role, {LEADS_DEPUTY} AS leads_deputy
FROM asked JOIN nudge ON nudge.id = asked.id
LEFT JOIN target ON target.id = nudge.target
LEFT JOIN member ON member.id = nudge.member
LEFT JOIN follow_up AS owed ON owed.id = nudge.follow_up
LEFT JOIN member AS owner ON owner.id = owed.owner
LEFT JOIN case_file AS c ON c.id = owed."case"
LEFT JOIN author ON author.id = c.author
"""  # noqa: S608 - the statement is ours alone
"""Each message asks this; Piccolo would build it anew each time, which takes longer than running it."""


async def claim(nudge_id: UUID, holder: str, *, now: datetime) -> list[dict[str, Any]]:
    """Takes the nudge, and with a rung all others that are ready for its target; nothing if somebody has it.

    Taken together they become one message (nudge policy, 3). Each bears the lease and the fencing token.
    """
    values: dict[str, Any] = {"nudge_id": nudge_id, "holder": holder, "message": uuid4(), "now": now}
    among = AMONG[bound().engine_type]
    for which in (COMPANIONS, ONE):
        found = which.format(held=locking("t", strength="NO KEY UPDATE"))
        claim_them = CLAIM.format(among=among.format(f"{found} {locking('n', skipping=True)}"))
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


async def free_leases(*, now: datetime) -> int:
    """Lets what a dead process was sending be tried at once; only for whoever alone may send. How many."""
    nudge = tables.Nudge
    rows = await (
        nudge.update({nudge.state: NudgeState.READY, nudge.run_at: now, nudge.holder: ""})
        .where(nudge.state == NudgeState.SENDING)
        .returning(nudge.id)
    )
    return len(rows)
