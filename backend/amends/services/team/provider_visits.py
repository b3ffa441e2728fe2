"""Visits to a sign-in provider: what is kept while somebody is away, and who comes back (R-21, R-22)."""

import hashlib
import secrets as random
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Forbidden
from amends.gateways.providers import Answer, Providers
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.i18n import gettext as _
from amends.rules.case.plain_lines import plain_line
from amends.rules.team import base64url
from amends.rules.team.mail_addresses import folded
from amends.rules.team.provider_settings import gets_an_account
from amends.rules.vocabulary import Language, Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, identity_tokens, members, providers
from amends.services.team.identity_tokens import Identity, IdentityRefused
from amends.services.team.members import Member
from amends.services.team.providers import ProviderShown

Purpose = Literal["sign-in", "link", "confirm"]

AWAY_FOR = timedelta(minutes=10)
"""How long somebody may be away."""
FRESHLY = timedelta(minutes=5)
"""How long ago one may have signed in at the provider to confirm something here."""


class ProviderUnavailable(Conflict):
    "The provider did not answer as it must. Sign in another way, or try again later."

    status = 502


class VisitIsOver(Conflict):
    "This took too long, or did not begin here. Begin again."


class ProviderSaidNo(Forbidden):
    "The provider did not let you in."


class NotLinked(Forbidden):
    "No account here is linked to this one of the provider."


class LinkedElsewhere(Conflict):
    "This account of the provider is linked to another member."


class Away(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser keeps, sealed, while it is away; without it no answer of a provider means anything."""

    provider: UUID
    purpose: Purpose
    state: str
    nonce: str
    verifier: str
    until: datetime
    session: str = ""
    next: str = "/"
    says_issuer: bool = False


class Back(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider's answer has in its address."""

    state: str = ""
    code: str = ""
    iss: str = ""
    error: str = ""


async def begin(
    provider: ProviderShown,
    purpose: Purpose,
    asked: Providers,
    *,
    base_url: str,
    session: str = "",
    following: str = "/",
    now: datetime,
) -> tuple[str, Away]:
    """Where to go, and what the browser keeps meanwhile. Raises ProviderUnavailable."""
    told = _good(await asked.discover(provider.issuer), provider)
    away = Away(
        provider=provider.id,
        purpose=purpose,
        state=random.token_urlsafe(32),
        nonce=random.token_urlsafe(32),
        verifier=random.token_urlsafe(48),
        until=now + AWAY_FOR,
        session=session,
        next=following,
        says_issuer=told.get("authorization_response_iss_parameter_supported") is True,
    )
    digest = hashlib.sha256(away.verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": address_of_return(provider.id, base_url),
        "scope": "openid email profile",
        "state": away.state,
        "nonce": away.nonce,
        "code_challenge": base64url.encode(digest),
        "code_challenge_method": "S256",
    }
    if purpose == "confirm":
        query |= {"prompt": "login", "max_age": "0"}
    address = str(told["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", away


def address_of_return(provider_id: UUID, base_url: str) -> str:
    """What is registered at the provider; each provider has its own."""
    return f"{base_url}/sign-in/with/{provider_id}/back"


def sealed(away: Away, secrets: Secrets) -> str:
    """For the browser's cookie, bound to the provider."""
    return secrets.seal(msgspec.json.encode(away).decode(), of=away.provider)


def opened(cookie: str, provider_id: UUID, secrets: Secrets) -> Away:
    """What a browser kept. Raises VisitIsOver for what is not ours, or is another provider's."""
    try:
        return msgspec.json.decode(secrets.open(cookie, of=provider_id), type=Away)
    except (SecretUnreadable, msgspec.MsgspecError):
        raise VisitIsOver(_("This took too long, or did not begin here. Begin again.")) from None


async def identity(
    away: Away, back: Back, asked: Providers, secrets: Secrets, *, base_url: str, now: datetime
) -> Identity:
    """Who came back, by everything that must be right.

    Raises VisitIsOver, ProviderSaidNo, ProviderUnavailable, IdentityRefused, NoSuchProvider,
    SecretUnreadable.
    """
    provider = await providers.working(away.provider)
    if away.until <= now or not random.compare_digest(back.state.encode(), away.state.encode()):
        raise VisitIsOver(_("This took too long, or did not begin here. Begin again."))
    if (back.iss or away.says_issuer) and back.iss != provider.issuer:
        raise IdentityRefused(_("The answer came from another provider. Begin again."))
    if back.error or not back.code:
        named = {"provider": provider.name}
        raise ProviderSaidNo(_("%(provider)s did not let you in, or you turned back.") % named)
    answer = await asked.exchange(
        provider.issuer,
        client_id=provider.client_id,
        secret=await providers.secret_of(provider.id, secrets),
        code=back.code,
        verifier=away.verifier,
        redirect_uri=address_of_return(provider.id, base_url),
    )
    told = _good(answer, provider)
    found = identity_tokens.identity_of(
        told["token"],
        told["keys"],
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=away.nonce,
        now=now,
    )
    if away.purpose == "confirm" and not _is_fresh(found, now):
        raise IdentityRefused(_("The provider did not ask you again who you are. Confirm another way."))
    return found


def _is_fresh(found: Identity, now: datetime) -> bool:
    """The provider says when it asked last, as it must where it was told to ask again."""
    return found.signed_in_at is not None and now.timestamp() - found.signed_in_at <= FRESHLY.total_seconds()


def _good(answer: Answer, provider: ProviderShown) -> dict[str, Any]:
    if answer.outcome != "good":
        told = {"provider": provider.name}
        raise ProviderUnavailable(
            _("%(provider)s does not answer as it must. Sign in another way, or try again later.") % told
        )
    return answer.told


async def member_of(away: Away, found: Identity, *, now: datetime) -> Member:
    """The member who is linked to this identity; a new one where its verified address may have an account.

    An address never leads to a member who is there already. Raises NotLinked, MemberIsDisabled.
    """
    account = tables.ProviderAccount
    rows = (
        await account.update({account.used_at: now})
        .where((account.provider == away.provider) & (account.subject == found.subject))
        .returning(account.member)
    )
    if rows:
        return await members.present(rows[0]["member"])
    provider = await providers.working(away.provider)
    is_taken = await tables.Member.exists().where(tables.Member.email == folded(found.email))
    if not gets_an_account(found.email, provider.domains.split()) or is_taken:
        told = {"provider": provider.name}
        raise NotLinked(
            _(
                "No account here is linked to this one of %(provider)s. Sign in with your password, then "
                "link it under Settings, Password and sessions; or ask an admin for an invitation."
            )
            % told
        )
    async with transaction():
        added = await _new_member(found, provider.role, now)
        await _link(away.provider, found, added, now)
    return await members.find(added)


async def _new_member(found: Identity, role: Role, now: datetime) -> UUID:
    """Step: somebody whose address the team lets in; what they read and where they are is the team's."""
    name = plain_line(found.name)[:120] or found.email.partition("@")[0]
    row = members.new_row(found.email, name=name, role=role, password_hash=None, now=now)
    team = await tables.Team.select(tables.Team.language, tables.Team.zone)
    row.language, row.zone = (team[0]["language"], team[0]["zone"]) if team else (Language.ENGLISH, "UTC")
    await members.insert(row)
    kind = AuditKind.MEMBER_ADDED
    await audit.record(kind, by=audit.SYSTEM, now=now, about=row.id, role=role.value)
    return row.id


async def link(away: Away, found: Identity, member: Member, *, now: datetime) -> None:
    """From now on this identity signs the member in. Raises LinkedElsewhere."""
    async with transaction():
        if await _link(away.provider, found, member.id, now):
            named = (await providers.find(away.provider)).name
            await audit.record_change("provider_link", {}, {"linked": named}, by=member, now=now)
            return
    if not await is_theirs(away, found, member):
        raise LinkedElsewhere


async def _link(provider: UUID, found: Identity, member: UUID, now: datetime) -> bool:
    account = tables.ProviderAccount
    row = account(id=uuid4(), provider=provider, subject=found.subject, member=member, linked_at=now)
    return bool(await account.insert(row).on_conflict(action="DO NOTHING"))


async def is_theirs(away: Away, found: Identity, member: Member) -> bool:
    """Whether this identity is linked to the member."""
    account = tables.ProviderAccount
    same = (account.provider == away.provider) & (account.subject == found.subject)
    return bool(await account.exists().where(same & (account.member == member.id)))
