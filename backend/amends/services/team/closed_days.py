"""Closed days of the team."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import run, transaction
from amends.errors import Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.plain_lines import plain_line
from amends.rules.team.closed_day_files import LONGEST, ClosedDay, days_of
from amends.services.team import audit, members
from amends.services.team.members import Act

WORDS = 120
MOST = 2_000


class ClosedDayUnknown(NotFound):
    "This closed day no longer exists."


class WrongClosedDay(Invalid):
    "This closed day cannot be saved."


class ClosedDayShown(msgspec.Struct, frozen=True, kw_only=True):
    """A closed day with its id, by which it is taken away."""

    id: UUID
    day: ClosedDay


ALL = "SELECT id, first, last, words FROM closed_day ORDER BY first, id"


async def every() -> list[ClosedDayShown]:
    """All of them, the first one first."""
    return [
        ClosedDayShown(id=row["id"], day=ClosedDay(row["first"], row["last"], row["words"]))
        for row in await run(ALL)
    ]


async def days() -> frozenset[date]:
    """Each single day, for the calendar."""
    return days_of_rows(await run(ALL))


def days_of_rows(rows: Iterable[Mapping[str, Any]]) -> frozenset[date]:
    """Each single day of rows with a first and a last one."""
    return _days_of(tuple((row["first"], row["last"]) for row in rows))


@lru_cache(maxsize=16)
def _days_of(spans: tuple[tuple[date, date], ...]) -> frozenset[date]:
    return days_of(ClosedDay(first, last) for first, last in spans)


async def add(act: Act, several: Iterable[ClosedDay]) -> int:
    """The team does not work on these days: how many were new. Dates that were computed before stay.

    Raises OnlyAdminsMay, WrongClosedDay.
    """
    members.only_admins(act.by)
    wanted = {_checked(one) for one in several}
    async with transaction():
        known = {shown.day for shown in await every()}
        fresh = sorted(wanted - known)
        if len(known) + len(fresh) > MOST:
            raise WrongClosedDay(_("Too many closed days. Remove past ones first."))
        rows = [
            tables.ClosedDay(id=uuid4(), first=one.first, last=one.last, words=one.words, created_at=act.now)
            for one in fresh
        ]
        if rows:
            await tables.ClosedDay.insert(*rows)
            after = {f"{one.first}/{one.last}": one.words or "-" for one in fresh}
            await audit.record_change("closed_days", {}, after, by=act.by, now=act.now)
    return len(fresh)


async def remove(act: Act, closed_day: UUID) -> None:
    """The team works on that day after all. Raises OnlyAdminsMay, ClosedDayUnknown."""
    members.only_admins(act.by)
    async with transaction():
        one = tables.ClosedDay
        gone = await one.delete().where(one.id == closed_day).returning(one.first, one.last, one.words)
        if not gone:
            raise ClosedDayUnknown(_("This closed day was already removed."))
        before = {f"{gone[0]['first']}/{gone[0]['last']}": gone[0]["words"] or "-"}
        await audit.record_change("closed_days", before, {}, by=act.by, now=act.now)


def _checked(one: ClosedDay) -> ClosedDay:
    if not one.first <= one.last < one.first + LONGEST:
        sentence = _("The last day must be the first day or later, within a year.")
        raise WrongClosedDay(sentence, fields={"last": sentence})
    return ClosedDay(one.first, one.last, plain_line(one.words)[:WORDS].strip())
