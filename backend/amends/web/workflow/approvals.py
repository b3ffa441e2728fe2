"""Approval queue: reading, approving and rejecting drafts."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.workflow.move_input import MoveInput
from amends.services.follow_up import remedies
from amends.services.reply import approvals
from amends.services.reply.approvals import DraftQueue, DraftWaiting
from amends.services.team.members import Act, Member
from amends.services.workflow import answers, moves
from amends.web import dates
from amends.web.case import titles
from amends.web.follow_up import remedies_view as remedy_lines
from amends.web.follow_up.remedies import decided
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, submit_or_redisplay
from amends.web.reply.answers_view import ReadingPage, reading_page
from amends.web.security import Policy

PAGE = "/approvals"


class ReadForm(msgspec.Struct):
    """What is said of a draft, and which version of its case was seen."""

    text: str | None = None
    reason: str | None = None
    version: int | None = None


class WaitingShown(msgspec.Struct, frozen=True, kw_only=True):
    """One more draft that waits, as a line."""

    href: str
    number: int
    title: str
    who: str
    due: dates.Moment
    late: bool


async def _page(here: Here, *, number: int | None = None, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """What was typed stands beside the draft that it is about, if that still waits."""
    queue, asked = await approvals.queue(here.act), await remedies.asked(by=here.member)
    top = next((one for one in queue.mine if one.number == number), next(iter(queue.mine), None))
    beside = Typed(problem=typed.detail if number else typed.problem)
    about_top = typed if top is not None and top.number == number else beside
    return await here.render(
        "approvals/index.html",
        status=typed.status,
        reading=await _reading(top, member=here.member, now=here.now),
        after=[_shown(one, here.now) for one in queue.mine if one != top],
        own=_own(queue, here.now),
        remedies=remedy_lines.asked(asked, typed, reader=here.member, now=here.now),
        form=about_top.form,
        typed=about_top.values,
        wrong=about_top.errors,
        problem=about_top.problem,
    )


@get(PAGE, opt={"policy": Policy.WORK})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The draft that is due next, with its post, and those after it; `?case=` brings another to the top."""
    asked = here.query.get("case", "")
    return await _page(here, number=int(asked) if asked.isdecimal() and len(asked) < 10 else None)


@post(f"{PAGE}/{{number:int}}/approve", status_code=303, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "approve")
async def approve(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Approves a draft as it is, or with other words."""
    return await _decide(here, number, "approve")


@post(f"{PAGE}/{{number:int}}/reject", status_code=303, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "reject")
async def reject(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Sends a draft back with a note."""
    return await _decide(here, number, "reject")


async def _after_remedy(here: Here, *, remedy_id: UUID, typed: Typed) -> Response[bytes]:
    """What was typed stands at the remedy that it is about."""
    return await _page(here, typed=typed)


@post(f"{PAGE}/remedies/{{remedy_id:uuid}}", status_code=303, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_after_remedy)
async def decide_remedy(here: NamedDependency[Here], remedy_id: FromPath[UUID]) -> Response[Any]:
    """A lead agrees to a remedy that costs more than the ceiling, or does not."""
    return Redirect(f"{PAGE}?notice={await decided(here, remedy_id)}", status_code=303)


async def _decide(here: Here, number: int, move: str) -> Response[Any]:
    form = await here.form(ReadForm)
    given = MoveInput(text=form.text, reason=form.reason)
    await moves.make(here.act, number, move, given, version=form.version)
    notice = "approved" if move == "approve" else "rejected"
    return Redirect(f"{PAGE}?notice={notice}", status_code=303)


async def _reading(top: DraftWaiting | None, *, member: Member, now: datetime) -> ReadingPage | None:
    if top is None:
        return None
    return reading_page(await answers.read(Act(member, now), top.number), now=now)


def _own(queue: DraftQueue, now: datetime) -> list[WaitingShown]:
    return [_shown(one, now, own=True) for one in queue.theirs]


def _shown(one: DraftWaiting, now: datetime, *, own: bool = False) -> WaitingShown:
    return WaitingShown(
        href=f"/cases/{one.number}" if own else f"{PAGE}?case={one.number}",
        number=one.number,
        title=titles.title(one.title, one.nature),
        who=one.reader if own else one.drafter,
        due=dates.moment(one.due_at, now=now),
        late=one.due_at < now,
    )


routes = (index, approve, reject, decide_remedy)
