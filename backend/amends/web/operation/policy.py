"""Settings: the team's times, and what a change would move."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from amends.errors import AmendsError
from amends.rules.nudge.proposals import Proposal, with_more_time
from amends.rules.team.policies import PRESETS, Policy
from amends.rules.vocabulary import Role
from amends.services.follow_up import policy_changes
from amends.services.follow_up.policy_changes import Shift
from amends.services.nudge import proposals
from amends.services.team import policies
from amends.services.team.policies import Standing
from amends.web import dates, security
from amends.web.dates import Moment
from amends.web.labels import label
from amends.web.nudge import figures_view
from amends.web.operation import policy_form
from amends.web.page_kit import Here, answered_once
from amends.web.team import team_form
from amends.web.team.labels import terms

PAGE = "/settings/policy"


class Adoption(msgspec.Struct, kw_only=True):
    """Which version was seen, and whether what is owed already moves."""

    version: int
    move: bool = False


class ShiftShown(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up that would move, ready to show."""

    number: int
    kind: str
    before: Moment
    after: Moment


@get(PAGE, opt={"policy": security.Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The times that count, and where longer ones are proposed.

    An admin's form begins with those of a `preset`, or with the longer ones that are proposed for a kind
    (`widen`), where these are asked for.
    """
    standing, found = await policies.standing(), await proposals.standing(now=here.now)
    asked = here.query if here.member.role is Role.ADMIN else {}
    chosen = PRESETS.get(asked.get("preset", ""), standing.policy)
    widened = [one for one in found if one.kind == asked.get("widen")]
    if widened:
        chosen = with_more_time(standing.policy, widened)
    return await page(
        here,
        standing,
        typed=policy_form.typed_of(chosen),
        chosen=chosen.name,
        proposed=[one for one in found if one not in widened],
        widened=widened,
    )


@post(f"{PAGE}/preview", opt={"policy": security.Policy.ADMIN})
async def preview(here: NamedDependency[Here]) -> Response[bytes]:
    """Which open follow-ups would move, and the question whether they shall."""
    standing, typed = await policies.standing(), await policy_form.typed_in(here)
    try:
        policy = policy_form.policy_of(typed)
    except AmendsError as error:
        return await page(here, standing, typed=typed, error=error)
    found = await policy_changes.preview(policy)
    return await here.render(
        "settings/policy_preview.html",
        count=found.count,
        shifts=[_shown(shift, here.now) for shift in found.first],
        kept=_kept(policy, typed.get("version", standing.version)),
    )


@post(PAGE, status_code=303, opt={"policy": security.Policy.ADMIN})
@answered_once
async def adopt(here: NamedDependency[Here]) -> Response[Any]:
    """These times count from now on."""
    typed = await policy_form.typed_in(here)
    try:
        form = await here.form(Adoption)
        policy = policy_form.policy_of(typed)
        await policy_changes.adopt(here.act, policy, move=form.move, after=form.version)
    except AmendsError as error:
        return await page(here, await policies.standing(), typed=typed, error=error)
    return Redirect(f"{PAGE}?notice=saved", status_code=303)


async def page(
    here: Here,
    standing: Standing,
    *,
    typed: dict[str, Any],
    chosen: str = "",
    proposed: Sequence[Proposal] = (),
    widened: Sequence[Proposal] = (),
    error: AmendsError | None = None,
) -> Response[bytes]:
    """The whole page; where something is wrong, with what was typed."""
    wrong = getattr(error, "fields", {})
    return await here.render(
        "settings/policy.html",
        status=error.status if error else 200,
        standing=standing,
        name=terms.policy(standing.policy.name),
        made=dates.moment(standing.made_at, now=here.now) if standing.made_at else None,
        is_admin=here.member.role is Role.ADMIN,
        presets=[(name, terms.policy(name)) for name in PRESETS],
        chosen=chosen,
        proposals=[figures_view.proposal(one) for one in proposed],
        widened=[figures_view.proposal(one) for one in widened],
        lines=policy_form.lines(typed, wrong),
        days=typed["second_chance_days"],
        week_days=team_form.week_days(),
        back_to_pool=typed.get("back_to_pool", ""),
        returning=terms.back_to_pool(),
        error=error.detail if error else "",
        wrong=wrong,
    )


def _kept(policy: Policy, version: object) -> list[tuple[str, str]]:
    """The form once more, as hidden fields, so that nothing has to be typed again."""
    typed = policy_form.typed_of(policy)
    days = typed.pop("second_chance_days")
    return [("version", str(version)), *typed.items(), *(("second_chance_days", day) for day in days)]


def _shown(shift: Shift, now: datetime) -> ShiftShown:
    return ShiftShown(
        number=shift.number,
        kind=label(shift.kind),
        before=dates.moment(shift.before, now=now),
        after=dates.moment(shift.due.at, now=now),
    )


routes = (show, preview, adopt)
