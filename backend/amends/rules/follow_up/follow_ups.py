"""Due dates of follow-ups, each with its explanation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from amends.rules.case.platforms import is_review_site
from amends.rules.follow_up import explanations
from amends.rules.follow_up.explanations import Step
from amends.rules.follow_up.kinds import which
from amends.rules.team.calendars import (
    Calendar,
    Calendars,
    add_working,
    is_open,
    is_working_day,
    next_open,
    next_working_day_at,
    open_near,
    working_between,
    working_day_seconds,
)
from amends.rules.team.policies import LIMIT, SMALL_SHOP, Policy, cell, term
from amends.rules.team.terms import Term, Unit
from amends.rules.team.wall_clocks import instant, wall_second
from amends.rules.vocabulary import FollowUpKind, Severity

HOUR = 3600
SECOND_CHANCE_MINUTE = 10 * 60
A_DAY = timedelta(days=1)
WAITED_FOR = frozenset(
    {
        *which(lambda one: one.awaits_answer or one.rechecks_post or one.concludes),
        FollowUpKind.WATCH_REVIEW,
    }
)
"""What gives the person or the post time, rather more than less; other terms are never exceeded."""
UNITS = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1), Unit.DAYS: timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with its reasons. `allotted_seconds` are of working or of clock time, as `counted` says."""

    at: datetime
    allotted_seconds: int
    counted: Literal["working", "wall"]
    steps: tuple[Step, ...]


def due(
    kind: FollowUpKind,
    *,
    severity: Severity | None,
    platform: str,
    calendars: Calendars,
    start: datetime,
    occurrence: int = 1,
    policy: Policy = SMALL_SHOP,
) -> Due | None:
    """When a duty that began at `start` falls due; None when this severity has no such duty (P22, P54, P56).

    A case that is not weighed counts as S3. Working terms run in the team's calendar, those of an S1 in that
    of whoever is on duty, where there is one; other terms run on the clock.
    """
    on_reviews = is_review_site(platform)
    allowed = term(policy, kind, severity, occurrence=occurrence, review_site=on_reviews)
    if allowed is None:
        return None
    if kind is FollowUpKind.SECOND_CHANCE:
        return _second_chance(calendars.team, start, allowed, policy.second_chance_days)
    calendar = calendars.of(severity)
    in_time = after(allowed, calendar, start)
    if not allowed.is_working:
        is_urgent = severity is Severity.S1 and allowed.unit is not Unit.DAYS
        is_waiting = kind in WAITED_FOR and in_time.allotted_seconds >= A_DAY.total_seconds()
        return _while_at_work(calendar, in_time) if is_waiting and not is_urgent else in_time
    latest = cell(policy, LIMIT, severity)
    if latest and kind is FollowUpKind.ACKNOWLEDGE and not on_reviews:
        return _not_after(calendar, start, in_time, latest)
    return in_time


def due_when_made(
    kind: FollowUpKind,
    *,
    severity: Severity | None,
    platform: str,
    calendars: Calendars,
    start: datetime,
    occurrence: int,
    policy: Policy,
    made_at: datetime,
) -> Due | None:
    """As `due`; when the step before came so late that this is over at once, counted from `made_at`."""

    def of(begin: datetime, number: int) -> Due | None:
        return due(
            kind,
            severity=severity,
            platform=platform,
            calendars=calendars,
            start=begin,
            occurrence=number,
            policy=policy,
        )

    found = of(start, occurrence)
    is_over = occurrence > 1 and found is not None and found.at <= made_at
    return (of(made_at, 1) or found) if is_over else found


def seconds_in(allowed: Term, calendar: Calendar) -> int:
    """A term in seconds: working days are worth the team's longest normal day."""
    if allowed.unit is Unit.WORKING_DAYS:
        return allowed.amount * working_day_seconds(calendar)
    if allowed.unit is Unit.WORKING_HOURS:
        return allowed.amount * HOUR
    return int(allowed.amount * UNITS[allowed.unit].total_seconds())


def after(allowed: Term, calendar: Calendar, start: datetime) -> Due:
    """The date at which a term is over that begins at `start`, in working time or on the clock."""
    if not allowed.is_working:
        return _on_the_clock(start, allowed)
    seconds = seconds_in(allowed, calendar)
    at = add_working(calendar, start, seconds)
    return Due(at, seconds, "working", explanations.of_working_time(calendar, start, seconds, at))


def _on_the_clock(start: datetime, allowed: Term) -> Due:
    length = allowed.amount * UNITS[allowed.unit]
    at = start.astimezone(UTC) + length  # elapsed time: "+24 h" over a change of the clock is 24 hours
    seconds = int(length.total_seconds())
    return Due(at, seconds, "wall", explanations.of_clock_time(start, seconds, at))


def _while_at_work(calendar: Calendar, on_the_clock: Due) -> Due:
    """A wait of a day and more begins at any hour, and ends while the team is at work."""
    at = next_open(calendar, on_the_clock.at)
    if at == on_the_clock.at:
        return on_the_clock
    *before, due_step = on_the_clock.steps
    told: Step = {"step": "moved", "why": "working_time", "at": at.isoformat()}
    return replace(on_the_clock, at=at, steps=(*before, told, {**due_step, "at": at.isoformat()}))


def _not_after(calendar: Calendar, start: datetime, in_time: Due, latest: Term) -> Due:
    """A short working day must not stretch four hours over a second working day: 24 h at the most.

    Only when it was written on a working day and the team works at the end of that time: a post of a
    Sunday is not due the minute after Monday's opening. Nights, week-ends and holidays shorten nothing.
    """
    limit = start.astimezone(UTC) + latest.amount * UNITS[latest.unit]
    written_on_a_working_day = is_working_day(calendar, _local_day(calendar, start))
    if in_time.at <= limit or not written_on_a_working_day or not is_open(calendar, limit):
        return in_time
    seconds = working_between(calendar, start, limit)
    steps = explanations.of_working_time(calendar, start, seconds, limit)
    return Due(limit, seconds, "working", steps)


def _second_chance(calendar: Calendar, start: datetime, allowed: Term, chosen: frozenset[int]) -> Due:
    """So many days after the confirmed fix, then the next of the policy's days that is worked, at 10:00.

    Or when the team is at work on that day, where it is not at that hour.

    A team that works none of these days for three weeks, or never, takes the next day that it does work.
    """
    earliest = start.astimezone(UTC) + allowed.amount * UNITS[allowed.unit]
    days = _days_at_ten(calendar, earliest)
    good = (at for at in days if _local_day(calendar, at).weekday() in chosen)
    at = next(good, None) or open_near(
        calendar,
        next_working_day_at(calendar, _local_day(calendar, earliest) + A_DAY, SECOND_CHANCE_MINUTE),
    )
    seconds = int((at - start.astimezone(UTC)).total_seconds())
    why = "tuesday_to_thursday" if chosen == SMALL_SHOP.second_chance_days else "second_chance_days"
    steps = (
        {"step": "start", "at": start.isoformat()},
        {"step": "clock", "seconds": seconds_in(allowed, calendar)},
        {"step": "moved", "why": why, "at": at.isoformat()},
        {"step": "due", "at": at.isoformat()},
    )
    return Due(at, seconds, "wall", steps)


def _days_at_ten(calendar: Calendar, earliest: datetime) -> Iterator[datetime]:
    """Ten o'clock on each working day of three weeks, from `earliest` on."""
    zone, first = ZoneInfo(calendar.zone), _local_day(calendar, earliest)
    for distance in range(22):
        day = first + timedelta(days=distance)
        ten = instant(wall_second(zone, day, SECOND_CHANCE_MINUTE))
        if is_working_day(calendar, day) and (at := open_near(calendar, ten)) >= earliest:
            yield at


def _local_day(calendar: Calendar, at: datetime) -> date:
    return at.astimezone(ZoneInfo(calendar.zone)).date()


def remaining(due_at: datetime, now: datetime, calendar: Calendar) -> int:
    """Seconds of working time that are left until a date; 0 when it has passed."""
    return working_between(calendar, now, due_at)


def resume(remaining_seconds: int, now: datetime, calendar: Calendar) -> Due:
    """The date at which paused working time runs out when it begins to run again now."""
    at = add_working(calendar, now, remaining_seconds)
    steps = explanations.of_working_time(calendar, now, remaining_seconds, at)
    return Due(at, remaining_seconds, "working", ({"step": "resumed", "at": now.isoformat()}, *steps))


def must_say_why(slept: int) -> bool:
    """Whether another snooze needs a reason, after so many since the case last moved.

    Twice is patience; what sleeps a third time is avoided, and the lead should see why (nudge policy, 6).
    """
    return slept >= 2
