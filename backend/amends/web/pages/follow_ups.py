"""How are promises and reminders written down and settled, and how does what we owe get another date?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import Repeats
from amends.services import follow_ups
from amends.services.members import Member
from amends.web import forms
from amends.web.pages.attempts import attempt
from amends.web.pages.cases import to_case
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
    """Another date, and why."""

    due_at: datetime
    reason: str = ""


@post("/cases/{number:int}/promises", opt={"policy": Policy.SIGNED_IN})
async def promise(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Writes a promise down."""

    async def write_down() -> str:
        form = await forms.decode(request, PromiseForm)
        await follow_ups.promise(number, words=form.words, due_at=form.due_at, by=member, now=now)
        return "promised"

    return await attempt(request, number, write_down, form="promise", member=member, now=now)


@post("/follow-ups/{follow_up_id:uuid}/keep", opt={"policy": Policy.SIGNED_IN})
async def keep(
    follow_up_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """A promise was kept."""
    return to_case(await follow_ups.keep(follow_up_id, by=member, now=now), "kept")


@post("/follow-ups/{follow_up_id:uuid}/break", opt={"policy": Policy.SIGNED_IN})
async def break_promise(
    follow_up_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """A promise cannot be kept any more."""
    return to_case(await follow_ups.break_promise(follow_up_id, by=member, now=now), "broken")


@post("/cases/{number:int}/reminders", opt={"policy": Policy.SIGNED_IN})
async def remind(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Sets a reminder for oneself or somebody else."""

    async def set_it() -> str:
        form = await forms.decode(request, ReminderForm)
        await follow_ups.remind(
            number,
            words=form.words,
            due_at=form.due_at,
            owner=form.owner,
            repeats=form.repeats,
            by=member,
            now=now,
        )
        return "reminded"

    return await attempt(request, number, set_it, form="reminder", member=member, now=now)


@post("/follow-ups/{follow_up_id:uuid}/tick", opt={"policy": Policy.SIGNED_IN})
async def tick(
    follow_up_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """What a reminder was about is done."""
    return to_case(await follow_ups.tick(follow_up_id, by=member, now=now), "ticked")


@post("/follow-ups/{follow_up_id:uuid}/forget", opt={"policy": Policy.SIGNED_IN})
async def forget(
    follow_up_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """Nobody wants a reminder any more."""
    return to_case(await follow_ups.forget(follow_up_id, by=member, now=now), "removed")


@post("/follow-ups/{follow_up_id:uuid}/date", opt={"policy": Policy.SIGNED_IN})
async def reschedule(
    request: Request[Any, Any, Any],
    follow_up_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Another date for what we owe."""
    form = await forms.decode(request, DateForm)
    number = await follow_ups.reschedule(
        follow_up_id, due_at=form.due_at, reason=form.reason, by=member, now=now
    )
    return to_case(number, "rescheduled")


routes = (promise, keep, break_promise, remind, tick, forget, reschedule)
