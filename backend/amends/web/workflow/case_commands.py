"""Who answers for a case, how bad is it, and until when may it sleep?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.vocabulary import Severity
from amends.services.desk import watches
from amends.services.team.members import Member
from amends.services.workflow import case_commands
from amends.web import forms
from amends.web.security import Policy
from amends.web.workflow.case_form import attempt


class OwnerForm(msgspec.Struct):
    """The new owner; nobody is the pool."""

    owner: UUID | None = None
    note: str = ""


class WatchForm(msgspec.Struct):
    """Whether to keep an eye on it."""

    watch: bool


class SeverityForm(msgspec.Struct):
    """How bad it is."""

    severity: Severity


class SnoozeForm(msgspec.Struct):
    """Until when: one of the buttons, or a moment that was typed."""

    until: datetime | None = None
    at: datetime | None = None
    wake_on_reply: bool = False
    reason: str = ""


class NoWakeDate(Invalid):
    """Choose until when."""


@post("/cases/{number:int}/owner", opt={"policy": Policy.SIGNED_IN})
async def assign(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Gives the case to a member, or back to the pool."""

    async def hand_over() -> str:
        form = await forms.decode(request, OwnerForm)
        await case_commands.assign(number, owner=form.owner, note=form.note, by=member, now=now)
        return "assigned"

    return await attempt(request, number, hand_over, form="owner", member=member, now=now)


@post("/cases/{number:int}/take-off", opt={"policy": Policy.SIGNED_IN})
async def take_off(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """The owner no longer answers for it; nobody asks why."""

    async def leave() -> str:
        await case_commands.take_off(number, by=member, now=now)
        return "taken-off"

    return await attempt(request, number, leave, form="owner", member=member, now=now)


@post("/cases/{number:int}/watch", opt={"policy": Policy.SIGNED_IN})
async def watch(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Keeps an eye on the case, or no longer."""

    async def look() -> str:
        form = await forms.decode(request, WatchForm)
        if form.watch:
            await watches.begin(number, by=member, now=now)
        else:
            await watches.end(number, by=member)
        return "saved"

    return await attempt(request, number, look, form="watch", member=member, now=now)


@post("/cases/{number:int}/severity", opt={"policy": Policy.SIGNED_IN})
async def weigh(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Weighs the case anew."""

    async def set_it() -> str:
        form = await forms.decode(request, SeverityForm)
        await case_commands.set_severity(number, severity=form.severity, by=member, now=now)
        return "severity"

    return await attempt(request, number, set_it, form="severity", member=member, now=now)


@post("/cases/{number:int}/snooze", opt={"policy": Policy.SIGNED_IN})
async def snooze(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Lets the case sleep until a moment on the reader's clock."""

    async def let_sleep() -> str:
        form = await forms.decode(request, SnoozeForm)
        until = form.until or form.at
        if until is None:
            raise NoWakeDate(fields={"at": _("Choose until when.")})
        await case_commands.snooze(
            number,
            until=until,
            wake_on_reply=form.wake_on_reply,
            reason=form.reason,
            by=member,
            now=now,
        )
        return "snoozed"

    return await attempt(request, number, let_sleep, form="snooze", member=member, now=now)


@post("/cases/{number:int}/wake", opt={"policy": Policy.SIGNED_IN})
async def wake(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Wakes the case now."""

    async def end_snooze() -> str:
        await case_commands.wake(number, by=member, now=now)
        return "woken"

    return await attempt(request, number, end_snooze, form="snooze", member=member, now=now)


routes = (assign, take_off, watch, weigh, snooze, wake)
