"""Settings: the team's times, and what a change would move."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.rules.nudge.proposals import with_more_time
from amends.rules.team.policies import PRESETS, Policy
from amends.rules.vocabulary import Role
from amends.services.follow_up import policy_changes
from amends.services.follow_up.policy_changes import Shift
from amends.services.nudge import proposals
from amends.services.team import policies
from amends.web import dates, security
from amends.web.dates import Moment
from amends.web.labels import label
from amends.web.nudge import figures_view
from amends.web.operation import policy_form
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, saved, submit_or_redisplay
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


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The times that count, and where longer ones are proposed; where something is wrong, what was typed.

    An admin's form begins with those of a `preset`, or with the longer ones that are proposed for a kind
    (`widen`), where these are asked for.
    """
    standing, found = await policies.standing(), await proposals.standing(now=here.now)
    is_admin = here.member.role is Role.ADMIN
    asked = here.query if is_admin else {}
    chosen = PRESETS.get(asked.get("preset", ""), standing.policy)
    widened = [one for one in found if one.kind == asked.get("widen")]
    if widened:
        chosen = with_more_time(standing.policy, widened)
    shown = policy_form.typed_again(typed) if typed.detail else policy_form.typed_of(chosen)
    return await here.render(
        "settings/policy.html",
        status=typed.status,
        standing=standing,
        name=terms.policy(standing.policy.name),
        made=dates.moment(standing.made_at, now=here.now) if standing.made_at else None,
        is_admin=is_admin,
        presets=[(name, terms.policy(name)) for name in PRESETS],
        chosen=chosen.name,
        proposals=[figures_view.proposal(one) for one in found if one not in widened],
        widened=[figures_view.proposal(one) for one in widened],
        lines=policy_form.lines(shown, typed.errors),
        days=shown["second_chance_days"],
        week_days=team_form.week_days(),
        back_to_pool=shown.get("back_to_pool", ""),
        returning=terms.back_to_pool(),
        error=typed.detail,
        wrong=typed.errors,
    )


@get(PAGE, opt={"policy": security.Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The page."""
    return await page(here)


@post(f"{PAGE}/preview", opt={"policy": security.Policy.ADMIN})
@redisplayed(page)
async def preview(here: NamedDependency[Here]) -> Response[bytes]:
    """Which open follow-ups would move, and the question whether they shall."""
    version, policy = (await here.form(Adoption)).version, await policy_form.policy_in(here)
    found = await policy_changes.preview(policy)
    return await here.render(
        "settings/policy_preview.html",
        count=found.count,
        shifts=[_shown(shift, here.now) for shift in found.first],
        kept=_kept(policy, version),
    )


@post(PAGE, status_code=303, opt={"policy": security.Policy.ADMIN})
@submit_or_redisplay(page)
async def adopt(here: NamedDependency[Here]) -> Response[Any]:
    """These times count from now on."""
    form, policy = await here.form(Adoption), await policy_form.policy_in(here)
    await policy_changes.adopt(here.act, policy, move=form.move, after=form.version)
    return saved(PAGE)


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
