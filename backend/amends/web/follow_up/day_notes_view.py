"""Notes of a day: holidays, closed days, absences, duties."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.follow_up.agenda import touched
from amends.rules.team.calendars import why_closed
from amends.rules.team.closed_day_files import ClosedDay
from amends.rules.team.closed_days import holiday_name
from amends.rules.team.rotas import Watch
from amends.services.team.absences import Stretch
from amends.services.team.teams import Team, calendar_of


class Marks(msgspec.Struct, frozen=True):
    """The sentences of one day, and whether the team works on it at all."""

    sentences: tuple[str, ...]
    open: bool


def marks(
    days: Sequence[date],
    edges: Sequence[datetime],
    *,
    team: Team | None,
    closed: Sequence[ClosedDay],
    absences: Iterable[Stretch],
    watches: Iterable[Watch],
    names: Mapping[UUID, str],
) -> list[Marks]:
    """Those of each day. Holidays and closed days are the team's calendar days, wherever the reader lives.

    `names` are those of whoever is on duty in one of the watches.
    """
    away = _names(((one.begins_at, one.ends_at, [one.member_name]) for one in absences), edges)
    duties = (
        (one.begins_at, one.ends_at, sorted(names[member] for member in one.members)) for one in watches
    )
    on_duty = _names(duties, edges)
    made = []
    for place, day in enumerate(days):
        said = [*_closures(day, team, closed)]
        if away[place]:
            said.append(_("Away: %(names)s") % {"names": ", ".join(away[place])})
        if on_duty[place]:
            said.append(_("On duty: %(names)s") % {"names": ", ".join(on_duty[place])})
        made.append(Marks(tuple(said), _is_open(day, team, closed)))
    return made


def _names(
    stretches: Iterable[tuple[datetime, datetime, Sequence[str]]], edges: Sequence[datetime]
) -> list[list[str]]:
    """Who, on each day; nobody twice."""
    found: list[dict[str, None]] = [{} for _edge in edges[1:]]
    for begins_at, ends_at, names in stretches:
        for place in touched(begins_at, ends_at, edges):
            found[place].update(dict.fromkeys(names))
    return [list(names) for names in found]


def _closures(day: date, team: Team | None, closed: Iterable[ClosedDay]) -> Iterable[str]:
    if team and (name := holiday_name(team.country or None, team.subdivision or None, day, language())):
        yield _("Holiday: %(name)s") % {"name": name}
    for one in closed:
        if one.first <= day <= one.last:
            yield _("Team closed: %(why)s") % {"why": one.words} if one.words else _("Team closed")


def _is_open(day: date, team: Team | None, closed: Iterable[ClosedDay]) -> bool:
    if any(one.first <= day <= one.last for one in closed):
        return False
    return team is None or why_closed(calendar_of(team), day) is None
