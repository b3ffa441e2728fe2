"""On-call rota: single and weekly duties, rotation, absences."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from amends.rules.team.calendars import Calendar, open_days
from amends.rules.team.wall_clocks import instant, wall_second

A_DAY = timedelta(days=1)

Away = Mapping[UUID, UUID | None]
"""Who is away at one instant, and who stands in."""
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Duty:
    """A member is on duty once; `instead` of whom the rest of the rota names, not beside them."""

    member: UUID
    begins_at: datetime
    ends_at: datetime
    instead: bool = False


@dataclass(frozen=True, slots=True)
class WeeklyDuty:
    """A member is on duty on `days` (0 is Monday), in minutes of the wall clock, from the day `first` on.

    One that ends before it begins, or at the same minute, ends the next day. `every` other week, or third,
    is counted from the week of `first`.
    """

    member: UUID
    days: frozenset[int]
    begins: int
    ends: int
    first: date
    every: int = 1


@dataclass(frozen=True, slots=True)
class Rotation:
    """Members take turns, a week each, and hand over at `minute` of each `weekday`.

    The first turn begins on the first such weekday from the day `first` on.
    """

    members: tuple[UUID, ...]
    weekday: int
    minute: int
    first: date


@dataclass(frozen=True, slots=True)
class Rota:
    """Everything that says who is on duty; weekly duties and turns are read on the wall clock of `zone`."""

    zone: str
    duties: tuple[Duty, ...] = ()
    weekly: tuple[WeeklyDuty, ...] = ()
    rotation: Rotation | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody is ever named."""
        return not (self.duties or self.weekly or self.rotation)


@dataclass(frozen=True, slots=True)
class Absence:
    """A member is away for a while, with a deputy or without."""

    member: UUID
    deputy: UUID | None
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """A time in which the same members are on duty; nobody, when there are none."""

    begins_at: datetime
    ends_at: datetime
    members: frozenset[UUID]


def on_duty(rota: Rota, at: datetime, away: Away) -> frozenset[UUID]:
    """Who is on duty at an instant and here: for whoever is away their deputy, else the next of the rotation.

    A duty that stands `instead` leaves out weekly ones and turns; otherwise all who are named are on duty.
    """
    found = (_here(rota, member, at, away) for member in _named(rota, at))
    return frozenset(member for member in found if member)


def _named(rota: Rota, at: datetime) -> set[UUID]:
    duties = [one for one in rota.duties if one.begins_at <= at < one.ends_at]
    named = {one.member for one in duties}
    if any(one.instead for one in duties):
        return {one.member for one in duties if one.instead}
    named |= {one.member for one in rota.weekly if _covers(one, rota.zone, at)}
    number = turn(rota.rotation, rota.zone, at) if rota.rotation else None
    if rota.rotation and number is not None:
        named.add(_whose(rota.rotation, number))
    return named


def _here(rota: Rota, member: UUID, at: datetime, away: Away) -> UUID | None:
    """The member, or who takes their place while they are away; None when there is nobody."""
    if member not in away:
        return member
    deputy = away[member]
    if deputy and deputy not in away:
        return deputy
    return next((one for one in _after(rota, member, at) if one not in away), None)


def _after(rota: Rota, member: UUID, at: datetime) -> tuple[UUID, ...]:
    """The rotation, beginning after a member; for one who is not in it, with whose turn it is."""
    number = turn(rota.rotation, rota.zone, at) if rota.rotation else None
    if rota.rotation is None or number is None:
        return ()
    members = rota.rotation.members
    place = members.index(member) + 1 if member in members else number % len(members)
    return members[place:] + members[:place]


def hand_over(rotation: Rotation, zone: str, number: int) -> datetime:
    """When turn `number` begins, 0 being the first, in UTC; a minute that the clock skips is the jump."""
    start = rotation.first + timedelta(days=(rotation.weekday - rotation.first.weekday()) % 7)
    return instant(wall_second(ZoneInfo(zone), start + timedelta(weeks=number), rotation.minute))


def replaced(
    rotation: Rotation, zone: str, member: UUID, successor: UUID | None, at: datetime
) -> Rotation | None:
    """The rotation in which a successor takes the turns of a member, or nobody; None when no turn is left.

    Without a successor the turns of the others stay in their order, and the present one is not cut short.
    """
    if successor and successor not in rotation.members:
        members = tuple(successor if one == member else one for one in rotation.members)
        return Rotation(members, rotation.weekday, rotation.minute, rotation.first)
    number = turn(rotation, zone, at)
    place = (number or 0) % len(rotation.members)
    ahead_of_all = rotation.members[place:] + rotation.members[:place]
    members = tuple(one for one in ahead_of_all if one != member)
    first = rotation.first if number is None else rotation.first + timedelta(weeks=number)
    return Rotation(members, rotation.weekday, rotation.minute, first) if members else None


def turn(rotation: Rotation, zone: str, at: datetime) -> int | None:
    """Which turn it is at an instant; None before the first one. Each ends when the next one begins."""
    if not rotation.members or at < hand_over(rotation, zone, 0):
        return None
    number = (at.astimezone(ZoneInfo(zone)).date() - rotation.first).days // 7
    while at < hand_over(rotation, zone, number):
        number -= 1
    while at >= hand_over(rotation, zone, number + 1):
        number += 1
    return number


def _whose(rotation: Rotation, number: int) -> UUID:
    return rotation.members[number % len(rotation.members)]


def _covers(duty: WeeklyDuty, zone: str, at: datetime) -> bool:
    day = at.astimezone(ZoneInfo(zone)).date()
    spans = (span_of(duty, zone, one) for one in (day - A_DAY, day, day + A_DAY))
    return any(span and span[0] <= at < span[1] for span in spans)


@lru_cache(maxsize=4096)
def span_of(duty: WeeklyDuty, zone: str, day: date) -> Span | None:
    """From when until when a weekly duty lasts that begins on a day, in UTC; None on other days."""
    weeks = (_monday(day) - _monday(duty.first)).days // 7
    if day < duty.first or day.weekday() not in duty.days or weeks % duty.every:
        return None
    clock = ZoneInfo(zone)
    last = day if duty.begins < duty.ends else day + A_DAY
    begins, ends = wall_second(clock, day, duty.begins), wall_second(clock, last, duty.ends)
    return (instant(begins), instant(ends)) if begins < ends else None


def next_duty(duty: WeeklyDuty, zone: str, at: datetime) -> Span | None:
    """When a weekly duty lasts at an instant, or the next time after it; None where it never does."""
    first = max(at.astimezone(ZoneInfo(zone)).date() - A_DAY, duty.first)
    days = (first + timedelta(days=ahead) for ahead in range(14 * duty.every + 2))
    return next((span for day in days if (span := span_of(duty, zone, day)) and at < span[1]), None)


def next_turn(rotation: Rotation, zone: str, member: UUID, at: datetime) -> Span | None:
    """When the turn of a member lasts at an instant, or the next one after it; None where they take none."""
    number = turn(rotation, zone, at) or 0
    turns = range(number, number + len(rotation.members))
    mine = next((one for one in turns if _whose(rotation, one) == member), None)
    return None if mine is None else (hand_over(rotation, zone, mine), hand_over(rotation, zone, mine + 1))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def ahead(
    rota: Rota, absences: Sequence[Absence], gone: Collection[UUID], *, begin: datetime, end: datetime
) -> list[Watch]:
    """Who is on duty from `begin` to `end`, without holes or overlaps; `gone` are never here.

    Of several absences of a member the last one counts.
    """
    watches: list[Watch] = []
    for begins, ends in pairwise(_edges(rota, absences, begin, end)):
        away = {one.member: one.deputy for one in absences if one.begins_at <= begins < one.ends_at}
        members = on_duty(rota, begins, away | dict.fromkeys(gone))
        if watches and watches[-1].members == members:
            watches[-1] = Watch(watches[-1].begins_at, ends, members)
        else:
            watches.append(Watch(begins, ends, members))
    return watches


def _edges(rota: Rota, absences: Sequence[Absence], begin: datetime, end: datetime) -> list[datetime]:
    """Every instant at which somebody else may be on duty: between two of them nothing changes."""
    spans: list[Span] = [(one.begins_at, one.ends_at) for one in rota.duties]
    spans += [(one.begins_at, one.ends_at) for one in absences]
    clock = ZoneInfo(rota.zone)
    first, last = begin.astimezone(clock).toordinal() - 1, end.astimezone(clock).toordinal() + 1
    days = [date.fromordinal(ordinal) for ordinal in range(first, last + 1)]
    spans += [span for one in rota.weekly for day in days if (span := span_of(one, rota.zone, day))]
    inside = {edge for span in spans for edge in span} | set(_hand_overs(rota, begin, end))
    return sorted({begin, end} | {edge for edge in inside if begin < edge < end})


def _hand_overs(rota: Rota, begin: datetime, end: datetime) -> Iterator[datetime]:
    if not rota.rotation:
        return
    number = turn(rota.rotation, rota.zone, begin) or 0
    while (at := hand_over(rota.rotation, rota.zone, number)) < end:
        yield at
        number += 1


def gaps(watches: Sequence[Watch], hours: Calendar | None) -> list[Span]:
    """When nobody is on duty though somebody should be: in the hours of the on-duty calendar, else always."""
    found: list[Span] = []
    for watch in watches:
        if watch.members:
            continue
        for begins, ends in _open(hours, watch) if hours else ((watch.begins_at, watch.ends_at),):
            if found and found[-1][1] == begins:  # hours that meet at midnight
                found[-1] = (found[-1][0], ends)
            else:
                found.append((begins, ends))
    return found


def _open(hours: Calendar, watch: Watch) -> Iterator[Span]:
    for __, spans in open_days(hours, watch.begins_at):
        for opens, closes in spans:
            begins, ends = max(instant(opens), watch.begins_at), min(instant(closes), watch.ends_at)
            if instant(opens) >= watch.ends_at:
                return
            if begins < ends:
                yield begins, ends
