"""Settings: the team's times as one table, and what a change would move."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.rules.nudge.proposals import Proposal, with_more_time
from amends.rules.team.policies import Policy, WrongPolicy
from amends.rules.vocabulary import Role
from amends.services.follow_up import policy_changes
from amends.services.nudge import proposals
from amends.services.team import policies
from amends.web import dates, security
from amends.web.nudge import figures_view
from amends.web.operation import policy_form, policy_view
from amends.web.operation.policy_form import DAYS, PAGE, Draft
from amends.web.operation.policy_view import Moving
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.team import team_form
from amends.web.team.labels import terms


class Adoption(msgspec.Struct, kw_only=True):
    """Which version was seen, and whether what is owed already moves."""

    version: int
    move: bool = False


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """The draft of an address or of a form, and the policy that it makes, or what is wrong with it."""

    draft: Draft
    policy: Policy | None = None
    wrong: Mapping[str, str] = {}
    error: str = ""


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The times that count, and where longer ones are proposed.

    For an admin also those that the address tries (a `preset`, cells, or the longer times of a kind, `widen`)
    or that a form sent and was refused, with the cell that is open (`edit`), and what they would move.
    """
    standing, found = await policies.standing(), await proposals.standing(now=here.now)
    is_admin = here.member.role is Role.ADMIN
    asked = here.query if is_admin else {}
    widened = [one for one in found if one.kind == asked.get("widen")]
    draft = _sent(typed, standing.policy) if typed.detail else _asked(here, asked, standing.policy, widened)
    tried = _tried(draft)
    table = policy_view.table(
        draft,
        tried.policy or standing.policy,
        standing.policy,
        opened=asked.get("edit", ""),
        wrong=tried.wrong,
    )
    answer = await here.render(
        "settings/_policy_fragment.html" if here.wants_fragment else "settings/policy.html",
        status=typed.status,
        standing=standing,
        name=terms.policy(standing.policy.name),
        made=dates.moment(standing.made_at, now=here.now) if standing.made_at else None,
        is_admin=is_admin,
        proposals=[figures_view.proposal(one) for one in found if one not in widened],
        widened=[figures_view.proposal(one) for one in widened],
        table=table,
        fields=draft.fields(),
        days=draft.typed[DAYS],
        week_days=team_form.week_days(),
        returning=terms.back_to_pool(),
        moving=await _moving(here, tried.policy) if tried.policy and table.changes else None,
        error=typed.detail or tried.error,
    )
    if here.wants_fragment:
        answer.headers["hx-push-url"] = draft.address()
    return answer


@get(PAGE, opt={"policy": security.Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The page."""
    return await page(here)


@post(PAGE, status_code=303, opt={"policy": security.Policy.ADMIN})
@submit_or_redisplay(page)
async def adopt(here: NamedDependency[Here]) -> Response[Any]:
    """These times count from now on."""
    form = await here.form(Adoption)
    sent = Typed(values=await here.typed(), several=await here.several())
    policy = _sent(sent, await policies.current()).policy()
    await policy_changes.adopt(here.act, policy, move=form.move, after=form.version)
    return saved(PAGE)


def _asked(here: Here, asked: Mapping[str, str], standing: Policy, widened: Sequence[Proposal]) -> Draft:
    """What the address tries; the longer times are in it from the first look on."""
    days = here.request.query_params.getall(DAYS) if DAYS in asked else None
    longer = with_more_time(standing, widened) if widened else None
    return policy_form.draft(asked, days, standing=standing, widened=longer)


def _sent(typed: Typed, standing: Policy) -> Draft:
    """What a form sent."""
    return policy_form.draft(typed.values, typed.several.get(DAYS), standing=standing)


def _tried(draft: Draft) -> Tried:
    try:
        return Tried(draft=draft, policy=draft.policy())
    except WrongPolicy as error:
        return Tried(draft=draft, wrong=error.fields, error=error.detail)


async def _moving(here: Here, policy: Policy) -> Moving:
    return policy_view.moving(await policy_changes.preview(policy), now=here.now)


routes = (show, adopt)
