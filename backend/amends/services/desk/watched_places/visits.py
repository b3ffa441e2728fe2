"""Visits to places to watch: marked by hand or by a browser, what was found, and undo."""

from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.desk import watched_places as rules
from amends.rules.team.calendars import is_working_day
from amends.services.desk.watched_places.commands import take, write
from amends.services.desk.watched_places.rows import today
from amends.services.team import teams
from amends.services.team.members import Act


class WrongCount(Invalid):
    "This is not a number of cases."


class VisitUnknown(NotFound):
    "This visit was undone, or a later one followed."


class VisitIsPast(Conflict):
    """A visit can be undone on its own day only."""


class FoundSaid(Conflict):
    """Someone has already said what was found on this visit."""


async def visit(act: Act, place: UUID, *, found: int | None, by_browser: bool = False) -> UUID | None:
    """The member was there; the next visit is due `every` days from now, and it is the next one's turn.

    A browser counts only where a visit is due, so that opening a page twice is one visit: None. Two presses
    at once are one visit as well, with what either says was found. Raises PlaceUnknown, WrongCount.
    """
    _check(found)
    day = await today(act.now)
    calendar = await teams.calendar()
    async with transaction():
        standing = await take(place)
        was_due = standing.due_on <= day
        if by_browser and not was_due:
            return None
        if same := await _same_visit(place, act.now):
            await _fill_in(same, found)
            return same
        visited = uuid4()
        await add(
            tables.PlaceVisit,
            id=visited,
            place=place,
            member=act.by.id,
            at=act.now,
            found=found,
            by_browser=by_browser,
            due_before=standing.due_on,
            turn_before=standing.turn,
        )
        due_on = rules.next_visit(day, standing.every, partial(is_working_day, calendar))
        turn = rules.turn_after(standing.turn, standing.members, was_due=was_due)
        await write(place, {"due_on": due_on, "turn": turn})
    return visited


async def _same_visit(place: UUID, now: datetime) -> UUID | None:
    """The last visit, where that was only just now."""
    table = tables.PlaceVisit
    just_now = (table.place == place) & (table.at > now - rules.ONE_VISIT)
    rows = await table.select(table.id).where(just_now).order_by(table.at, ascending=False).limit(1)
    return rows[0]["id"] if rows else None


async def _fill_in(visited: UUID, found: int | None) -> None:
    """Step: what was found, where the first press did not say."""
    if found is not None:
        table = tables.PlaceVisit
        await table.update({table.found: found}).where((table.id == visited) & table.found.is_null())


LAST = """
SELECT id, at, due_before, turn_before FROM place_visit WHERE place = :place ORDER BY at DESC, id LIMIT 1
"""


async def say_found(act: Act, place: UUID, visited: UUID, found: int) -> None:
    """What was found on a visit that a browser had marked; what was said once stays.

    Raises WrongCount, VisitUnknown, FoundSaid.
    """
    _check(found)
    table = tables.PlaceVisit
    there = (table.id == visited) & (table.place == place)
    said = await table.select(table.found).where(there)
    if said and said[0]["found"] not in (None, found):
        raise FoundSaid(_("Someone has already said what was found. Look at the list again."))
    mine = there & (table.found.is_null() | (table.found == found))
    if not await table.update({table.found: found}).where(mine).returning(table.id):
        raise VisitUnknown(_("This visit was undone. Look at the list again."))


async def undo(act: Act, place: UUID, visited: UUID) -> None:
    """There was no visit after all; only the last one can be undone, and on its day only.

    Raises PlaceUnknown, VisitUnknown, VisitIsPast.
    """
    async with transaction():
        standing = await take(place)
        rows = await run(LAST, place=place)
        if not rows or rows[0]["id"] != visited:
            raise VisitUnknown(_("This visit was undone, or a later one followed. Look at the list again."))
        if await today(rows[0]["at"]) != await today(act.now):
            raise VisitIsPast(_("A visit can be undone on its own day only. Mark another visit instead."))
        await tables.PlaceVisit.delete().where(tables.PlaceVisit.id == visited)
        turn = rows[0]["turn_before"] % max(len(standing.members), 1)
        await write(place, {"due_on": rows[0]["due_before"], "turn": turn})


def _check(found: int | None) -> None:
    if found is not None and not 0 <= found <= rules.MOST_FOUND:
        sentence = _("Enter a number from 0 to %(most)s.") % {"most": rules.MOST_FOUND}
        raise WrongCount(fields={"found": sentence})
