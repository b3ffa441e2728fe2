"""The team: name, zone, country and working hours."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
from piccolo.columns import Column

from amends import tables
from amends.database import add, columns_of, converter, read, transaction
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.case.fields import FIRST
from amends.rules.team.calendars import DEFAULT_WEEK, Calendar
from amends.rules.vocabulary import Language, Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, closed_days, members
from amends.services.team.members import Act, Member
from amends.services.team.seen import must_be_as_seen

Slots = tuple[tuple[int, int], ...]


class Team(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """The team's own words and hours. `week` has seven days of [start, end) minutes, Monday first."""

    name: str
    language: Language
    zone: str
    country: str = ""
    subdivision: str = ""
    week: tuple[Slots, ...] = DEFAULT_WEEK


class FirstAdmin(msgspec.Struct, frozen=True, kw_only=True):
    """Who sets the team up."""

    email: str
    name: str
    password: str = ""

    def __repr__(self) -> str:
        return f"FirstAdmin({self.email!r})"


class AlreadySetUp(Conflict):
    "Amends is already set up."


COLUMNS = columns_of(Team, table="team")
TEAM = f"SELECT {COLUMNS} FROM team"  # noqa: S608 - the statement is ours alone


async def find() -> Team | None:
    """The team; None until somebody has set it up."""
    found = await read(converter(Team), TEAM)
    return found[0] if found else None


async def calendar() -> Calendar:
    """The working time of the team; weekdays from 9 to 18 in UTC until it is set up."""
    team = await find()
    return calendar_of(team, await closed_days.days()) if team else Calendar("UTC")


@lru_cache(maxsize=64)
def calendar_of(team: Team, closed: frozenset[date] = frozenset()) -> Calendar:
    """The team's working time. Raises WrongCalendar and UnknownCountry with the field that is wrong."""
    return Calendar(team.zone, team.week, team.country or None, team.subdivision or None, closed)


async def set_up(first: FirstAdmin, team: Team, *, now: datetime) -> Member:
    """The team and its first admin, at once; of several who try together exactly one succeeds (R-59).

    Raises AlreadySetUp, WrongMember, PasswordIsTooWeak, WrongCalendar, UnknownCountry.
    """
    checked = _checked(team)
    words = (first.name, first.email, team.name)
    row = members.new_row(first.email, name=first.name, role=Role.ADMIN, password_hash=None, now=now)
    row.language, row.zone = checked.language, checked.zone
    row.password_hash = await members.checked_hash(first.password, names=words)
    async with transaction():
        if not await _write(checked, now=now) or await members.is_anyone():
            raise AlreadySetUp(_("Amends is already set up. Sign in instead."))
        await members.insert(row)
        await add(tables.CaseField, **FIRST, made_at=now)
        await audit.record(AuditKind.TEAM_SET_UP, by=row.id, now=now)
        await audit.record(AuditKind.MEMBER_ADDED, by=row.id, now=now, about=row.id, role=Role.ADMIN.value)
    return await members.find(row.id)


def hours_in_words(week: tuple[Slots, ...]) -> dict[str, object]:
    """The hours of each day as the audit log keeps them, such as 09:00-18:00; days by number, 1 is Monday."""
    return {
        str(day): [f"{_clock(begin)}-{_clock(end)}" for begin, end in slots]
        for day, slots in enumerate(week, start=1)
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def values_of(team: Team) -> dict[str, object]:
    """What can be changed of a team, by the names of the fields of its form."""
    place = f"{team.country}/{team.subdivision}" if team.subdivision else team.country
    words = {"team_name": team.name, "team_language": team.language, "zone": team.zone}
    return {**words, "country": place, "week": team.week}


async def change(act: Act, team: Team, *, seen: str = "") -> Team:
    """Other words and hours; the first ones, where the first admin came by the command line.

    `seen` is the fingerprint of those before.
    Raises ChangedMeanwhile, OnlyAdminsMay, WrongMember for the name, WrongCalendar, UnknownCountry.
    """
    members.only_admins(act.by)
    checked = _checked(team)
    async with transaction():
        if await _write(checked, now=act.now):
            await audit.record(AuditKind.TEAM_SET_UP, by=act.by, now=act.now)
        else:
            await tables.Team.update({tables.Team.only: True}).where(tables.Team.only.eq(True))  # holds it
            if before := await find():
                must_be_as_seen(seen, values_of(before), values_of(checked))
                await audit.record_change("team", _told(before), _told(checked), by=act.by, now=act.now)
            columns: dict[Column | str, Any] = dict(_columns(checked).items())
            await tables.Team.update(columns).where(tables.Team.only.eq(True))
    return checked


def _told(team: Team) -> dict[str, object]:
    return {**values_of(team), "week": hours_in_words(team.week)}


def _checked(team: Team) -> Team:
    calendar_of(team)
    return msgspec.structs.replace(team, name=members.checked_name(team.name), zone=ZoneInfo(team.zone).key)


async def _write(team: Team, *, now: datetime) -> bool:
    """Whether this was the first; the unique column lets there be one."""
    row = tables.Team(id=uuid4(), only=True, created_at=now, **_columns(team))
    return bool(await tables.Team.insert(row).on_conflict(action="DO NOTHING").returning(tables.Team.id))


def _columns(team: Team) -> dict[str, Any]:
    return {
        "name": team.name,
        "language": team.language,
        "zone": team.zone,
        "country": team.country,
        "subdivision": team.subdivision,
        "week": [[list(slot) for slot in day] for day in team.week],
    }
