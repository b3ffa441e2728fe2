"""Rota, ready to show, with its gaps."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

import msgspec
from babel.dates import get_day_names

from amends.i18n import LOCALES, language
from amends.i18n import gettext as _
from amends.rules.team.rotas import Span, Watch
from amends.rules.vocabulary import Role
from amends.services.team.absences import Stretch
from amends.services.team.members import Member
from amends.services.team.rotas import WeeklyShown
from amends.web import dates
from amends.web.dates import Moment


class StretchShown(msgspec.Struct, frozen=True, kw_only=True):
    """An absence or a single duty, ready to show; `mine` when the reader may take it away."""

    id: UUID
    name: str
    deputy: str | None
    begins: Moment
    ends: Moment
    instead: bool
    mine: bool


class WatchShown(msgspec.Struct, frozen=True):
    """A time in which the same people are on duty; no `names` where nobody is though somebody should be."""

    names: str
    when: str
    is_now: bool


class WeekShown(msgspec.Struct, frozen=True):
    """The watches that begin in one week."""

    title: str
    watches: list[WatchShown]


class WeeklyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A weekly duty in words."""

    id: UUID
    name: str
    when: str
    since: str
    mine: bool


class TurnRow(msgspec.Struct, frozen=True):
    """A member in the list of the rotation, and whether they take turns."""

    id: str
    name: str
    takes_turns: bool


def turn_rows(everyone: Sequence[Member], order: Sequence[str], turns: Collection[str]) -> list[TurnRow]:
    """The active members in an order, and after it those whom it does not name, by their names."""
    active = {str(one.id): one.name for one in everyone if not one.disabled}
    first = [one for one in dict.fromkeys(order) if one in active]
    others = sorted((one for one in active if one not in first), key=lambda one: active[one].casefold())
    return [TurnRow(one, active[one], one in turns) for one in (*first, *others)]


def moved(order: Sequence[str], *, up: str = "", down: str = "") -> tuple[str, ...]:
    """The order in which one member stands one place higher, or lower; the same where there is no place."""
    after = list(order)
    place = after.index(up or down) if (up or down) in after else -1
    wanted = place + (-1 if up else 1)
    if place >= 0 and 0 <= wanted < len(after):
        after[place], after[wanted] = after[wanted], after[place]
    return tuple(after)


def turns(typed: Mapping[str, Sequence[str]], everyone: Sequence[Member]) -> list[UUID]:
    """The members who are ticked, in the order of the list."""
    ticked = typed.get("turn", ())
    rows = turn_rows(everyone, typed.get("order", ticked), ticked)
    return [UUID(row.id) for row in rows if row.takes_turns]


def stretch(given: Stretch, me: Member, *, now: datetime) -> StretchShown:
    """An absence or a single duty as a member sees it."""
    return StretchShown(
        id=given.id,
        name=given.member_name,
        deputy=given.deputy_name,
        begins=dates.moment(given.begins_at, now=now),
        ends=dates.moment(given.ends_at, now=now),
        instead=given.instead,
        mine=given.member == me.id or me.role.reaches(Role.LEAD),
    )


def weeks(
    watches: Sequence[Watch], gaps: Sequence[Span], names: Mapping[UUID, str], *, now: datetime
) -> list[WeekShown]:
    """Who is on duty and when nobody is, week by week on the reader's calendar, in order."""
    spans = [(one.begins_at, one.ends_at, _named(one, names)) for one in watches if one.members]
    spans += [(begins, ends, "") for begins, ends in gaps]
    by_week = groupby(sorted(spans), key=lambda span: _monday(span[0]))
    return [
        WeekShown(
            _("Week of %(day)s") % {"day": dates.short_date(monday)},
            [WatchShown(who, between(begins, ends), begins <= now < ends) for begins, ends, who in some],
        )
        for monday, some in by_week
    ]


def present(watches: Sequence[Watch], names: Mapping[UUID, str]) -> str:
    """Who is on duty now and until when, in a sentence; empty where nobody is."""
    if not watches or not watches[0].members:
        return ""
    return _("%(names)s, until %(date)s") % {
        "names": _named(watches[0], names),
        "date": _instant(watches[0].ends_at),
    }


def missing(gaps: Sequence[Span]) -> list[str]:
    """Each gap as a sentence."""
    return [_("Nobody is on duty: %(when)s.") % {"when": between(begins, ends)} for begins, ends in gaps]


def between(begins: datetime, ends: datetime) -> str:
    """From when until when, the day said once where it is the same."""
    if dates.local_day(begins) == dates.local_day(ends):
        return f"{_instant(begins)}–{dates.clock(ends)}"
    return f"{_instant(begins)} – {_instant(ends)}"


def weekly(given: WeeklyShown, me: Member) -> WeeklyRow:
    """A weekly duty: "Mon–Fri 18:00–22:00, every 2 weeks"."""
    hours = f"{_clock(given.begins)}–{_clock(given.ends % 1440)}"
    every = _("every week") if given.every == 1 else _("every %(count)d weeks") % {"count": given.every}
    return WeeklyRow(
        id=given.id,
        name=given.member_name,
        when=f"{days(given.days)} {hours}, {every}",
        since=dates.day(given.first),
        mine=given.member == me.id or me.role.reaches(Role.LEAD),
    )


def days(chosen: frozenset[int]) -> str:
    """Days of the week, from Monday: "Mon–Fri, Sun"."""
    names = get_day_names("abbreviated", locale=LOCALES[language()])
    return ", ".join(
        names[first] if first == last else f"{names[first]}{'–' if last - first > 1 else ', '}{names[last]}"
        for first, last in _runs(chosen)
    )


def _runs(chosen: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Days that follow each other, as their first and last."""
    for _key, run in groupby(enumerate(sorted(chosen)), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _place, number in run]
        yield numbers[0], numbers[-1]


def _named(watch: Watch, names: Mapping[UUID, str]) -> str:
    return ", ".join(sorted(names.get(one, "") for one in watch.members))


def _monday(at: datetime) -> date:
    day = dates.local_day(at)
    return day - timedelta(days=day.weekday())


def _instant(at: datetime) -> str:
    return f"{dates.short_date(dates.local_day(at))}, {dates.clock(at)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
