"""Explanation of a due date: working-time arithmetic as steps that add up to it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from amends.rules.team.calendars import ON_DUTY, Calendar, open_days, why_closed
from amends.rules.team.wall_clocks import instant, seconds_of

Step = dict[str, Any]
"""One step, as it is stored: `step` names it, instants are ISO 8601 in UTC, lengths are in seconds."""
A_DAY = timedelta(days=1)
SPELLED_OUT = 3
"""So many working days are told one by one; in longer terms the whole days between are told together."""


def of_working_time(calendar: Calendar, start: datetime, seconds: int, due: datetime) -> tuple[Step, ...]:
    """start, what was counted, why the days between were not, due. The counts add up to `seconds`.

    Another calendar than the team's is named.
    """
    counted = list(_counted(calendar, start, seconds))
    steps: list[Step] = [{"step": "start", "at": start.isoformat()}]
    if calendar.name == ON_DUTY:
        steps.append({"step": "calendar", "name": calendar.name})
    groups = _grouped(counted)
    today = start.astimezone(ZoneInfo(calendar.zone)).date()
    skipped = today if why_closed(calendar, today) else today + A_DAY
    for group in groups:
        steps += _closed_between(calendar, skipped, group[0]["day"])
        steps.append(_told(group))
        steps += _holidays_within(calendar, group)
        skipped = group[-1]["day"] + A_DAY
    return (*steps, {"step": "due", "at": due.isoformat()})


def of_clock_time(start: datetime, seconds: int, due: datetime) -> tuple[Step, ...]:
    """start, the time on the clock, due."""
    return (
        {"step": "start", "at": start.isoformat()},
        {"step": "clock", "seconds": seconds},
        {"step": "due", "at": due.isoformat()},
    )


def is_counted(steps: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a date was counted from its start by the team's times, and not chosen."""
    return bool(steps) and steps[0].get("step") == "start"


def is_resumed(steps: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a date is what was left of its time after a pause."""
    return bool(steps) and steps[0].get("step") == "resumed"


def _counted(calendar: Calendar, start: datetime, seconds: int) -> Iterator[Step]:
    """The stretches of working time that were counted, by local day."""
    cursor, left = seconds_of(start), seconds
    for ordinal, spans in open_days(calendar, start):
        for opens, closes in spans:
            begins = max(cursor, opens)
            taken = min(left, closes - begins)
            if taken > 0:
                yield _stretch(ordinal, begins, taken)
                left -= taken
        if left <= 0:
            return


def _stretch(ordinal: int, begins: int, taken: int) -> Step:
    return {
        "step": "count",
        "day": date.fromordinal(ordinal),
        "from": instant(begins).isoformat(),
        "until": instant(begins + taken).isoformat(),
        "seconds": taken,
    }


def _grouped(counted: list[Step]) -> list[list[Step]]:
    """Each day on its own, or the days between the first and the last together when there are many."""
    by_day: dict[date, list[Step]] = {}
    for stretch in counted:
        by_day.setdefault(stretch["day"], []).append(stretch)
    days = list(by_day.values())
    if len(days) <= SPELLED_OUT:
        return days
    return [days[0], [stretch for day in days[1:-1] for stretch in day], days[-1]]


def _told(group: list[Step]) -> Step:
    days = len({stretch["day"] for stretch in group})
    told: Step = {
        "step": "count" if days == 1 else "days",
        "from": group[0]["from"],
        "until": group[-1]["until"],
        "seconds": sum(stretch["seconds"] for stretch in group),
    }
    return told if days == 1 else {**told, "days": days}


def _holidays_within(calendar: Calendar, group: list[Step]) -> list[Step]:
    """What was left out among days that are told together; that week-ends were is plain."""
    closed = _closed_between(calendar, group[0]["day"], group[-1]["day"])
    return [step for step in closed if step["why"] in ("holiday", "closed_day")]


def _closed_between(calendar: Calendar, begin: date, until: date) -> list[Step]:
    """Why the days from `begin` to the one before `until` do not count: one step for a whole week-end."""
    steps: list[Step] = []
    for ordinal in range(begin.toordinal(), until.toordinal()):
        day = date.fromordinal(ordinal)
        why, name = why_closed(calendar, day) or ("outside", None)
        if not (steps and steps[-1]["why"] == why == "week_end"):
            steps.append(_closed(calendar, day, why, name))
    return steps


def _closed(calendar: Calendar, day: date, why: str, name: str | None) -> Step:
    """A day that does not count; a holiday also says whose it is, so that it can be named in any language."""
    step: Step = {"step": "closed", "why": why, "day": day.isoformat(), "name": name}
    if why != "holiday":
        return step
    return {**step, "country": calendar.country, "subdivision": calendar.subdivision}
