"""Erasure of the cases whose notice is over, a few at a time, each in its own transaction."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.database import each_apart, run, transaction
from amends.gateways.erased_list import ErasedAccounts, ErasedList
from amends.rules.vocabulary.audit import AuditKind
from amends.services.case import locks
from amends.services.operation.privacy import case_erasures
from amends.services.operation.retention import plan
from amends.services.operation.retention.conditions import CASES, GOES, HELD
from amends.services.operation.retention.listing import OLD_DRAFT
from amends.services.reply.drafts import GONE
from amends.services.team import audit
from amends.tables.operation import RetentionCase

A_SLICE = 10
DUE = f"""
SELECT l."case", c.number FROM retention_case AS l JOIN case_file AS c ON c.id = l."case"
WHERE l.kept_until IS NULL AND l.goes_at <= :now ORDER BY l.goes_at, c.number LIMIT {A_SLICE}
"""
STILL = f"""
{HELD} SELECT c.id FROM {CASES} WHERE c.id = :case_id AND {GOES} AND EXISTS (
    SELECT 1 FROM retention_case AS l WHERE l."case" = c.id AND l.kept_until IS NULL AND l.goes_at <= :due)
"""
WITHOUT = ", ".join(f"{name} = {'NULL' if value is None else repr(value)}" for name, value in GONE.items())
DRAFTS = f"""
{HELD} UPDATE case_file SET {WITHOUT}
WHERE {OLD_DRAFT}
"""


async def erase_next(erased_list: ErasedList, *, now: datetime) -> bool:
    """Erases the next cases whose notice is over; whether more may follow. Killed, it goes on where it was.

    Each is looked at again when nobody else can change it: what is open, held, owing or kept by then stays.
    """
    chosen = await plan.standing()
    rows = await run(DUE, now=now) if chosen.is_on else []
    made: list[ErasedAccounts] = []

    async def erase(row: Mapping[str, Any]) -> int:
        made.extend(await _erase(row, now))
        return 1

    try:
        await each_apart(rows, erase)
    finally:
        erased_list.add(made)
    return len(rows) == A_SLICE


async def _erase(row: Mapping[str, Any], now: datetime) -> list[ErasedAccounts]:
    """The erasure of one case; none where it does not go any more."""
    case = row["case"]
    async with transaction():
        await case_erasures.hold_writers(case)
        await locks.hold_cases([row["number"]])
        chosen = await plan.standing()
        limits = await plan.limits(chosen, now=now)
        if not chosen.is_on or not await run(STILL, case_id=case, due=now, **limits.values):
            table = RetentionCase
            await table.delete().where((table.case == case) & table.kept_until.is_null())
            return []
        made = await case_erasures.erase(case, now=now)
        await audit.record(AuditKind.CASE_ERASED, by=audit.SYSTEM, now=now, about=str(row["number"]))
    return [made]


async def delete_drafts(*, now: datetime) -> None:
    """Empties drafts that were never sent, of cases that were closed long enough ago and not held."""
    chosen = await plan.standing()
    before = (await plan.limits(chosen, now=now)).drafts
    if chosen.is_on and before:
        await run(DRAFTS, quick=False, before=before)
