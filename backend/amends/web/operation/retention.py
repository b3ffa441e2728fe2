"""Retention: the settings with what would go, the list of cases whose period is over, one that is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.operation.retention import PERIODS, Plan
from amends.services.case import access, erasures_ahead
from amends.services.operation.retention import commands, listing, plan, reading
from amends.web import dates
from amends.web.confirmation import confirmed
from amends.web.operation import retention_view as shown
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/retention"
LIST = "/retention"
OF_CASE = "/cases/{number:int}/retention"
NUMBERS = (*PERIODS, "notice_days")


class PlanForm(msgspec.Struct, kw_only=True):
    """Months of each period, 0 for ever; days of notice; whether cases go."""

    ended: int
    silence: int
    refused: int
    threat: int
    drafts: int
    notice_days: int
    is_on: bool = False


class KeepForm(msgspec.Struct):
    """Until when a case is kept, and why."""

    reason: str = ""
    until: date | None = None


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The periods of the address, else those that were saved or are proposed; and what would go by them."""
    standing = await plan.standing()
    values = typed.values or {name: here.query[name] for name in NUMBERS if name in here.query}
    looked_at = _read(values, standing)
    wrong = typed.errors or commands.wrong_in(looked_at)
    counts = {} if wrong else await listing.counts(looked_at, now=here.now)
    return await here.render(
        "settings/retention.html",
        status=typed.status,
        standing=standing,
        periods=shown.periods(shown.values(looked_at)),
        numbers=shown.values(looked_at),
        is_changed=msgspec.structs.replace(looked_at, is_on=standing.is_on) != standing,
        counts=shown.counts(looked_at, counts),
        drafts=0 if wrong else await listing.count_drafts(looked_at, now=here.now),
        ahead=await _ahead(),
        error=typed.problem,
        wrong=wrong,
    )


def _read(values: Mapping[str, str], standing: Plan) -> Plan:
    """The numbers of an address; what is no number is refused as one that nobody may choose."""
    numbers = {name: _number(one, -1) for name, one in values.items() if name in NUMBERS}
    return msgspec.structs.replace(standing, **numbers)


def _number(text: str, none: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else none


async def _ahead() -> tuple[int, str]:
    found = await erasures_ahead.ahead()
    return found.count, dates.first_day(found.first) if found.first else ""


@get(PAGE, opt={"policy": Policy.ADMIN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The periods, and what would go; nothing is changed."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(page)
async def change(here: NamedDependency[Here]) -> Response[Any]:
    """Other periods, switched on or off; the worker lists within the hour."""
    form = await here.form(PlanForm)
    await commands.change(here.act, Plan(**msgspec.structs.asdict(form)))
    return saved(PAGE)


@get(LIST, opt={"policy": Policy.LEAD})
async def show_list(here: NamedDependency[Here]) -> Response[bytes]:
    """The cases whose period is over: on notice, kept longer, under legal hold."""
    standing, after = await plan.standing(), here.query.get("after", "")
    found, more = await reading.on_notice(after=_number(after))
    return await here.render(
        "retention/index.html",
        standing=standing,
        ahead=await _ahead(),
        on_notice=[shown.line(one) for one in found],
        more=more,
        is_first=not after,
        kept=[shown.line(one) for one in await reading.kept()],
        held=shown.held(await reading.held_back(now=here.now)) if standing.is_on else (),
    )


async def case_page(here: Here, *, number: int, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """One case on the list, with the form that keeps it longer."""
    case = await access.find(number, by=here.member)
    listed = await reading.of_case(case.number)
    return await here.render(
        "retention/case.html",
        status=typed.status,
        number=case.number,
        listed=shown.line(listed) if listed else None,
        first_day=dates.local_day(here.now).isoformat(),
        typed=typed,
    )


@get(OF_CASE, opt={"policy": Policy.LEAD})
async def show_case(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """When a case is erased, or until when it is kept."""
    return await case_page(here, number=number)


@post(OF_CASE, status_code=303, opt={"policy": Policy.LEAD})
@submit_or_redisplay(case_page, "keep")
async def keep(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The case stays until a day."""
    form = await here.form(KeepForm)
    await commands.keep(here.act, number, reason=form.reason, until=form.until)
    return Redirect(f"{LIST}?notice=kept-longer", status_code=303)


@post(f"{OF_CASE}/end", status_code=303, opt={"policy": Policy.LEAD})
@submit_or_redisplay(case_page, "end")
async def keep_no_longer(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The case is treated as any other again."""
    await commands.keep_no_longer(here.act, number)
    return Redirect(f"{LIST}?notice=kept-no-longer", status_code=303)


routes = (show, change, show_list, show_case, keep, keep_no_longer)
