"""What is owed on the oldest case of many: a follow-up of the fix of a problem, of a task of an incident."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from amends.database import run
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState
from amends.services.case import locks, timeline
from amends.services.case.access import take
from amends.services.follow_up import follow_ups
from amends.services.team.members import Member


class Owing(NamedTuple):
    """What gathers cases: its kind of follow-up, and three statements that give case numbers or its own.

    `oldest` gives the first two of its cases, and `owed_on` those on which it is owed something, by its
    `:number`; `owed_by` the numbers of those that are owed something on the case `:number`.
    """

    kind: FollowUpKind
    oldest: str
    owed_on: str
    owed_by: str


class Due(NamedTuple):
    """What is owed: by when, in which words, by whom."""

    at: datetime
    words: str
    owner: UUID | None


async def hold(owing: Owing, number: int, *others: int) -> None:
    """Step: before it is taken, the cases that its follow-ups leave and come to, and these others.

    They come to the oldest; where that one is taken out, to the next.
    """
    await locks.hold_cases({*others, *await _reached(owing, number)})


async def owed_on(owing: Owing, case_number: int) -> list[int]:
    """Those that are owed something on this case; step: it, and where they may be owed next, are held."""
    found = [row["number"] for row in await run(owing.owed_by, number=case_number)]
    await locks.hold_cases({case_number, *[one for number in found for one in await _reached(owing, number)]})
    return found


async def _reached(owing: Owing, number: int) -> set[int]:
    rows = [*await run(owing.owed_on, number=number), *await run(owing.oldest, number=number)]
    return {row["number"] for row in rows}


async def owe(owing: Owing, number: int, due: Due, *, by: Member | None, now: datetime) -> UUID | None:
    """Step: a follow-up of the oldest case, which says so; None where no case is left."""
    oldest = await run(owing.oldest, number=number)
    if not oldest:
        return None
    case = await take(oldest[0]["number"], by=by)
    made = await follow_ups.make(
        case, owing.kind, start=now, now=now, due_at=due.at, words=due.words, owner=due.owner
    )
    await timeline.record(
        case.id,
        EntryKind.FOLLOW_UP_RESCHEDULED,
        by=by,
        now=now,
        held=True,
        follow_up=owing.kind,
        words=due.words,
        due_at=due.at.isoformat(),
    )
    return made


async def settle(follow_up: UUID, state: FollowUpState, *, now: datetime) -> None:
    """Step: what was owed is done, or owed no more."""
    await follow_ups.change(follow_up, {"state": state, "settled_at": now, "next_at": None})
