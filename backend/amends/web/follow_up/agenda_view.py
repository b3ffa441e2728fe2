"""Days and entries of the agenda, ready to show."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from babel.dates import get_day_names

from amends.database import COUNT_LIMIT
from amends.i18n import LOCALES, language, ngettext
from amends.i18n import gettext as _
from amends.rules.follow_up import agenda as rules
from amends.rules.follow_up import kinds
from amends.rules.operation import own_texts
from amends.services.follow_up.agenda import (
    DAY_LIMIT,
    AgendaEntry,
    AgendaPage,
    DayEntries,
    OverdueCount,
    Whose,
)
from amends.web import dates
from amends.web.case import titles
from amends.web.dates import Moment, late_words
from amends.web.follow_up import agenda_addresses as addresses
from amends.web.follow_up.agenda_addresses import Asked, View, written
from amends.web.follow_up.day_notes_view import Marks
from amends.web.labels import label


class EntryShown(msgspec.Struct, frozen=True, kw_only=True):
    """One follow-up, every string ready; `moved_by` is where its form is, and empty where it may not move."""

    id: UUID
    generation: int
    kind: str
    said: str
    repeats: str
    number: int
    title: str
    lang: str
    owner: str
    mine: bool
    clock: str
    due: Moment
    late: str
    asleep: Moment | None
    moved_by: str
    day: str


class DayShown(msgspec.Struct, frozen=True, kw_only=True):
    """One day with its entries; `more` of them are on its own page."""

    iso: str
    name: str
    number: str
    href: str
    today: bool
    past: bool
    outside: bool
    open: bool
    marks: tuple[str, ...]
    entries: tuple[EntryShown, ...]
    more: str


class WeekShown(msgspec.Struct, frozen=True):
    """One row of a month."""

    number: int
    href: str
    days: tuple[DayShown, ...]


class Choice(msgspec.Struct, frozen=True):
    """A page of the agenda that one can go to from here."""

    label: str
    href: str
    current: bool = False


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What stands above every page of the agenda."""

    period: str
    views: tuple[Choice, ...]
    whose: tuple[Choice, ...]
    turns: tuple[Choice, ...]
    here: str


class Late(msgspec.Struct, frozen=True, kw_only=True):
    """What is overdue: the oldest, and where the rest is."""

    entries: tuple[EntryShown, ...]
    count: str
    cases: str
    more: str
    href: str


def head(asked: Asked, *, today: date) -> Head:
    """The period, and the ways to other ones."""
    labels: dict[Whose, str] = {"everybody": _("All"), "mine": _("Mine"), "team": _("Unassigned")}
    views: dict[View, str] = {"week": _("Week"), "month": _("Month")}
    return Head(
        period=_period(asked),
        views=tuple(
            Choice(label, written(asked, today=today, view=view), asked.view == view)
            for view, label in views.items()
        ),
        whose=tuple(
            Choice(label, written(asked, today=today, whose=whose), asked.whose == whose)
            for whose, label in labels.items()
        ),
        turns=_turns(asked, today),
        here=written(asked, today=today),
    )


def _period(asked: Asked) -> str:
    if asked.view == "late":
        return _("Overdue")
    if asked.view == "month":
        return dates.month(asked.day)
    shown = rules.days_of(asked.view, asked.day)
    return dates.full_day(asked.day) if asked.view == "day" else dates.days(shown[0], shown[-1])


def _turns(asked: Asked, today: date) -> tuple[Choice, ...]:
    if asked.view == "late":
        return ()
    before, after = (rules.turned(asked.view, asked.day, by) for by in (-1, 1))
    ways = ((_("Previous"), before), (_("Today"), today), (_("Next"), after))
    return tuple(
        Choice(label, written(asked, today=today, day=day))
        for label, day in ways
        if addresses.FIRST <= day <= addresses.LAST
    )


def days(
    asked: Asked,
    shown: Sequence[date],
    found: Iterable[DayEntries],
    marked: Iterable[Marks],
    *,
    reader: UUID,
    now: datetime,
) -> tuple[DayShown, ...]:
    """Each day of a week or a month."""
    today = dates.local_day(now)
    return tuple(
        DayShown(
            iso=day.isoformat(),
            name=dates.short_date(day),
            number=str(day.day) if day.month == asked.day.month else dates.month_day(day),
            href=written(asked, today=today, view="day", day=day),
            today=day == today,
            past=day < today,
            outside=asked.view == "month" and day.month != asked.day.month,
            open=marks.open,
            marks=marks.sentences,
            entries=entries(due.entries, reader=reader, now=now),
            more=_more(due),
        )
        for day, due, marks in zip(shown, found, marked, strict=True)
    )


def _more(due: DayEntries) -> str:
    """How many entries of a day are not shown; where nobody counted on, at least so many."""
    more = min(due.many, DAY_LIMIT) - len(due.entries)
    return f"{more}{'+' if due.many > DAY_LIMIT else ''}" if more > 0 else ""


def weeks(asked: Asked, shown: tuple[DayShown, ...], *, today: date) -> tuple[WeekShown, ...]:
    """The days of a month in rows, each with its number after ISO 8601."""
    return tuple(
        WeekShown(
            date.fromisoformat(shown[place].iso).isocalendar().week,
            written(asked, today=today, view="week", day=date.fromisoformat(shown[place].iso)),
            shown[place : place + 7],
        )
        for place in range(0, len(shown), 7)
    )


def weekdays() -> tuple[tuple[str, str], ...]:
    """The names of the days, Monday first: in short, and in full."""
    short, full = (get_day_names(width, locale=LOCALES[language()]) for width in ("abbreviated", "wide"))
    return tuple((short[day], full[day]) for day in range(7))


def late(asked: Asked, found: AgendaPage, count: OverdueCount, *, reader: UUID, now: datetime) -> Late:
    """What stands above the days: follow-ups, and the cases they are on, which Today counts."""
    all_of_them = count.follow_ups
    more, plus = all_of_them - len(found.entries), "+" if all_of_them > COUNT_LIMIT else ""
    words = ngettext("%(count)s follow-up", "%(count)s follow-ups", all_of_them)
    cases = ngettext("on %(count)s case", "on %(count)s cases", count.cases)
    return Late(
        entries=entries(found.entries, reader=reader, now=now),
        count=words % {"count": f"{min(all_of_them, COUNT_LIMIT)}{plus}"},
        cases=cases % {"count": f"{count.cases}{plus}"},
        more=f"{more}{plus}" if more else "",
        href=written(asked, today=dates.local_day(now), view="late"),
    )


def entries(found: Iterable[AgendaEntry], *, reader: UUID, now: datetime) -> tuple[EntryShown, ...]:
    """Follow-ups as the agenda shows them to one member."""
    return tuple(_entry(one, reader, now) for one in found)


def _entry(one: AgendaEntry, reader: UUID, now: datetime) -> EntryShown:
    asleep = one.snoozed_until if one.snoozed_until and one.snoozed_until > now else None
    return EntryShown(
        id=one.id,
        generation=one.generation,
        kind=label(one.kind),
        said=own_texts.words(one.words),
        repeats=label(one.repeats) if one.repeats else "",
        number=one.number,
        title=titles.title(one.title, one.nature),
        lang=titles.language(one.lang, one.nature),
        owner=one.owner.name if one.owner else "",
        mine=one.owner is not None and one.owner.id == reader,
        clock=dates.clock(one.due_at),
        due=dates.moment(one.due_at, now=now),
        late=late_words(one.due_at, now=now) if one.due_at < now else "",
        asleep=dates.moment(asleep, now=now) if asleep and kinds.of(one.kind).sleeps else None,
        moved_by=f"/follow-ups/{one.id}/date" if kinds.of(one.kind).movable else "",
        day=dates.local_day(one.due_at).isoformat(),
    )
