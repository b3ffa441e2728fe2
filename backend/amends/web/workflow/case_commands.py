"""Forms of a case: owner, watch, severity, location, facts, snooze."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.vocabulary import CustomerStatus, Nature, Severity
from amends.services.desk import watches
from amends.services.workflow import case_commands, case_facts, case_locations, public_endings, severities
from amends.web.page_kit import Here, case_form, to_case
from amends.web.security import Policy


class OwnerForm(msgspec.Struct):
    """The new owner; nobody is the pool."""

    owner: UUID | None = None
    note: str = ""
    version: int | None = None


class WatchForm(msgspec.Struct):
    """Whether to keep an eye on it."""

    watch: bool


class SeverityForm(msgspec.Struct):
    """How bad it is; less bad than before, whether the dates may come later."""

    severity: Severity
    later: bool = False
    version: int | None = None


class LocationForm(msgspec.Struct):
    """The shop or brand that the case belongs to, or none."""

    location: UUID | None = None
    version: int | None = None


class FactsForm(msgspec.Struct):
    """What the case is about, as it should have been said."""

    nature: Nature | None = None
    customer_status: CustomerStatus = CustomerStatus.UNKNOWN
    fault: Literal["ours", "shared", "theirs", "nobodys", "unclear"] | None = None
    version: int | None = None


class SkipForm(msgspec.Struct):
    """Why no public ending is written."""

    reason: str = ""


class SnoozeForm(msgspec.Struct):
    """Until when: one of the buttons, or a moment that was typed."""

    until: datetime | None = None
    at: datetime | None = None
    wake_on_reply: bool = False
    reason: str = ""
    beside_message: bool = False
    version: int | None = None


class WakeForm(msgspec.Struct):
    """What the member saw who wakes the case."""

    version: int | None = None


class NoWakeDate(Invalid):
    """Choose until when."""


@post("/cases/{number:int}/owner", opt={"policy": Policy.SIGNED_IN})
@case_form("owner")
async def assign(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Gives the case to a member, or back to the pool."""

    form = await here.form(OwnerForm)
    await case_commands.assign(here.act, number, owner=form.owner, note=form.note, version=form.version)
    return to_case(number, "assigned")


@post("/cases/{number:int}/take-off", opt={"policy": Policy.SIGNED_IN})
@case_form("owner")
async def take_off(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The owner no longer answers for it; nobody asks why."""

    await case_commands.take_off(here.act, number)
    return to_case(number, "taken-off")


@post("/cases/{number:int}/watch", opt={"policy": Policy.SIGNED_IN})
@case_form("watch")
async def watch(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps an eye on the case, or no longer."""

    form = await here.form(WatchForm)
    if form.watch:
        await watches.begin(here.act, number)
    else:
        await watches.end(number, by=here.member)
    return to_case(number, "saved")


@post("/cases/{number:int}/severity", opt={"policy": Policy.SIGNED_IN})
@case_form("severity")
async def weigh(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Weighs the case anew."""

    form = await here.form(SeverityForm)
    await severities.weigh(here.act, number, severity=form.severity, later=form.later, version=form.version)
    return to_case(number, "severity")


@post("/cases/{number:int}/location", opt={"policy": Policy.SIGNED_IN})
@case_form("location")
async def locate(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Gives the case to a location, or to none."""

    form = await here.form(LocationForm)
    await case_locations.locate(here.act, number, form.location, version=form.version)
    return to_case(number, "located")


@post("/cases/{number:int}/facts", opt={"policy": Policy.SIGNED_IN})
@case_form("facts")
async def correct(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Puts right what was said of the case."""

    form = await here.form(FactsForm)
    facts = case_facts.CaseFacts(nature=form.nature, customer_status=form.customer_status, fault=form.fault)
    await case_facts.correct(here.act, number, facts, version=form.version)
    return to_case(number, "facts")


@post("/cases/{number:int}/snooze", opt={"policy": Policy.SIGNED_IN})
@case_form("snooze")
async def snooze(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Lets the case sleep until a moment on the reader's clock."""

    form = await here.form(SnoozeForm)
    until = form.until or form.at
    if until is None:
        raise NoWakeDate(fields={"at": _("Choose until when.")})
    await case_commands.snooze(
        here.act,
        number,
        until=until,
        wake_on_reply=form.wake_on_reply,
        reason=form.reason,
        beside_message=form.beside_message,
        version=form.version,
    )
    return to_case(number, "snoozed")


@post("/cases/{number:int}/wake", opt={"policy": Policy.SIGNED_IN})
@case_form("snooze")
async def wake(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Wakes the case now."""

    await case_commands.wake(here.act, number, version=(await here.form(WakeForm)).version)
    return to_case(number, "woken")


@post("/cases/{number:int}/public-ending/skip", opt={"policy": Policy.SIGNED_IN})
@case_form("public-ending")
async def skip_public_ending(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Readers under the post are not told how it ended."""
    await public_endings.skip(here.act, number, (await here.form(SkipForm)).reason)
    return to_case(number, "skipped")


routes = (skip_public_ending, assign, take_off, watch, weigh, locate, correct, snooze, wake)
