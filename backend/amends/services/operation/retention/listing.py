"""List of the cases whose retention period is over: what comes onto it, leaves it, and would stand on it."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import date, datetime

from amends.database import run, transaction
from amends.rules.operation import retention as rules
from amends.services.operation.retention import plan
from amends.services.operation.retention.conditions import (
    CASES,
    GOES,
    HELD,
    IS_HELD,
    OVER,
    OWES,
    TERM,
    Limits,
)
from amends.services.team import teams
from amends.tables.operation import RetentionCase

A_PART = 200
"""Cases that are listed in one transaction."""

NOT_LISTED = 'NOT EXISTS (SELECT 1 FROM retention_case AS l WHERE l."case" = c.id)'
NEXT = f"""
{HELD} SELECT c.number FROM {CASES} WHERE {GOES} AND {NOT_LISTED} ORDER BY c.number LIMIT {A_PART}
"""
"""Looks through all that is closed, so it is asked before the transaction, in which nobody else may write."""
NEW = f"""
{HELD} SELECT c.id, {TERM} AS term FROM {CASES} WHERE c.number BETWEEN :first AND :last AND {GOES}
AND {NOT_LISTED} ORDER BY c.number LIMIT {A_PART}
"""
WITHDRAW = f"""
DELETE FROM retention_case WHERE kept_until IS NULL
AND NOT EXISTS ({HELD} SELECT 1 FROM {CASES} WHERE c.id = retention_case."case" AND {GOES})
"""
COUNTS = f"""
{HELD} SELECT term, SUM(CASE WHEN is_held THEN 1 ELSE 0 END) AS held,
SUM(CASE WHEN owes AND NOT is_held THEN 1 ELSE 0 END) AS owing, COUNT(*) AS every_one
FROM (SELECT {TERM} AS term, {IS_HELD} AS is_held, {OWES} AS owes FROM {CASES} WHERE {OVER}) AS found
GROUP BY term
"""

OLD_DRAFT = """
stage = 'closed' AND draft <> '' AND closed_at < :before AND id NOT IN (SELECT id FROM held)
"""
"""Whether a draft goes: its case was closed long enough ago, and is not held."""
DRAFTS = f"{HELD} SELECT COUNT(*) AS many FROM case_file WHERE {OLD_DRAFT}"


async def review(*, now: datetime) -> bool:
    """Takes off the list what is open, held or owing again, and lists the next part; whether more may follow.

    What was kept until a day that has come is listed anew, with the whole notice.
    """
    zone = (await teams.calendar()).zone
    async with transaction():
        await withdraw(await _standing_limits(now))
        await _end_keeping(rules.local_day(now, zone))
    limits = await _standing_limits(now)
    numbers = [row["number"] for row in await run(NEXT, **limits.values)] if limits else []
    if numbers:
        await _list(numbers[0], numbers[-1], zone, now=now)
    return len(numbers) == A_PART


async def _standing_limits(now: datetime) -> Limits | None:
    chosen = await plan.standing()
    return await plan.limits(chosen, now=now) if chosen.is_on else None


async def _list(first: int, last: int, zone: str, *, now: datetime) -> None:
    """Lists what goes of the cases between two numbers, by the plan as it stands now."""
    async with transaction():
        chosen = await plan.standing()
        if not chosen.is_on:
            return
        limits = await plan.limits(chosen, now=now)
        rows = await run(NEW, **limits.values, first=first, last=last)
        goes_at = rules.goes_at(now, notice_days=chosen.notice_days, zone=zone)
        listed = [
            RetentionCase(case=row["id"], term=row["term"], listed_at=now, goes_at=goes_at) for row in rows
        ]
        if listed:
            await RetentionCase.insert(*listed).on_conflict(action="DO NOTHING")


async def withdraw(limits: Limits | None) -> None:
    """Step: what does not go any more leaves the list; everything, where nothing goes by itself."""
    if limits is None:
        await RetentionCase.delete().where(RetentionCase.kept_until.is_null())
    else:
        await run(WITHDRAW, quick=False, **limits.values)


async def _end_keeping(today: date) -> None:
    await RetentionCase.delete().where(
        RetentionCase.kept_until.is_not_null() & (RetentionCase.kept_until <= today)
    )


async def count_drafts(chosen: rules.Plan, *, now: datetime) -> int:
    """How many drafts would be emptied by a plan."""
    before = (await plan.limits(chosen, now=now)).drafts
    return int((await run(DRAFTS, before=before))[0]["many"]) if before else 0


async def counts(chosen: rules.Plan, *, now: datetime) -> dict[rules.Term, dict[str, int]]:
    """What would go by a plan, by period: how many go, are under legal hold, and still owe something."""
    limits = await plan.limits(chosen, now=now)
    found = {}
    for row in await run(COUNTS, **limits.values):
        held, owing = int(row["held"]), int(row["owing"])
        goes = int(row["every_one"]) - held - owing
        found[rules.Term(row["term"])] = {"goes": goes, "held": held, "owing": owing}
    return found
