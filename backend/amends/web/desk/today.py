"""What needs somebody today?"""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from amends.services.desk import today, watches
from amends.services.nudge import targets
from amends.services.team import browsers
from amends.services.team.members import Member
from amends.web import dates
from amends.web.desk import cards_view, today_view
from amends.web.page_frame import frame
from amends.web.security import Policy
from amends.web.templating import render, wants_fragment


class FirstSteps(msgspec.Struct, frozen=True):
    """Which of the first three steps have been taken."""

    paired: bool
    captured: bool
    nudged: bool


@get("/", opt={"policy": Policy.SIGNED_IN})
async def show(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The lanes of the team's cases, or of the member's own; the first steps while there is no case."""
    mine = request.query_params.get("who") == "mine"
    found = await today.lanes(member, now=now, mine=mine)
    board = today_view.board(found, reader=member.id, mine=mine, now=now)
    return await render(
        request,
        "today/_fragment.html" if wants_fragment(request) else "today/index.html",
        frame=await frame(member, now=now, counts=today.Summary(found.overdue, found.due)),
        board=board,
        watched=cards_view.shown(await watches.changed(member), reader=member.id, now=now),
        mine=mine,
        today_words=dates.day(dates.local_day(now)),
        steps=await _first_steps(member, now=now) if board.first_run else None,
    )


async def _first_steps(member: Member, *, now: datetime) -> FirstSteps:
    reached = [*await targets.of_member(member.id), *await targets.of_team()]
    return FirstSteps(
        paired=bool(await browsers.of_member(member.id, now=now)),
        captured=False,
        nudged=any(target.succeeded_at for target in reached),
    )


routes = (show,)
