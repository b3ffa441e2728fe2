"""Nudge ladder, quiet hours and retry backoff."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from amends.rules.team.calendars import Calendar, Calendars, add_working, is_holiday, working_day_seconds
from amends.rules.vocabulary import Audience, Severity

LADDERS: dict[bool, tuple[tuple[Audience, ...], ...]] = {
    True: ((Audience.OWNER,), (Audience.OWNER, Audience.TEAM), (Audience.LEAD,), ()),
    False: ((Audience.TEAM,), (Audience.LEAD,), (), ()),
}
"""Whom each rung speaks to, by whether somebody owns the follow-up (nudge policy, 2 and 8).

The last one sends nothing: from then on the follow-up stands on top of everybody's digest, and that is all.
"""
LAST_RUNG = 4
SOON = 0.75
"""From three quarters of its time on, a follow-up is said to be soon due: on pages and in the digest only."""
APART = timedelta(minutes=10)
"""What is for one person within ten minutes becomes one message (nudge policy, 3)."""

SHORTEST = 4 * 3600
"""Half of a short term is no time to react: rungs are at least two working hours apart."""
SHORTEST_URGENT = 30 * 60
A_DAY = 24 * 3600
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 180, 360, 720))
LAST_ATTEMPT = len(WAITS) + 1
"""After so many tries, about a day, a nudge is a dead letter."""
AMBIGUOUS = timedelta(minutes=15)
"""A send that timed out may have arrived: it is not repeated sooner."""

FAILURES = 3
"""After so many failures in a row a target is failing: the member's mail is told (nudge policy, 10)."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What the ladder needs to know of a follow-up; `rung` is the last one that was planned, 0 for none.

    `returns` when its case goes back to the pool at the end of the ladder.
    """

    due_at: datetime
    allotted_seconds: int
    counted: str
    rung: int
    owned: bool
    severity: Severity | None = None
    returns: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Whom to remind now, which rung that is, and when to look again; None when the ladder has ended."""

    rung: int
    audiences: tuple[Audience, ...]
    next_at: datetime | None
    back_to_pool: bool = False


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When a member's nudges are held: minutes of their wall clock, over midnight when it begins later.

    `holidays` is the calendar whose public holidays and closed days are quiet, all day.
    """

    zone: str
    begins: int
    ends: int
    week_ends: bool = True
    holidays: Calendar | None = None


def plan(owed: Owed, *, calendars: Calendars, now: datetime) -> Step:
    """The rung that has come by now. Missed rungs are one reminder, to the highest one and the owner.

    The owner hears at the due date, their second target and the team after half the term again, the leads
    after the whole of it, counted as the term was: in working time, or on the clock for what is urgent. After
    twice the term, a working day at least, the ladder ends in silence (nudge policy, 2).
    """
    ladder = LADDERS[owed.owned]
    times = rung_times(owed, calendars.of(owed.severity))[: len(ladder)]
    reached = sum(1 for at in times if at <= now)
    following = times[reached] if reached < len(times) else None
    if reached <= owed.rung:
        return Step(owed.rung, (), following)
    if reached == LAST_RUNG and owed.owned and owed.returns:
        return _at_the_end(owed, ladder, calendars.of(owed.severity), now)
    return Step(reached, _audiences(owed, ladder, reached), following)


def _at_the_end(
    owed: Owed, ladder: tuple[tuple[Audience, ...], ...], calendar: Calendar, now: datetime
) -> Step:
    """Back to the pool; but nothing is taken from an owner who was not told: they hear, and have a day."""
    before = LAST_RUNG - 1
    if owed.rung >= before:
        return Step(LAST_RUNG, (), None, back_to_pool=True)
    a_day_later = add_working(calendar, now, working_day_seconds(calendar))
    return Step(before, _audiences(owed, ladder, before), a_day_later)


def goes_back_at(owed: Owed, calendars: Calendars) -> datetime | None:
    """When its case goes back to the pool if nobody moves it; None when it never does."""
    return rung_times(owed, calendars.of(owed.severity))[-1] if owed.owned and owed.returns else None


def _audiences(owed: Owed, ladder: tuple[tuple[Audience, ...], ...], reached: int) -> tuple[Audience, ...]:
    """Whom the highest rung reached speaks to. Nobody was told of those missed: the owner is, with it.

    Whoever is on duty hears of an S1 at every rung (nudge policy, 2).
    """
    told = next((one for one in reversed(ladder[owed.rung : reached]) if one), ())
    first = (Audience.OWNER,) if told and owed.owned and reached - owed.rung > 1 else ()
    urgent = (Audience.ON_DUTY,) if told and owed.severity is Severity.S1 else ()
    return tuple(dict.fromkeys((*first, *told, *urgent)))


def rung_times(owed: Owed, calendar: Calendar) -> tuple[datetime, datetime, datetime, datetime]:
    """When each rung comes: at the due date, after half the term again, the whole of it, twice."""
    if owed.counted == "wall" and 0 < owed.allotted_seconds < A_DAY:
        whole = timedelta(seconds=max(owed.allotted_seconds, SHORTEST_URGENT))
        last = owed.due_at + max(2 * whole, timedelta(days=1))
        return owed.due_at, owed.due_at + whole / 2, owed.due_at + whole, last
    seconds = _patience(owed, calendar)
    last = add_working(calendar, owed.due_at, max(2 * seconds, working_day_seconds(calendar)))
    half = add_working(calendar, owed.due_at, seconds // 2)
    return owed.due_at, half, add_working(calendar, owed.due_at, seconds), last


def is_soon(*, starts_at: datetime, due_at: datetime, now: datetime) -> bool:
    """Whether three quarters of the time for a duty have passed, and it is not late yet; by the clock."""
    return starts_at + (due_at - starts_at) * SOON <= now < due_at


def _patience(owed: Owed, calendar: Calendar) -> int:
    """Working seconds from the due date to the last rung.

    The term itself, when it was counted in working time. A date weeks away does not allow weeks more:
    two working days; a date that a member chose, one.
    """
    if owed.counted == "working":
        return max(owed.allotted_seconds, SHORTEST)
    return working_day_seconds(calendar) * (2 if owed.allotted_seconds else 1)


def after_quiet(quiet: QuietHours, at: datetime) -> datetime:
    """The first instant, `at` or later, outside a member's quiet hours: nudges are held, never dropped."""
    zone = ZoneInfo(quiet.zone)
    for _ in range(24):  # a quiet week-end and holidays; whoever is always quiet hears after some weeks
        ends = _quiet_until(quiet, at.astimezone(zone))
        if ends is None:
            return at
        if (later := ends.astimezone(UTC)) <= at:  # an hour that the clock repeats: its second time
            later = ends.replace(fold=1).astimezone(UTC)
        at = later
    return at


def _quiet_until(quiet: QuietHours, here: datetime) -> datetime | None:
    """When the quiet stretch around a wall-clock moment ends; None when the moment is not quiet."""
    minute = here.hour * 60 + here.minute
    if quiet.week_ends and here.weekday() >= 5:
        return _wall(here, days=7 - here.weekday(), minute=0)
    if quiet.holidays and is_holiday(quiet.holidays, here.date()):
        return _wall(here, days=1, minute=0)
    if quiet.begins <= quiet.ends:
        return _wall(here, days=0, minute=quiet.ends) if quiet.begins <= minute < quiet.ends else None
    if minute >= quiet.begins:
        return _wall(here, days=1, minute=quiet.ends)
    return _wall(here, days=0, minute=quiet.ends) if minute < quiet.ends else None


def _wall(here: datetime, *, days: int, minute: int) -> datetime:
    day = here.date() + timedelta(days=days)
    return datetime.combine(day, time(minute // 60 % 24, minute % 60), here.tzinfo)


def not_before(
    *, quiet: QuietHours | None, told_at: datetime | None, urgent: bool, breaks_through: bool, now: datetime
) -> datetime:
    """When a nudge that was decided now may leave: after quiet hours, and not ten minutes after another.

    `urgent`, an S1, waits for no other message; it breaks through the quiet hours of whoever is on duty and
    asked for it (nudge policy, 3 and 5).
    """
    at = now if urgent or told_at is None else max(now, told_at + APART)
    return after_quiet(quiet, at) if quiet and not (urgent and breaks_through) else at


def is_failing(failures: int) -> bool:
    """Whether a target failed so often in a row that it can no longer be relied on."""
    return failures >= FAILURES


def is_browser(masked: str) -> bool:
    """Whether a target is a browser that is reached by web push: its address is its browser's affair."""
    return masked.startswith("webpush:")


def retry_after(
    attempts: int, *, ambiguous: bool = False, asked: int | None = None, jitter: float = 0.0
) -> timedelta | None:
    """How long to wait after this many failed tries; None when it was the last one.

    `asked` is what the service wants (Retry-After, in seconds, at most a day); `jitter`, 0 to 1, spreads
    those who failed together by up to a fifth.
    """
    if attempts >= LAST_ATTEMPT:
        return None
    wait = WAITS[attempts - 1] * (1 + jitter / 5)
    if ambiguous:
        wait = max(wait, AMBIGUOUS)
    return max(wait, pause(asked or 0))


def pause(asked: int) -> timedelta:
    """How long a target is left in peace whose service asks so (`Retry-After`, in seconds): a day at most.

    What waits for it does not hold up what goes elsewhere (RFC 9110, 10.2.3; nudge policy, 10).
    """
    return timedelta(seconds=min(asked, A_DAY))
