"""How does a member, or an admin for the team, say where nudges go, and try it?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import Invalid
from amends.gateways.secrets import Secrets
from amends.services.nudge import targets
from amends.services.team.members import Member
from amends.web import forms, templating
from amends.web.nudge.target_form import TargetForm
from amends.web.operation import settings
from amends.web.security import Policy


@post("/settings/targets", opt={"policy": Policy.SIGNED_IN})
async def add_mine(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    secrets: NamedDependency[Secrets],
) -> Response[Any]:
    """A place where I am nudged."""
    return await _add(request, "targets", member.id, member, now, secrets)


@post("/settings/team/targets", opt={"policy": Policy.ADMIN})
async def add_ours(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    secrets: NamedDependency[Secrets],
) -> Response[Any]:
    """A place where the team is nudged."""
    return await _add(request, "team-targets", None, member, now, secrets)


@get("/settings/targets/{target_id:uuid}", opt={"policy": Policy.SIGNED_IN})
async def edit(
    request: Request[Any, Any, Any], target_id: FromPath[UUID], member: NamedDependency[Member]
) -> Response[bytes]:
    """Another address for the place; the old one is never shown."""
    return await _edit(request, target_id, member)


@post("/settings/targets/{target_id:uuid}", opt={"policy": Policy.SIGNED_IN})
async def change(
    request: Request[Any, Any, Any],
    target_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    secrets: NamedDependency[Secrets],
) -> Response[Any]:
    """Keeps the new address, sealed."""
    try:
        form = await forms.decode(request, TargetForm)
        await targets.change_address(
            target_id, form.full_address(), name=form.name, by=member, now=now, secrets=secrets
        )
    except Invalid as error:
        return await _edit(request, target_id, member, error)
    return Redirect("/settings?notice=saved#targets", status_code=303)


@post("/settings/targets/{target_id:uuid}/remove", opt={"policy": Policy.SIGNED_IN})
async def remove(
    target_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Redirect:
    """Forgets the place."""
    await targets.remove(target_id, by=member, now=now)
    return Redirect("/settings?notice=removed#targets", status_code=303)


@post("/settings/targets/{target_id:uuid}/test", opt={"policy": Policy.SIGNED_IN})
async def test(
    target_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Redirect:
    """Plans a message that says that nudges arrive; the worker sends it, never this request."""
    nudge_id = await targets.test(target_id, by=member, now=now)
    return Redirect(f"/settings/tests/{nudge_id}", status_code=303)


@get("/settings/tests/{nudge_id:uuid}", opt={"policy": Policy.SIGNED_IN})
async def show_test(
    request: Request[Any, Any, Any], nudge_id: FromPath[UUID], member: NamedDependency[Member]
) -> Response[bytes]:
    """How the test is going: asks again by itself with a script, by a link without."""
    result = await targets.test_result(nudge_id, by=member)
    if templating.wants_fragment(request):
        return await templating.render(
            request, "settings/_test.html", frame=None, nudge_id=nudge_id, result=result
        )
    return await templating.render(request, "settings/test.html", nudge_id=nudge_id, result=result)


async def _edit(
    request: Request[Any, Any, Any], target_id: UUID, member: Member, error: Invalid | None = None
) -> Response[bytes]:
    target = await targets.find(target_id, by=member)
    return await templating.render(
        request,
        "settings/target.html",
        status=error.status if error else 200,
        target=target,
        typed=await forms.typed(request) if error else {"name": target.name},
        wrong=error.fields if error else {},
        error=error.detail if error else "",
    )


async def _add(
    request: Request[Any, Any, Any],
    form_name: str,
    owner: UUID | None,
    by: Member,
    now: datetime,
    secrets: Secrets,
) -> Response[Any]:
    async def work() -> None:
        form = await forms.decode(request, TargetForm)
        await targets.add(
            form.full_address(),
            member=owner,
            name=form.name,
            position=form.position,
            by=by,
            now=now,
            secrets=secrets,
        )

    return await settings.saved_or_again(request, form_name, work)


routes = (add_mine, add_ours, edit, change, remove, test, show_test)
