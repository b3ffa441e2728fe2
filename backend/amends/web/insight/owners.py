"""Insights by owner: oneself; for leads the owners, where they are switched on, and who bears much abuse."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from amends.rules.insight.owners import ABUSE, ABUSE_DAYS, LEAST_CASES, LEAST_MEMBERS
from amends.rules.insight.periods import Period, named
from amends.services.insight import owners, reports
from amends.web import dates
from amends.web.insight.figures_view import owner_rows
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy

PAGE = "/insights/owners"


class SwitchForm(msgspec.Struct):
    """Whether figures by owner are shown to leads."""

    shown: bool = False


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The last twelve weeks."""
    period = await _period(here)
    seen = await owners.seen_by(here.member, period, now=here.now)
    return await here.render(
        "insights/owners.html",
        period=dates.days(period.first, period.last),
        seen=seen,
        switched_at=dates.moment(seen.switched.at, now=here.now) if seen.switched else None,
        mine=owner_rows([seen.mine] if seen.mine else []),
        rows=owner_rows(seen.owners),
        least_cases=LEAST_CASES,
        least_members=LEAST_MEMBERS,
        abuse=ABUSE,
        abuse_days=ABUSE_DAYS,
    )


@post(f"{PAGE}/switch", opt={"policy": Policy.LEAD})
@answered_once
async def switch(here: NamedDependency[Here]) -> Response[Any]:
    """Switches figures by owner on or off for all leads."""
    form = await here.form(SwitchForm)
    await owners.switch(here.act, on=form.shown)
    return Redirect(f"{PAGE}?notice=saved", status_code=303)


async def _period(here: Here) -> Period:
    return named(await reports.today(here.now))["12w"]


routes = (show, switch)
