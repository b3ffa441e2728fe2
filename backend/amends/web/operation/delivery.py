"""Settings: places where the team is nudged, and nudges that could not be delivered."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from amends.rules.vocabulary import Role
from amends.services.nudge import nudges, targets
from amends.services.operation import health
from amends.services.team.members import Member
from amends.web import dates
from amends.web.nudge import target_form
from amends.web.page_kit import NOTHING_TYPED, Here, Typed
from amends.web.security import Policy

PAGE = "/settings/delivery"


async def page(here: Here, *, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    """The page, with what was typed into the form of a place and refused."""
    seen_at = await health.worker_seen_at()
    return await here.render(
        "settings/delivery.html",
        status=typed.status,
        targets=target_form.rows(await targets.of_team(), now=here.now),
        told_of=await targets.new_cases_of_team(),
        new_cases=target_form.new_cases(),
        dead=[letter for letter in await nudges.dead() if _may_see(here.member, letter)],
        worker=dates.moment(seen_at, now=here.now) if seen_at else None,
        worker_late=health.is_late(seen_at, now=here.now),
        typed=typed.values,
        error=typed.detail,
        wrong=typed.errors,
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Where the team is nudged, and what did not arrive."""
    return await page(here)


def _may_see(me: Member, letter: nudges.DeadLetter) -> bool:
    return letter.member == me.id or me.role.reaches(Role.LEAD)


routes = (show,)
