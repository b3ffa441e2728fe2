"""Today: what needs somebody today."""

from litestar import Response, get
from litestar.di import NamedDependency

from amends.rules.vocabulary import Role
from amends.services.capture import feeds
from amends.services.case import erasures_ahead
from amends.services.case.erasures_ahead import Ahead
from amends.services.case.legal_hold_checks import Hold
from amends.services.desk import (
    concerns,
    first_steps,
    incidents,
    today,
    watched_places,
    watches,
    waves,
    week,
)
from amends.services.follow_up import questions
from amends.services.insight import capacity
from amends.services.insight.capacity import Shortage
from amends.services.nudge import wave_words
from amends.services.operation import mailboxes
from amends.services.operation.backups import schedule
from amends.services.person import legal_holds
from amends.services.workflow import outgoing_mails
from amends.web import dates
from amends.web.desk import cards_view, questions_view, today_view, watched_places_view
from amends.web.page_frame import frame
from amends.web.page_kit import Here
from amends.web.security import Policy

MOST_PLACES = 4
"""Places to visit that Today shows; it links to the others."""


@get("/", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The lanes of the team's cases, or of the member's own, after the first steps until those are done."""
    mine = here.query.get("who") == "mine"
    found = await today.lanes(here.act, mine=mine)
    figures = await week.so_far(here.act)
    asked = await questions.asked_of(here.member)
    short = await _short(here)
    visits = await watched_places.due_for(here.member.id, now=here.now)
    board = today_view.board(found, figures, reader=here.member.id, mine=mine, now=here.now)
    return await here.render(
        "today/_fragment.html" if here.wants_fragment else "today/index.html",
        frame=await frame(here.member, now=here.now, counts=today.Summary(found.overdue, found.due)),
        board=board,
        watched=cards_view.shown(await watches.changed(here.member), reader=here.member.id, now=here.now),
        mine=mine,
        today_words=dates.week_day(dates.local_day(here.now)),
        questions=questions_view.on_today(asked, now=here.now),
        more_questions=await questions.more_asked_of(here.member, asked),
        waves=await _waves(),
        incidents=await incidents.going_on(),
        concerns=await concerns.how_many_asked(),
        proposals=await feeds.how_many_wait(),
        mailbox=await _mailbox(here),
        undelivered=await outgoing_mails.undelivered(here.member),
        sending_fails=here.member.role is Role.ADMIN and await outgoing_mails.is_in_trouble(),
        places=[
            watched_places_view.place(one, reader=here.member.id, today=visits.today, now=here.now)
            for one in visits.places[:MOST_PLACES]
        ],
        more_places=len(visits.places[MOST_PLACES:]),
        backups=await _backups(here),
        holds=await _holds(here),
        short=short,
        short_at=dates.moment(short.noted_at, now=here.now) if short else None,
        ahead=await _ahead(here),
        steps=await first_steps.of(here.member.id, now=here.now),
    )


async def _backups(here: Here) -> str:
    """What admins must know of the backups: failing, overdue or never; nothing where they are in order."""
    if here.member.role is not Role.ADMIN:
        return ""
    return (await schedule.standing(now=here.now, most=3)).trouble


async def _mailbox(here: Here) -> bool:
    """Whether admins must know that no mail comes in."""
    return here.member.role is Role.ADMIN and await mailboxes.is_in_trouble()


async def _holds(here: Here) -> list[Hold]:
    """The legal holds whose review has come; leads look at them."""
    if not here.member.role.reaches(Role.LEAD):
        return []
    return await legal_holds.due(today=dates.local_day(here.now))


async def _short(here: Here) -> Shortage | None:
    """More hours owed than there are, for leads, who decide what is left in silence; else None (P10)."""
    if not here.member.role.reaches(Role.LEAD):
        return None
    return await capacity.noted_shortage(now=here.now)


async def _ahead(here: Here) -> Ahead:
    """The cases that are erased unless a lead keeps them, for leads."""
    return await erasures_ahead.ahead() if here.member.role.reaches(Role.LEAD) else Ahead()


async def _waves() -> list[str]:
    """What more people than usual write about now, in a word each."""
    return [wave_words.about(one.scope, one.theme) for one in (await waves.current())[:3]]


routes = (show,)
