"""Agenda by day, week and month, and the list of what is overdue."""

from collections.abc import Sequence
from datetime import date, datetime

from litestar import Response, get
from litestar.di import NamedDependency

from amends.rules.follow_up import agenda as rules
from amends.services.follow_up import agenda
from amends.services.follow_up.agenda import AgendaPage, OverdueCount
from amends.services.team import absences, closed_days, members, teams
from amends.services.team.members import Act, Member
from amends.web import dates
from amends.web.follow_up import agenda_view as shown
from amends.web.follow_up.agenda_addresses import Asked, read, written
from amends.web.follow_up.day_notes_view import Marks, marks
from amends.web.page_kit import Here
from amends.web.security import Policy

SHOWN = {"week": 8, "month": 3}
"""Entries of a day beside the others; the rest is on the day's own page."""

SHOWN_LATE, SHOWN_ALONE = 4, 100


@get("/agenda", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The page that the address asks for."""
    asked = read(here.query, today=dates.local_day(here.now))
    if asked.view == "late":
        found = await agenda.overdue(here.act, whose=asked.whose, limit=SHOWN_ALONE, after=asked.after)
        return await _list(
            here,
            asked,
            found,
            (),
        )
    days = rules.days_of(asked.view, asked.day)
    edges = rules.edges(days, here.member.zone)
    marked = await _marks(days, edges)
    if asked.view == "day":
        found = await agenda.page(
            edges[0], edges[1], whose=asked.whose, by=here.member, limit=SHOWN_ALONE, after=asked.after
        )
        return await _list(
            here,
            asked,
            found,
            marked[0].sentences,
        )
    is_over = edges[-1] <= here.now
    spread = await agenda.spread(
        edges if is_over else rules.ahead(edges, here.now),
        whose=asked.whose,
        by=here.member,
        most=SHOWN[asked.view],
    )
    boxes = shown.days(asked, days, spread, marked, reader=here.member.id, now=here.now)
    return await here.render(
        "agenda/index.html",
        head=shown.head(asked, today=dates.local_day(here.now)),
        view=asked.view,
        late=None if is_over else await _late(asked, here.member, here.now),
        days=boxes,
        weeks=shown.weeks(asked, boxes, today=dates.local_day(here.now)) if asked.view == "month" else (),
        weekdays=shown.weekdays(),
        empty=not any(box.entries for box in boxes),
    )


async def _late(asked: Asked, member: Member, now: datetime) -> shown.Late:
    """What is late stands first, and on no day; days that are over show it where it was due."""
    found = await agenda.overdue(Act(member, now), whose=asked.whose, limit=SHOWN_LATE)
    count = OverdueCount(len(found.entries), len({entry.number for entry in found.entries}))
    if found.next_after:
        count = await agenda.count_overdue(Act(member, now), whose=asked.whose)
    return shown.late(asked, found, count, reader=member.id, now=now)


async def _list(here: Here, asked: Asked, found: AgendaPage, sentences: tuple[str, ...]) -> Response[bytes]:
    """All of one day, or all that is late, a hundred on a page."""
    today = dates.local_day(here.now)
    return await here.render(
        "agenda/list.html",
        head=shown.head(asked, today=today),
        marks=sentences,
        entries=shown.entries(found.entries, reader=here.member.id, now=here.now),
        first_href=written(asked, today=today) if asked.after else "",
        next_href=written(asked, today=today, after=found.next_after) if found.next_after else "",
    )


async def _marks(days: Sequence[date], edges: Sequence[datetime]) -> list[Marks]:
    return marks(
        days,
        edges,
        team=await teams.find(),
        closed=[one.day for one in await closed_days.every()],
        absences=await absences.absences_ahead(now=edges[0], until=edges[-1]),
        watches=await absences.watches(begin=edges[0], end=edges[-1]),
        names={one.id: one.name for one in await members.everyone()},
    )


routes = (show,)
