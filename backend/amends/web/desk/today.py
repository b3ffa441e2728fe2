"""Today: what needs somebody today."""

from datetime import datetime

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from amends.services.desk import today, watches, week
from amends.services.follow_up import questions
from amends.services.nudge import targets
from amends.services.team import browsers
from amends.services.team.members import Member
from amends.web import dates
from amends.web.desk import cards_view, questions_view, today_view
from amends.web.page_frame import frame
from amends.web.page_kit import Here
from amends.web.security import Policy


class FirstSteps(msgspec.Struct, frozen=True):
    """Which of the first three steps have been taken."""

    paired: bool
    captured: bool
    nudged: bool


@get("/", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The lanes of the team's cases, or of the member's own; the first steps while there is no case."""
    mine = here.query.get("who") == "mine"
    found = await today.lanes(here.act, mine=mine)
    figures = await week.so_far(here.act)
    board = today_view.board(found, figures, reader=here.member.id, mine=mine, now=here.now)
    return await here.render(
        "today/_fragment.html" if here.wants_fragment else "today/index.html",
        frame=await frame(here.member, now=here.now, counts=today.Summary(found.overdue, found.due)),
        board=board,
        watched=cards_view.shown(await watches.changed(here.member), reader=here.member.id, now=here.now),
        mine=mine,
        today_words=dates.week_day(dates.local_day(here.now)),
        questions=questions_view.on_today(await questions.asked_of(here.member), now=here.now),
        steps=await _first_steps(here.member, now=here.now) if board.first_run else None,
    )


async def _first_steps(member: Member, *, now: datetime) -> FirstSteps:
    reached = [*await targets.of_member(member.id), *await targets.of_team()]
    return FirstSteps(
        paired=bool(await browsers.of_member(member.id, now=now)),
        captured=False,
        nudged=any(target.succeeded_at for target in reached),
    )


routes = (show,)
