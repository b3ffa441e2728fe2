"""Working-time arithmetic of a team's calendar: wall clocks in, UTC instants out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team.closed_days import holiday_name, holidays_of
from amends.rules.team.wall_clocks import instant, seconds_of, wall_second
from amends.rules.vocabulary import Severity

Slot = tuple[int, int]
Week = tuple[tuple[Slot, ...], ...]
Span = tuple[int, int]
"""An open stretch in UTC, half-open, in whole seconds since 1970."""

DEFAULT_WEEK: Week = (((540, 1080),),) * 5 + ((),) * 2
ALL_WEEK: Week = (((0, 1440),),) * 7
ON_DUTY = "on_duty"
DAYS_SEARCHED = 3660
AWAY_FOR = 14
"""Days back within which a team is looked for at work."""
DAYS_REMEMBERED = 8000


class WrongCalendar(Invalid):
    "These working hours are not valid."


class NoOpenTime(Invalid):
    """This calendar has no working time in the next ten years."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working time: an IANA zone, seven days of slots (Monday first), holidays, other closed days.

    A slot is half-open, in minutes of the local wall clock, 0 to 1440: (540, 1080) is 9:00 to 18:00, and
    (1080, 1440) followed by (0, 60) the next day loses no minute at midnight.
    Raises WrongCalendar when no week has working time, or zone, slots or country make no sense.
    """

    zone: str
    week: Week = DEFAULT_WEEK
    country: str | None = None
    subdivision: str | None = None
    closed_days: frozenset[date] = frozenset()
    name: str = "team"

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (KeyError, OSError, ValueError) as unknown:
            raise wrong("zone", _("Choose a time zone from the list, such as Europe/Paris.")) from unknown
        if len(self.week) != 7:
            raise wrong("week", _("Enter the working hours of seven days, starting with Monday."))
        for slots in self.week:
            edges = [edge for slot in slots for edge in slot]
            if edges != sorted(edges) or any(opens == closes for opens, closes in slots):
                raise wrong(
                    "week", _("Each slot must end after it begins, and begin after the previous one ends.")
                )
            if edges and (edges[0] < 0 or edges[-1] > 1440):
                raise wrong("week", _("Enter working hours between 00:00 and 24:00."))
        if not any(self.week):
            raise wrong("week", _("Enter at least one slot in the week, so that due dates can be computed."))
        if self.country is not None:
            holidays_of(self.country, self.subdivision, 2026)


@dataclass(frozen=True, slots=True)
class Calendars:
    """The team's working time and, where there is one, the calendar of whoever is on duty."""

    team: Calendar
    on_duty: Calendar | None = None

    def of(self, severity: Severity | None) -> Calendar:
        """In which of them working time is counted: an S1 in that of whoever is on duty."""
        return self.on_duty if self.on_duty and severity is Severity.S1 else self.team


def wrong(field: str, sentence: str) -> WrongCalendar:
    """The error for one field, with the sentence that says what to do."""
    return WrongCalendar(sentence, fields={field: sentence})


def calendar(
    zone: str,
    week: Iterable[Iterable[Slot]] = DEFAULT_WEEK,
    country: str | None = None,
    subdivision: str | None = None,
    extra_closed: Iterable[date] = (),
) -> Calendar:
    """A Calendar from plain lists, as settings and forms hold them; raises WrongCalendar."""
    slots = tuple(tuple((slot[0], slot[1]) for slot in day) for day in week)
    return Calendar(zone, slots, country or None, subdivision or None, frozenset(extra_closed))


def why_closed(of: Calendar, day: date) -> tuple[str, str | None] | None:
    """Why nobody works all day: ("week_end" | "holiday" | "closed_day", the holiday's name), or None.

    A holiday on a week-end counts as week-end; a Monday without slots is a closed day.
    """
    if not of.week[day.weekday()]:
        return ("week_end" if day.weekday() >= 5 else "closed_day"), None
    if day in of.closed_days:
        return "closed_day", None
    name = holiday_name(of.country, of.subdivision, day)
    return None if name is None else ("holiday", name)


class DayBook(dict[int, tuple[Span, ...]]):
    """The open spans of one calendar by day (proleptic ordinal), each computed when it is first asked for."""

    def __init__(self, of: Calendar) -> None:
        super().__init__()
        self.calendar = of
        self.zone = ZoneInfo(of.zone)

    def __missing__(self, ordinal: int) -> tuple[Span, ...]:
        day = date.fromordinal(ordinal)
        slots = () if why_closed(self.calendar, day) else self.calendar.week[day.weekday()]
        edges = (tuple(wall_second(self.zone, day, edge) for edge in slot) for slot in slots)
        spans = tuple((opens, closes) for opens, closes in edges if opens < closes)
        if len(self) >= DAYS_REMEMBERED:
            self.clear()
        self[ordinal] = spans
        return spans


@lru_cache(maxsize=64)
def day_book(of: Calendar) -> DayBook:
    """The one book of a calendar."""
    return DayBook(of)


def open_days(of: Calendar, start: datetime) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Each working day from the local day of `start` on: its ordinal and its open spans, without end.

    Raises NoOpenTime after ten years without working time.
    """
    book = day_book(of)
    ordinal = start.astimezone(book.zone).toordinal()
    closed = 0
    while closed < DAYS_SEARCHED and ordinal < date.max.toordinal():
        spans = book[ordinal]
        if spans:
            yield ordinal, spans
        closed = 0 if spans else closed + 1
        ordinal += 1
    raise NoOpenTime


def add_working(of: Calendar, start: datetime, seconds: int) -> datetime:
    """The instant at which `seconds` of working time have passed since `start`, in UTC, whole seconds.

    Working time is elapsed time inside the slots, so it is right over changes of the clock (research L11).
    No time at all leaves `start` where it is; any other answer lies in working time, its close included.
    """
    if seconds < 0:
        raise ValueError("working time counts forwards only")
    cursor, left = seconds_of(start), seconds
    if not left:
        return instant(cursor)
    for __, spans in open_days(of, start):
        for opens, closes in spans:
            begins = max(cursor, opens)
            if left <= closes - begins:
                return instant(begins + left)
            left -= max(0, closes - begins)
    raise NoOpenTime


def working_between(of: Calendar, start: datetime, end: datetime) -> int:
    """Seconds of working time from `start` to `end`; 0 when `end` is not after `start`."""
    first, last = seconds_of(start), seconds_of(end)
    book = day_book(of)
    total = 0
    # One day more: where the clock falls back over midnight, a span of tomorrow covers the end of today.
    for ordinal in range(start.astimezone(book.zone).toordinal(), end.astimezone(book.zone).toordinal() + 2):
        for opens, closes in book[ordinal]:
            total += max(0, min(closes, last) - max(opens, first))
    return total


def next_open(of: Calendar, at: datetime) -> datetime:
    """The first instant, `at` or later, in working time (a slot's end is not in it)."""
    second = seconds_of(at)
    for __, spans in open_days(of, at):
        for opens, closes in spans:
            if second < closes:
                return at if opens <= second else instant(opens)
    raise NoOpenTime


def last_open(of: Calendar, at: datetime) -> datetime:
    """The last instant, `at` or earlier, in working time, a slot's end included.

    That is `at` itself where the team has been away for a fortnight and more.
    """
    second, found = seconds_of(at), seconds_of(at)
    for ordinal, spans in open_days(of, at - timedelta(days=AWAY_FOR)):
        for opens, closes in spans:
            if opens > second:
                return instant(found)
            found = min(closes, second)
        if ordinal > at.toordinal() + 1:
            break
    return instant(found)


def open_near(of: Calendar, at: datetime) -> datetime:
    """An instant of a worked day, or where the team is away then the next at which it works on that day.

    Where none is left, as in the afternoon of a team of mornings, its last one before.
    """
    zone = ZoneInfo(of.zone)
    later = next_open(of, at)
    return later if later.astimezone(zone).date() == at.astimezone(zone).date() else last_open(of, at)


def is_open(of: Calendar, at: datetime) -> bool:
    """Whether the team works at this instant."""
    second, ordinal = seconds_of(at), at.astimezone(ZoneInfo(of.zone)).toordinal()
    book = day_book(of)
    return any(opens <= second < closes for day in (ordinal, ordinal + 1) for opens, closes in book[day])


def is_holiday(of: Calendar, day: date) -> bool:
    """Whether a public holiday or a closed day keeps the team away; an ordinary week-end does not count."""
    return day in of.closed_days or holiday_name(of.country, of.subdivision, day) is not None


def is_working_day(of: Calendar, day: date) -> bool:
    """Whether the team works at all on that local day."""
    return why_closed(of, day) is None


def next_working_day_at(of: Calendar, day: date, minute: int) -> datetime:
    """The instant of `minute` (wall clock, 600 is 10:00) on the first working day, `day` or later."""
    zone = ZoneInfo(of.zone)
    for distance in range(DAYS_SEARCHED):
        if is_working_day(of, later := day + timedelta(days=distance)):
            return instant(wall_second(zone, later, minute))
    raise NoOpenTime


def working_day_seconds(of: Calendar) -> int:
    """What "1 working day" is worth: the open seconds of the longest normal day of the week.

    So N working days are N times the hours of the team's full day, and a short Saturday is part of one.
    """
    return 60 * max(sum(closes - opens for opens, closes in slots) for slots in of.week)
