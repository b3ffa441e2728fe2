"""Calendars of working time: the team's, and that of whoever is on duty."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec

from amends import tables
from amends.database import columns_of, convert, run, transaction
from amends.rules.team.calendars import ALL_WEEK, ON_DUTY, Calendar, Calendars, is_working_day, open_near
from amends.services.team import audit, closed_days, members, teams
from amends.services.team.members import Act
from amends.services.team.teams import Slots, Team


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


DUTY = columns_of(Hours, table="duty", prefix="duty_")
FOUND = f"SELECT {DUTY} FROM calendar AS duty WHERE name = :name"  # noqa: S608 - the statement is ours alone
# One statement, since every capture asks: the team and the hours on duty are repeated with each closed day.
BOTH = f"""
SELECT {teams.COLUMNS}, {DUTY}, closed_day.first, closed_day.last
FROM team LEFT JOIN calendar AS duty ON duty.name = :name LEFT JOIN closed_day ON TRUE
"""  # noqa: S608


REVIEW_TIME = time(10)
"""Reviews that a member dates are due at 10:00 of the team's day."""


async def review_at(day: date) -> datetime:
    """When on a day that a member chose a case is looked at again, in UTC: while the team is at work.

    A day on which nobody works stays the day that was chosen.
    """
    team = await teams.calendar()
    at = datetime.combine(day, REVIEW_TIME, ZoneInfo(team.zone)).astimezone(UTC)
    return open_near(team, at) if is_working_day(team, day) else at


async def on_duty() -> Hours | None:
    """The hours of whoever is on duty; None where they have no calendar of their own."""
    rows = await run(FOUND, name=ON_DUTY)
    return convert(rows[0], Hours, prefix="duty_") if rows else None


async def both() -> Calendars:
    """The calendars in which due dates and rungs are counted; UTC's weekdays until the team is set up."""
    rows = await run(BOTH, name=ON_DUTY)
    if not rows:
        return Calendars(Calendar("UTC"))
    closed = closed_days.days_of_rows(row for row in rows if row["first"])
    hours = convert(rows[0], Hours, prefix="duty_") if rows[0]["duty_zone"] else None
    team = teams.calendar_of(convert(rows[0], Team), closed)
    return Calendars(team, calendar_of(hours, closed) if hours else None)


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


async def set_on_duty(act: Act, hours: Hours | None) -> None:
    """From now on an S1 is counted in these hours, or in the team's. Dates that were computed before stay.

    Raises OnlyAdminsMay, WrongCalendar, UnknownCountry.
    """
    members.only_admins(act.by)
    if hours is None:
        async with transaction():
            before = await on_duty()
            await tables.Calendar.delete().where(tables.Calendar.name == ON_DUTY)
            await audit.record_change("on_duty", _told(before), {}, by=act.by, now=act.now)
        return
    calendar_of(hours)
    calendar = tables.Calendar
    columns: dict[Any, Any] = {
        calendar.zone: ZoneInfo(hours.zone).key,
        calendar.country: hours.country,
        calendar.subdivision: hours.subdivision,
        calendar.week: [[list(slot) for slot in day] for day in hours.week],
        calendar.closed_days: hours.closed_days,
        calendar.changed_at: act.now,
    }
    values = {column._meta.name: value for column, value in columns.items()}
    row = calendar(id=uuid4(), name=ON_DUTY, **values)
    async with transaction():
        before = await on_duty()
        await audit.record_change("on_duty", _told(before), _told(hours), by=act.by, now=act.now)
        if not await calendar.insert(row).on_conflict(action="DO NOTHING").returning(calendar.id):
            await calendar.update(columns).where(calendar.name == ON_DUTY)


def _told(hours: Hours | None) -> dict[str, object]:
    if hours is None:
        return {}
    return {**msgspec.structs.asdict(hours), "week": teams.hours_in_words(hours.week)}
