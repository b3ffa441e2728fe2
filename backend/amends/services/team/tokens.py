"""API tokens that members make for programs of their own."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from amends.database import transaction
from amends.errors import Forbidden, Invalid
from amends.i18n import gettext as _
from amends.rules.team.scopes import SCOPES, Scope
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, browsers, members
from amends.services.team.browsers import BrowserShown
from amends.services.team.members import Act, Member

DAYS = (30, 90, 365)
"""How long a token may be good."""


class NothingAllowed(Invalid):
    "Choose what the token may do."


class LifetimeUnknown(Invalid):
    "Choose how long the token is good."


class ScopeNotYours(Forbidden):
    """A token does no more than its member may."""


def offered(member: Member) -> tuple[Scope, ...]:
    """The scopes that a member may give: what their role does not allow is not offered."""
    return tuple(scope for scope, allows in SCOPES.items() if member.may(allows.needs))


async def make(act: Act, *, name: str, scopes: Collection[Scope], days: int) -> str:
    """A token for a program of the member's, told this once.

    Raises NothingAllowed, LifetimeUnknown, ScopeNotYours, WrongMember for the name.
    """
    if not scopes:
        raise NothingAllowed(fields={"scopes": _("Choose what the token may do.")})
    if days not in DAYS:
        raise LifetimeUnknown(fields={"days": _("Choose how long the token is good.")})
    chosen = tuple(scope for scope in SCOPES if scope in scopes)
    async with transaction():
        member = await members.present(act.by.id, works=False)
        if not set(chosen) <= set(offered(member)):
            raise ScopeNotYours
        good_for = timedelta(days=days)
        token = await browsers.write(
            member, name=name, now=act.now, scopes=chosen, good_for=good_for, is_program=True
        )
        told = ", ".join(chosen)
        await audit.record(AuditKind.TOKEN_MADE, by=act.by, now=act.now, name=name.strip(), scopes=told)
    return token


async def shown_to(act: Act) -> list[BrowserShown]:
    """The live tokens of programs that the member may revoke, the newest first; an admin sees everybody's."""
    return [one for one in await browsers.shown_to(act.by, now=act.now) if one.is_program]


async def revoke(act: Act, token: UUID) -> None:
    """The token is dead at once. Raises NoSuchBrowser."""
    await browsers.revoke(token, by=act.by, now=act.now)
