"""Sign-in providers: set up by admins, linked by members, and asked who somebody is (R-21, R-22)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.rules.case.plain_lines import plain_line
from amends.rules.team.provider_settings import domains_in, is_domain, is_issuer
from amends.rules.vocabulary import Role
from amends.services.team import audit, members
from amends.services.team.members import Act, Member

MOST = 10
"""Providers of one installation."""


class NoSuchProvider(NotFound):
    "There is no such sign-in provider, or it is switched off."


class ProviderIsWrong(Invalid):
    """Something about this provider is missing or wrong."""


class ProviderIsKnown(Conflict):
    "There is a provider with this issuer already."


class LastWayIn(Conflict):
    "This is your only way in. Set a password or add a passkey first."


class ProviderShown(msgspec.Struct, frozen=True, kw_only=True):
    """One provider; never its secret."""

    id: UUID
    name: str
    issuer: str
    client_id: str
    domains: str
    role: Role
    is_on: bool
    made_at: datetime


class ProviderFields(msgspec.Struct, frozen=True, kw_only=True):
    """What an admin types; an empty secret leaves the one that is kept."""

    name: str
    issuer: str
    client_id: str
    secret: str
    domains: str
    role: Role
    is_on: bool


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """A provider at which a member is known."""

    id: UUID
    provider: UUID
    name: str
    is_on: bool
    linked_at: datetime
    used_at: datetime | None


async def everyone() -> list[ProviderShown]:
    """All of them, by name."""
    provider = tables.Provider
    rows = await provider.select().order_by(provider.name)
    return [msgspec.convert(row, ProviderShown) for row in rows]


async def at_work() -> list[ProviderShown]:
    """Those by which one may sign in."""
    return [one for one in await everyone() if one.is_on]


async def find(provider_id: UUID) -> ProviderShown:
    """Raises NoSuchProvider."""
    rows = await tables.Provider.select().where(tables.Provider.id == provider_id)
    if not rows:
        raise NoSuchProvider
    return msgspec.convert(rows[0], ProviderShown)


async def working(provider_id: UUID) -> ProviderShown:
    """One that is switched on. Raises NoSuchProvider."""
    found = await find(provider_id)
    if not found.is_on:
        raise NoSuchProvider
    return found


async def secret_of(provider_id: UUID, secrets: Secrets) -> str:
    """Raises NoSuchProvider, SecretUnreadable."""
    rows = await tables.Provider.select(tables.Provider.sealed).where(tables.Provider.id == provider_id)
    if not rows:
        raise NoSuchProvider
    return secrets.open(rows[0]["sealed"], of=provider_id)


async def add(act: Act, fields: ProviderFields, secrets: Secrets, *, private: Sequence[str]) -> UUID:
    """A new one. Raises OnlyAdminsMay, ProviderIsWrong, ProviderIsKnown."""
    members.only_admins(act.by)
    kept = _checked(fields, private, needs_secret=True)
    provider, provider_id = tables.Provider, uuid4()
    row = provider(
        **kept,
        id=provider_id,
        issuer=fields.issuer.strip(),
        sealed=secrets.seal(fields.secret.strip(), of=provider_id),
        made_at=act.now,
    )
    async with transaction():
        if await provider.count() >= MOST:
            raise ProviderIsWrong(_("There are ten providers already. Remove one first."))
        if not await provider.insert(row).on_conflict(action="DO NOTHING"):
            raise ProviderIsKnown
        told = {"issuer": fields.issuer.strip(), **_told(kept)}
        await audit.record_change("providers", {}, told, by=act.by, now=act.now)
    return provider_id


async def change(
    act: Act, provider_id: UUID, fields: ProviderFields, secrets: Secrets, *, private: Sequence[str]
) -> None:
    """Everything but the issuer. Raises NoSuchProvider, OnlyAdminsMay, ProviderIsWrong."""
    members.only_admins(act.by)
    before = await find(provider_id)
    kept = _checked(msgspec.structs.replace(fields, issuer=before.issuer), private, needs_secret=False)
    provider, secret = tables.Provider, fields.secret.strip()
    if secret:
        kept["sealed"] = secrets.seal(secret, of=provider_id)
    async with transaction():
        await provider.update(**kept).where(provider.id == provider_id)
        was = {name: getattr(before, name) for name in ("name", "client_id", "domains", "role", "is_on")}
        await audit.record_change("providers", _told(was), _told(kept), by=act.by, now=act.now)


async def remove(act: Act, provider_id: UUID) -> None:
    """Nobody signs in by it any more; its links are forgotten. Raises NoSuchProvider, OnlyAdminsMay."""
    members.only_admins(act.by)
    before = await find(provider_id)
    async with transaction():
        await tables.Provider.delete().where(tables.Provider.id == provider_id)
        told = {"name": before.name, "issuer": before.issuer}
        await audit.record_change("providers", told, {}, by=act.by, now=act.now)


def _told(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if name != "sealed"}


def _checked(fields: ProviderFields, private: Sequence[str], *, needs_secret: bool) -> dict[str, Any]:
    """The columns, with a sentence for each field that is wrong. Raises ProviderIsWrong."""
    name, client, domains = plain_line(fields.name), fields.client_id.strip(), domains_in(fields.domains)
    wrong = {
        "name": (not 1 <= len(name) <= 60, _("Enter a name of 1 to 60 characters.")),
        "issuer": (
            not is_issuer(fields.issuer.strip(), private=private),
            _("Enter the issuer as the provider writes it: it begins with https:// and has no password."),
        ),
        "client_id": (not 1 <= len(client) <= 200, _("Enter the client ID that the provider gave you.")),
        "secret": (
            needs_secret and not fields.secret.strip(),
            _("Enter the client secret that the provider gave you."),
        ),
        "domains": (
            not all(is_domain(one) for one in domains) or len(" ".join(domains)) > 500,
            _("Enter domains such as example.org, with commas between."),
        ),
    }
    found = {field: sentence for field, (is_wrong, sentence) in wrong.items() if is_wrong}
    if found:
        raise ProviderIsWrong(_("Something is missing or wrong. Check the marked fields."), fields=found)
    return {
        "name": name,
        "client_id": client,
        "domains": " ".join(domains),
        "role": fields.role.value,
        "is_on": fields.is_on,
    }


async def linked_to(member: Member) -> list[Linked]:
    """Where a member is known, the first linked first."""
    account = tables.ProviderAccount
    rows = (
        await account.select(
            account.id,
            account.provider,
            account.provider.name.as_alias("name"),
            account.provider.is_on.as_alias("is_on"),
            account.linked_at,
            account.used_at,
        )
        .where(account.member == member.id)
        .order_by(account.linked_at)
    )
    return [msgspec.convert(row, Linked) for row in rows]


async def unlink(act: Act, account_id: UUID) -> None:
    """The provider no longer signs this member in. Raises NoSuchProvider, LastWayIn."""
    account = tables.ProviderAccount
    own = (account.id == account_id) & (account.member == act.by.id)
    async with transaction():
        if not await account.delete().where(own).returning(account.id):
            raise NoSuchProvider
        await audit.record_change(
            "provider_link", {"linked": "yes"}, {"linked": "no"}, by=act.by, now=act.now
        )
        await must_have_another_way(act.by.id)


async def must_have_another_way(member_id: UUID) -> None:
    """Step: after something was taken away, the member can still come in. Raises LastWayIn."""
    owner, key, account = tables.Member, tables.Passkey, tables.ProviderAccount
    ways = (
        owner.exists().where((owner.id == member_id) & owner.password_hash.is_not_null()),
        key.exists().where(key.member == member_id),
        account.exists().where((account.member == member_id) & (account.provider.is_on == True)),  # noqa: E712
    )
    for way in ways:
        if await way:
            return
    raise LastWayIn
