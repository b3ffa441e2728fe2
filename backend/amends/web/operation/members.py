"""Settings: members, roles and invitations."""

from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.i18n import gettext as _
from amends.rules.vocabulary import Role
from amends.services.team import members
from amends.services.team.members import Member
from amends.services.team.seen import fingerprint
from amends.services.workflow import leaving
from amends.web.confirmation import confirmed
from amends.web.labels import label
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.team import password
from amends.web.team.labels import EXPLAINED

PAGE = "/settings/members"


class NewMemberForm(msgspec.Struct, kw_only=True):
    """Whom to invite."""

    email: str
    name: str
    role: Role = Role.AGENT


class RoleForm(msgspec.Struct):
    """What the member may do from now on."""

    role: Role
    seen: str = ""


async def page(
    here: Here, *, typed: Typed = NOTHING_TYPED, invitation: tuple[str, str] | None = None, **_inputs: object
) -> Response[bytes]:
    """Everybody, with what was refused of one form; `invitation` is a name and a link shown once."""
    return await here.render(
        "settings/members.html",
        status=typed.status,
        everyone=await members.everyone(),
        is_admin=here.member.role is Role.ADMIN,
        typed=typed.values,
        error=typed.detail,
        wrong=typed.errors,
        invitation=invitation,
        roles=list(Role),
        explained=[(label(role), _(sentence)) for role, sentence in EXPLAINED.items()],
        role_seen={role: fingerprint({"role": role}) for role in Role},
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Who is in the team; an admin invites and gives roles."""
    return await page(here)


@post("/settings/members", opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(page, "members")
async def add(here: NamedDependency[Here]) -> Response[Any]:
    """Adds a member and shows the link for their password: once, and so as the answer itself."""
    form = await here.form(NewMemberForm)
    added = await members.add(
        form.email, name=form.name, role=form.role, password=None, now=here.now, by=here.member
    )
    return await _invited(here, added, "invite")


@post("/settings/members/{member_id:uuid}/invitation", opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(page, "members")
async def invite(here: NamedDependency[Here], member_id: FromPath[UUID]) -> Response[Any]:
    """Another link for a new password; it makes the one before void."""
    return await _invited(here, await members.present(member_id, works=False), "reset")


@post("/settings/members/{member_id:uuid}/role", opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(page, "members")
async def change_role(here: NamedDependency[Here], member_id: FromPath[UUID]) -> Response[Any]:
    """Another role; the member signs in again."""
    form = await here.form(RoleForm)
    await leaving.change_role(member_id, form.role, by=here.member, now=here.now, seen=form.seen)
    return saved(PAGE)


@post("/settings/members/{member_id:uuid}/enable", opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(page, "members")
async def enable(here: NamedDependency[Here], member_id: FromPath[UUID]) -> Response[Any]:
    """The member may come in again."""
    await members.enable(member_id, by=here.member, now=here.now)
    return saved(PAGE)


async def _invited(here: Here, invited: Member, purpose: Literal["invite", "reset"]) -> Response[bytes]:
    code = await members.make_link(purpose, invited.id, by=here.member, now=here.now)
    link = password.link(purpose, code, here.settings)
    return await page(here, typed=Typed(form="members"), invitation=(invited.name, link))


routes = (show, add, invite, change_role, enable)
