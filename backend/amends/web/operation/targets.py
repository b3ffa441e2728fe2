"""Settings: notification targets and their test."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.gateways.notifier.policy import in_words
from amends.rules.vocabulary import NewCases
from amends.services.nudge import targets, trials
from amends.web import form_keys
from amends.web.confirmation import confirmed
from amends.web.nudge.target_form import TargetForm
from amends.web.operation import delivery, notification_settings
from amends.web.page_kit import (
    NOTHING_TYPED,
    Here,
    Typed,
    answered_once,
    redisplayed,
    saved,
    submit_or_redisplay,
)
from amends.web.security import Policy


class NewCasesForm(msgspec.Struct):
    """Which new cases."""

    new_cases: NewCases


@post("/settings/targets", opt={"policy": Policy.SIGNED_IN})
@confirmed
@redisplayed(notification_settings.page, "targets")
async def add_mine(here: NamedDependency[Here]) -> Response[Any]:
    """A place where I am nudged."""
    return await add_place(here, here.member.id, saved("/settings/reminders", "targets"))


@post("/settings/team/targets", opt={"policy": Policy.ADMIN})
@confirmed
@redisplayed(delivery.page, "team-targets")
async def add_ours(here: NamedDependency[Here]) -> Response[Any]:
    """A place where the team is nudged."""
    return await add_place(here, None, saved(delivery.PAGE, "team-targets"))


@post("/settings/team/new-cases", opt={"policy": Policy.ADMIN})
@submit_or_redisplay(delivery.page, "team-targets")
async def tell_of_new_cases(here: NamedDependency[Here]) -> Response[Any]:
    """Which new cases the team's places are told of."""
    form = await here.form(NewCasesForm)
    await targets.tell_team_of(here.act, form.new_cases)
    return saved(delivery.PAGE, "team-targets")


async def _edit(here: Here, *, target_id: UUID, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    target = await targets.find(target_id, by=here.member)
    if target.is_browser:
        raise targets.BrowserStays
    return await here.render(
        "settings/target.html",
        status=typed.status,
        target=target,
        typed=typed.values if typed.detail else {"name": target.name},
        wrong=typed.errors,
        error=typed.detail,
    )


@get("/settings/targets/{target_id:uuid}", opt={"policy": Policy.WORK})
async def edit(here: NamedDependency[Here], target_id: FromPath[UUID]) -> Response[bytes]:
    """Another address for the place; the old one is never shown."""
    return await _edit(here, target_id=target_id)


@post("/settings/targets/{target_id:uuid}", opt={"policy": Policy.SIGNED_IN})
@confirmed
@redisplayed(_edit)
async def change(here: NamedDependency[Here], target_id: FromPath[UUID]) -> Response[Any]:
    """Keeps the new address, sealed."""
    form = await here.form(TargetForm)
    target = await targets.find(target_id, by=here.member)
    address = await targets.checked(form.full_address(), here.notifier)

    async def keep() -> Response[Any]:
        await targets.change_address(here.act, target_id, address, name=form.name, secrets=here.secrets)
        return _back(here, target, "saved")

    return await form_keys.once(here.request, keep)


@post("/settings/targets/{target_id:uuid}/remove", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def remove(here: NamedDependency[Here], target_id: FromPath[UUID]) -> Redirect:
    """Forgets the place."""
    target = await targets.find(target_id, by=here.member)
    await targets.remove(here.act, target_id)
    return _back(here, target, "removed")


@post("/settings/targets/{target_id:uuid}/test", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def test(here: NamedDependency[Here], target_id: FromPath[UUID]) -> Redirect:
    """Plans a message that says that nudges arrive; the worker sends it, never this request."""
    nudge_id = await trials.begin(here.act, target_id)
    return Redirect(f"/settings/tests/{nudge_id}", status_code=303)


@get("/settings/tests/{nudge_id:uuid}", opt={"policy": Policy.WORK})
async def show_test(here: NamedDependency[Here], nudge_id: FromPath[UUID]) -> Response[bytes]:
    """How the test is going: asks again by itself with a script, by a link without."""
    ended = await trials.result(nudge_id, by=here.member)
    told = {"result": ended.outcome if ended else "waiting", "why": in_words(ended) if ended else ""}
    if here.wants_fragment:
        return await here.render("settings/_test.html", frame=None, nudge_id=nudge_id, ended=told)
    return await here.render("settings/test.html", nudge_id=nudge_id, ended=told)


def _back(here: Here, target: targets.TargetShown, notice: str) -> Redirect:
    """To the list that the place stands in: the member's own, or the team's."""
    is_mine = target.member == here.member.id
    page = "/settings/reminders{}#targets" if is_mine else f"{delivery.PAGE}{{}}#team-targets"
    return Redirect(page.format(f"?notice={notice}"), status_code=303)


async def add_place(here: Here, owner: UUID | None, after: Redirect) -> Response[Any]:
    """Keeps the place of this form, for a member or for the team, and leads to what comes `after`.

    Its address is checked outside of the transaction of the form: that takes a child process seconds.
    """
    form = await here.form(TargetForm)
    address = await targets.checked(form.full_address(), here.notifier)

    async def keep() -> Response[Any]:
        await targets.add(
            address,
            member=owner,
            name=form.name,
            position=form.position,
            by=here.member,
            now=here.now,
            secrets=here.secrets,
        )
        return after

    return await form_keys.once(here.request, keep)


routes = (add_mine, add_ours, tell_of_new_cases, edit, change, remove, test, show_test)
