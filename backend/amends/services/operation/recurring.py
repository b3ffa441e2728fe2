"""Recurring work: begins what is due in one worker alone, keeps how it ended, and tells admins of trouble."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec
from piccolo.columns import Column

from amends.database import columns_of, convert, locking, run, transaction
from amends.rules.operation import recurring as rules
from amends.rules.operation.recurring import Last, Outcome, Rhythm, Work
from amends.services.team import notices
from amends.tables.operation import RecurringWork

LAST = f"SELECT {columns_of(Last, table='recurring_work')} FROM recurring_work WHERE name = :name"

Doing = Callable[[Last], Awaitable[Outcome]]
"""One run of the work, given what was known when it was begun, the problem of the run before included."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How one work stands: when it was last good, when it is due next, None for never, and its trouble."""

    work: Work
    good_at: datetime | None
    next_at: datetime | None
    is_running: bool
    is_overdue: bool
    problem: str

    @property
    def is_in_trouble(self) -> bool:
        """Whether people must look after it."""
        return self.is_overdue or bool(self.problem)


async def standing(work: Work, rhythm: Rhythm, *, decided_at: datetime | None, now: datetime) -> Standing:
    """How one work stands, by its row alone; `decided_at` is when people chose its rhythm, if they do."""
    known = await last(work)
    good_at = known.good_at if known else None
    return Standing(
        work=work,
        good_at=good_at,
        next_at=rules.next_due(rhythm, known, now=now),
        is_running=known is not None and known.ended_at is None,
        is_overdue=rules.is_overdue(rhythm, (good_at, decided_at), now=now),
        problem=known.problem if known else "",
    )


async def last(work: Work) -> Last | None:
    """The run that was begun last, if there was any."""
    rows = await run(LAST, name=work)
    return convert(rows[0], Last) if rows else None


async def run_due(work: Work, rhythm: Rhythm, do: Doing, *, now: datetime) -> bool:
    """Does it where it is due: whether it was. What raises is told to admins, tried again, and raised."""
    if not rules.is_due(rhythm, await last(work), now=now):  # mostly: nobody is kept from writing for it
        return False
    begun = await _begin(work, rhythm, now=now)
    if begun is None:
        return False
    try:
        outcome = await do(begun)
    except Exception as error:
        await _end(begun, Outcome(problem=type(error).__name__, is_retried=True), now=now)
        raise
    await _end(begun, outcome, now=now)
    return True


async def ask(work: Work, *, now: datetime) -> None:
    """Step: the worker does it once more, as soon as it looks."""
    table = RecurringWork
    await table.update({table.asked_at: now}).where(table.name == work)


async def note_good(work: Work, *, now: datetime) -> None:
    """Step: somebody did it by hand, and it counts like any other run."""
    values: dict[str, Any] = {
        "begun_at": now,
        "ended_at": now,
        "good_at": now,
        "problem": "",
        "is_retried": False,
    }
    await _write(work, await last(work), values)


async def _begin(work: Work, rhythm: Rhythm, *, now: datetime) -> Last | None:
    """What this worker has begun, while others wait for the team; none before there is one."""
    async with transaction():
        if not await run(f"SELECT id FROM team {locking()}"):
            return None
        before = await last(work)
        if not rules.is_due(rhythm, before, now=now):
            return None
        return await _write(work, before, {"begun_at": now, "ended_at": None})


async def _write(work: Work, before: Last | None, values: dict[str, Any]) -> Last:
    """The row of the work, made where there is none: as it was before. Whoever asked for a run has got it."""
    table = RecurringWork
    if before:
        written: dict[Column | str, Any] = {name: value for name, value in values.items()}
        await table.update(written | {table.asked_at: None}).where(table.id == before.id)
        return before
    row = table(id=uuid4(), name=work, **values)
    await table.insert(row)
    return Last(id=row.id, begun_at=values["begun_at"])


async def _end(begun: Last, outcome: Outcome, *, now: datetime) -> None:
    table = RecurringWork
    values: dict[Column | str, Any] = {
        table.ended_at: now,
        table.problem: outcome.problem[:300],
        table.is_retried: outcome.is_retried,
    }
    if not outcome.problem:
        values[table.good_at] = now
    async with transaction():
        await table.update(values).where((table.id == begun.id) & (table.begun_at == now))
        if rules.is_news(begun, outcome):
            await notices.give_admins(begun.id, now=now)
