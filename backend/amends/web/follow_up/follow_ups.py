"""Promises, reminders, and other dates for follow-ups."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.vocabulary import Repeats
from amends.services.follow_up import agenda, follow_ups
from amends.web import dates
from amends.web.follow_up import agenda_view as shown
from amends.web.follow_up.agenda_addresses import back
from amends.web.page_kit import (
    NOTHING_TYPED,
    Here,
    Typed,
    answered_once,
    case_form,
    submit_or_redisplay,
    to_case,
)
from amends.web.security import Policy


class PromiseForm(msgspec.Struct):
    """What we said we would do, and by when."""

    words: str
    due_at: datetime


class ReminderForm(msgspec.Struct):
    """What a member wants to be reminded of, when, who, and how often."""

    words: str
    due_at: datetime
    owner: UUID
    repeats: Repeats | None = None


class DateForm(msgspec.Struct):
    """Another date, and why; the generation that the member saw; the page of the agenda they come from."""

    due_at: datetime
    reason: str = ""
    generation: int | None = None
    back: str = ""


@post("/cases/{number:int}/promises", opt={"policy": Policy.SIGNED_IN})
@case_form("promise")
async def promise(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Writes a promise down."""

    form = await here.form(PromiseForm)
    await follow_ups.promise(here.act, number, words=form.words, due_at=form.due_at)
    return to_case(number, "promised")


@post("/follow-ups/{follow_up_id:uuid}/keep", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def keep(here: NamedDependency[Here], follow_up_id: FromPath[UUID]) -> Response[Any]:
    """A promise was kept."""
    return to_case(await follow_ups.keep(here.act, follow_up_id), "kept")


@post("/follow-ups/{follow_up_id:uuid}/break", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def break_promise(here: NamedDependency[Here], follow_up_id: FromPath[UUID]) -> Response[Any]:
    """A promise cannot be kept any more."""
    return to_case(await follow_ups.break_promise(here.act, follow_up_id), "broken")


@post("/cases/{number:int}/reminders", opt={"policy": Policy.SIGNED_IN})
@case_form("reminder")
async def remind(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Sets a reminder for oneself or somebody else."""

    form = await here.form(ReminderForm)
    await follow_ups.remind(
        here.act, number, words=form.words, due_at=form.due_at, owner=form.owner, repeats=form.repeats
    )
    return to_case(number, "reminded")


@post("/follow-ups/{follow_up_id:uuid}/tick", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def tick(here: NamedDependency[Here], follow_up_id: FromPath[UUID]) -> Response[Any]:
    """What a reminder was about is done."""
    return to_case(await follow_ups.tick(here.act, follow_up_id), "ticked")


@post("/follow-ups/{follow_up_id:uuid}/forget", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def forget(here: NamedDependency[Here], follow_up_id: FromPath[UUID]) -> Response[Any]:
    """Nobody wants a reminder any more."""
    return to_case(await follow_ups.forget(here.act, follow_up_id), "removed")


async def _date_page(here: Here, *, follow_up_id: UUID, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The page with the date that counts now, and with what was typed where it was refused."""
    [entry] = shown.entries(
        [await agenda.find(follow_up_id, by=here.member)], reader=here.member.id, now=here.now
    )
    if not entry.moved_by:
        raise follow_ups.promise_keeps_its_date()
    came_from = (typed.values or here.query).get("back", "")
    page = await here.render(
        "follow_ups/date.html",
        status=typed.status,
        entry=entry,
        back=back(came_from, today=dates.local_day(here.now)) if came_from else "",
        zone=here.member.zone,
        typed={"due_at": f"{entry.day}T{entry.clock}", "reason": "", **typed.values},
        error=typed.detail,
        wrong=typed.errors,
    )
    if here.wants_fragment:  # sent from the page of the case, of which this is no part
        page.headers["hx-retarget"] = "body"
    return page


@get("/follow-ups/{follow_up_id:uuid}/date", opt={"policy": Policy.WORK})
async def choose_date(here: NamedDependency[Here], follow_up_id: FromPath[UUID]) -> Response[bytes]:
    """The form for another date. Raises FollowUpUnknown, PromiseKeepsItsDate."""
    return await _date_page(here, follow_up_id=follow_up_id)


@post("/follow-ups/{follow_up_id:uuid}/date", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_date_page)
async def reschedule(here: NamedDependency[Here], follow_up_id: FromPath[UUID]) -> Response[Any]:
    """Another date for what we owe; then back to the agenda, or to the case."""
    form = await here.form(DateForm)
    number = await follow_ups.reschedule(
        here.act, follow_up_id, due_at=form.due_at, reason=form.reason, generation=form.generation
    )
    if not form.back:
        return to_case(number, "rescheduled")
    address = back(form.back, today=dates.local_day(here.now), notice="rescheduled")
    return Redirect(f"{address}#due-{follow_up_id}", status_code=303)


routes = (promise, keep, break_promise, remind, tick, forget, choose_date, reschedule)
