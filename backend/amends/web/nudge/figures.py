"""Figures of nudges and promises."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.nudge import figures as rules
from amends.rules.nudge.proposals import PERIODS
from amends.rules.vocabulary import Role
from amends.services.follow_up import promises
from amends.services.nudge import figures, proposals
from amends.web import dates
from amends.web.nudge import figures_view as shown
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy

PAGE = "/settings/figures"
DAYS = {str(period.days): period for period in PERIODS}


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """What came of the nudges of 30 or 90 days by kind, and of the promises; the longer times that follow."""
    period = DAYS.get(here.query.get("days", ""), PERIODS[0])
    told = await figures.told(now=here.now)
    is_cut = len(told) == figures.MOST
    found = await proposals.standing(now=here.now, told=told)
    promised = await promises.record(since=here.now - period, now=here.now)
    return await here.render(
        "settings/figures.html",
        rows=shown.rows(rules.by_kind(told, since=here.now - period, now=here.now)),
        days=period.days,
        periods=[each.days for each in PERIODS],
        begins=dates.moment(min(one.sent_at for one in told), now=here.now) if is_cut else None,
        promises=promised,
        kept=shown.kept(promised),
        proposals=[shown.proposal(one) for one in found],
        is_admin=here.member.role is Role.ADMIN,
    )


@post(f"{PAGE}/{{kind:str}}/dismiss", status_code=303, opt={"policy": Policy.ADMIN})
@answered_once
async def dismiss(here: NamedDependency[Here], kind: FromPath[str]) -> Redirect:
    """The times of this kind stay, and nobody is asked about them for a while."""
    await proposals.dismiss(here.act, kind)
    return Redirect(f"{PAGE}?notice=dismissed", status_code=303)


routes = (show, dismiss)
