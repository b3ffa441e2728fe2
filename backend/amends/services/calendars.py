"""In which calendars is working time counted: the team's, and that of whoever is on duty?"""

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec

from amends import tables
from amends.database import run, transaction
from amends.rules.calendars import ALL_WEEK, ON_DUTY, Calendar, Calendars
from amends.services import members, teams
from amends.services.members import Member
from amends.services.teams import Slots


class Hours(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """The hours of a calendar: all day, every day, unless they are others.

    Public holidays are worked where no country is given, and so are the team's closed days unless
    `closed_days`.
    """

    zone: str
    country: str = ""
    subdivision: str = ""
    week: tuple[Slots, ...] = ALL_WEEK
    closed_days: bool = False


FOUND = """
SELECT zone, country, subdivision, CAST(week AS TEXT) AS week, closed_days FROM calendar WHERE name = :name
"""


async def on_duty() -> Hours | None:
    """The hours of whoever is on duty; None where they have no calendar of their own."""
    rows = await run(FOUND, quick=True, name=ON_DUTY)
    if not rows:
        return None
    return Hours(
        zone=rows[0]["zone"],
        country=rows[0]["country"],
        subdivision=rows[0]["subdivision"],
        week=teams.week_of(json.loads(rows[0]["week"])),
        closed_days=bool(rows[0]["closed_days"]),
    )


async def both() -> Calendars:
    """The calendars in which due dates and rungs are counted."""
    team, hours = await teams.calendar(), await on_duty()
    return Calendars(team, calendar_of(hours, team.closed_days) if hours else None)


@lru_cache(maxsize=64)
def calendar_of(hours: Hours, closed: frozenset[date] = frozenset()) -> Calendar:
    """The on-duty calendar. Raises WrongCalendar and UnknownCountry with the field that is wrong."""
    return Calendar(
        hours.zone,
        hours.week,
        hours.country or None,
        hours.subdivision or None,
        closed if hours.closed_days else frozenset(),
        ON_DUTY,
    )


async def set_on_duty(hours: Hours, *, by: Member, now: datetime) -> None:
    """From now on an S1 is counted in these hours. Dates that were computed before stay.

    Raises OnlyAdminsMay, WrongCalendar, UnknownCountry.
    """
    members.only_admins(by)
    calendar_of(hours)
    calendar = tables.Calendar
    columns: dict[Any, Any] = {
        calendar.zone: ZoneInfo(hours.zone).key,
        calendar.country: hours.country,
        calendar.subdivision: hours.subdivision,
        calendar.week: [[list(slot) for slot in day] for day in hours.week],
        calendar.closed_days: hours.closed_days,
        calendar.changed_at: now,
    }
    values = {column._meta.name: value for column, value in columns.items()}
    row = calendar(id=uuid4(), name=ON_DUTY, **values)
    async with transaction():
        if not await calendar.insert(row).on_conflict(action="DO NOTHING").returning(calendar.id):
            await calendar.update(columns).where(calendar.name == ON_DUTY)


async def remove_on_duty(*, by: Member, now: datetime) -> None:
    """From now on an S1 is counted in the team's working time again. Raises OnlyAdminsMay."""
    members.only_admins(by)
    async with transaction():
        await tables.Calendar.delete().where(tables.Calendar.name == ON_DUTY)
