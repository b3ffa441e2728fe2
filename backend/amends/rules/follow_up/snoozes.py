"""Snooze presets: until when a case mostly sleeps, and that it wakes while the team is at work."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from amends.rules.team.calendars import Calendar, NoOpenTime, next_open

MORNING = time(9)


class Wake(StrEnum):
    """When a case wakes, in a word that is true of its date."""

    TOMORROW = "tomorrow"
    NEXT_WORKING_DAY = "next_working_day"
    MONDAY = "monday"
    NEXT_WEEK = "next_week"
    IN_A_WEEK = "in_a_week"


class Preset(NamedTuple):
    """A moment to choose, on the clock of who chooses."""

    name: Wake
    at: datetime


def presets(now: datetime, *, zone: ZoneInfo, calendar: Calendar) -> tuple[Preset, ...]:
    """Tomorrow, a week from now and Monday, in the morning, or when the team works next; each moment once,
    under the first of these names.

    A team that is away for years wakes it on the day itself.
    """
    today = now.astimezone(zone).date()
    found = {preset.at: preset for preset in reversed([*_presets(today, zone, calendar)])}
    return tuple(found[at] for at in sorted(found))


def _presets(today: date, zone: ZoneInfo, calendar: Calendar) -> Iterator[Preset]:
    tomorrow = today + timedelta(days=1)
    at = _at(tomorrow, zone, calendar)
    yield Preset(Wake.TOMORROW if at.date() == tomorrow else Wake.NEXT_WORKING_DAY, at)
    yield Preset(Wake.IN_A_WEEK, _at(today + timedelta(days=7), zone, calendar))
    monday = today + timedelta(days=7 - today.weekday())
    at = _at(monday, zone, calendar)
    yield Preset(Wake.MONDAY if at.date() == monday else Wake.NEXT_WEEK, at)


def _at(day: date, zone: ZoneInfo, calendar: Calendar) -> datetime:
    morning = datetime.combine(day, MORNING, zone)
    try:
        return next_open(calendar, morning).astimezone(zone)
    except NoOpenTime:
        return morning
