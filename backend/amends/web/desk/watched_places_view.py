"""Places to watch, ready to show."""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import ngettext
from amends.rules.capture.hosts import platform_of
from amends.rules.case import platforms
from amends.rules.desk import watched_places as rules
from amends.services.desk.watched_places import PlaceRow, Shown, Suggestion, Visit
from amends.services.team.members import Member
from amends.web import dates
from amends.web.dates import Moment
from amends.web.desk.labels import places as labels
from amends.web.page_kit import Typed

PAGE = "/places"


class PlaceShown(msgspec.Struct, frozen=True, kw_only=True):
    """One place of a list; `is_due` today or late, `is_mine` when it is the reader's turn."""

    id: str
    href: str
    name: str
    address: str
    host: str
    platform: str
    every: str
    whose: str
    due: str
    is_due: bool
    is_late: bool
    is_mine: bool
    visited: Moment | None
    visited_by: str
    found: str
    asks_found: str
    undo: str


class SuggestionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A proposed place, with the address of the form that adds it."""

    platform: str
    name: str
    why: str
    host: str
    href: str


class VisitShown(msgspec.Struct, frozen=True, kw_only=True):
    """One visit of a place's history."""

    at: Moment
    by: str
    found: str
    by_browser: bool


class MemberTick(msgspec.Struct, frozen=True):
    """A member who may take turns."""

    value: str
    name: str
    ticked: bool


def place(shown: Shown, *, reader: UUID, today: date, now: datetime) -> PlaceShown:
    """A place as lists show it."""
    row = shown.place
    is_due = row.due_on <= today
    undo = f"{PAGE}/{row.id}/visits/{row.visit}" if row.visit and _was_today(row, today) else ""
    return PlaceShown(
        id=str(row.id),
        href=f"{PAGE}/{row.id}",
        name=row.name,
        address=row.address,
        host=host_of(row.address),
        platform=platform_of(row.address),
        every=labels.interval(row.every),
        whose=shown.whose_name,
        due=_due(row.due_on, today),
        is_due=is_due,
        is_late=rules.is_late(row.due_on, today),
        is_mine=is_due and shown.whose == reader,
        visited=dates.moment(row.visited_at, now=now) if row.visited_at else None,
        visited_by=row.visited_by or "",
        found=found_words(row.found) if row.visit else "",
        asks_found=f"{PAGE}/{row.id}/visits/{row.visit}/found" if row.visit and row.found is None else "",
        undo=f"{undo}/undo" if undo else "",
    )


def _was_today(row: PlaceRow, today: date) -> bool:
    return row.visited_at is not None and dates.local_day(row.visited_at) == today


def _due(due_on: date, today: date) -> str:
    if due_on == today:
        return _("today")
    words = _("late since %(day)s") if due_on < today else _("next on %(day)s")
    return words % {"day": dates.short_date(due_on)}


def found_words(found: int | None) -> str:
    """What a visit found, as far as it was said."""
    if found is None:
        return _("opened, nothing said yet")
    if not found:
        return _("nothing new")
    return ngettext("%(num)d case", "%(num)d cases", found) % {"num": found}


def host_of(address: str) -> str:
    """The site of an address, without the www of most."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def suggestion(one: Suggestion) -> SuggestionShown:
    """A proposed place."""
    words = one.words or host_of(one.address)
    named = labels.PROPOSED_NAMES.get(one.why)
    name = _(named) % {"platform": platforms.label(one.platform), "words": words} if named else words
    return SuggestionShown(
        platform=one.platform,
        name=name[:80],
        why=_(labels.REASONS[one.why]),
        host=host_of(one.address),
        href=f"{PAGE}/new?{urlencode({'name': name[:80], 'address': one.address})}",
    )


def visit(one: Visit, *, now: datetime) -> VisitShown:
    """A line of the history."""
    at = dates.moment(one.at, now=now)
    return VisitShown(at=at, by=one.by, found=found_words(one.found), by_browser=one.by_browser)


def intervals() -> list[tuple[str, str]]:
    """How often a place may be visited."""
    return [(str(days), labels.interval(days)) for days in rules.INTERVALS]


def ticks(members: Sequence[Member], chosen: Sequence[str], reader: UUID) -> list[MemberTick]:
    """Who may take turns, those who do first and in their order; the reader where nobody was chosen."""
    known = chosen or (str(reader),)
    names = {str(one.id): one.name for one in members if not one.disabled}
    first = [one for one in known if one in names]
    return [MemberTick(one, names[one], one in first) for one in dict.fromkeys([*first, *names])]


def typed_values(typed: Typed, row: PlaceRow | None, query: dict[str, str]) -> dict[str, str]:
    """What the form shows: what was typed, else the place, else what a suggestion brings along."""
    if typed.values:
        return dict(typed.values)
    if row is None:
        return {"every": "7", **query}
    return {"name": row.name, "address": row.address, "every": str(row.every), "version": str(row.version)}
