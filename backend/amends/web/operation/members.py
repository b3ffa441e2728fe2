"""How does an admin add members, change their role, and invite or turn them away?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.errors import AmendsError
from amends.rules.vocabulary import Role
from amends.services.team import codes, members
from amends.services.team.members import Member
from amends.settings import Settings
from amends.web import forms
from amends.web.operation import settings as settings_page
from amends.web.security import Policy
from amends.web.team import password


class NewMemberForm(msgspec.Struct, kw_only=True):
    """Whom to invite."""

    email: str
    name: str
    role: Role = Role.AGENT


class RoleForm(msgspec.Struct):
    """What the member may do from now on."""

    role: Role


@post("/settings/members", opt={"policy": Policy.ADMIN})
async def add(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """Adds a member and shows the link for their password: once, and so as the answer itself."""
    try:
        form = await forms.decode(request, NewMemberForm)
        added = await members.add(
            form.email, name=form.name, role=form.role, password=None, now=now, by=member
        )
    except AmendsError as error:
        return await settings_page.page(request, form="members", error=error)
    return await _invited(request, added, "invite", now, settings)


@post("/settings/members/{member_id:uuid}/invitation", opt={"policy": Policy.ADMIN})
async def invite(
    request: Request[Any, Any, Any],
    member_id: FromPath[UUID],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """Another link for a new password; it makes the one before void."""
    return await _invited(request, await members.find(member_id), "reset", now, settings)


@post("/settings/members/{member_id:uuid}/role", opt={"policy": Policy.ADMIN})
async def change_role(
    request: Request[Any, Any, Any],
    member_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Another role; the member signs in again."""

    async def work() -> None:
        form = await forms.decode(request, RoleForm)
        await members.change_role(member_id, role=form.role, by=member, now=now)

    return await settings_page.saved_or_again(request, "members", work)


@post("/settings/members/{member_id:uuid}/disable", opt={"policy": Policy.ADMIN})
async def disable(
    request: Request[Any, Any, Any],
    member_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """The member may no longer come in, nor their browsers."""

    async def work() -> None:
        await members.disable(member_id, by=member, now=now)

    return await settings_page.saved_or_again(request, "members", work)


@post("/settings/members/{member_id:uuid}/enable", opt={"policy": Policy.ADMIN})
async def enable(
    request: Request[Any, Any, Any],
    member_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """The member may come in again."""

    async def work() -> None:
        await members.enable(member_id, by=member, now=now)

    return await settings_page.saved_or_again(request, "members", work)


async def _invited(
    request: Request[Any, Any, Any],
    member: Member,
    purpose: codes.Purpose,
    now: datetime,
    settings: Settings,
) -> Response[bytes]:
    code = await codes.make(purpose, member.id, now=now)
    return await settings_page.page(
        request, form="members", invitation=(member.name, password.link(purpose, code, settings))
    )


routes = (add, invite, change_role, disable, enable)
