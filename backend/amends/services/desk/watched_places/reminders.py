"""Reminders of late visits: whose turn it is, is told once of each, together with the others."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from amends import tables
from amends.database import convert, locking, run, transaction
from amends.rules.desk import watched_places as rules
from amends.rules.team.calendars import is_open
from amends.services.desk.watched_places.rows import absent, today
from amends.services.team import notices, teams

BATCH = 200


class Late(msgspec.Struct, frozen=True):
    """A place whose visit is late, and of which nobody was told yet."""

    id: UUID
    members: list[UUID]
    turn: int
    due_on: date


LATE = f"""
SELECT p.id, CAST(p.members AS TEXT) AS members, p.turn, p.due_on FROM watched_place AS p
WHERE p.due_on < :today AND (p.reminded_on IS NULL OR p.reminded_on < p.due_on)
ORDER BY p.due_on LIMIT {BATCH}
"""  # noqa: S608 - the statement is ours alone


async def remind_of_late_visits(*, now: datetime) -> int:
    """Gives notice of visits whose day has passed, in the team's working time: of how many.

    One notice a visit; those of one member leave as one message. Where all are away it waits for whoever is
    back first. Any number of workers may do so.
    """
    calendar = await teams.calendar()
    day = await today(now)
    if not is_open(calendar, now) or not await run(LATE, today=day):
        return 0
    away = await absent(now)
    told = 0
    async with transaction():
        for row in await run(f"{LATE} {locking(skipping=True)}", today=day):
            late = convert(row, Late)
            whose = rules.whose_turn(late.members, late.turn, away)
            if whose is None:
                continue
            await notices.give(whose, [late.id], by=None, now=now)
            table = tables.WatchedPlace
            await table.update({table.reminded_on: late.due_on}).where(table.id == late.id)
            told += 1
    return told
