"""Proofs: whoever is signed in shows again who they are, before something sensitive (R-19)."""

from datetime import datetime, timedelta

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Invalid
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.rules.team.passkey_sites import PasskeySite
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, codes, passkeys, passwords, second_factors, throttle
from amends.services.team.members import Member
from amends.services.team.sessions import WrongPassword

PROVED_FOR = timedelta(minutes=5)
"""How long what is sensitive does not ask again."""


class ProofIsMissing(Invalid):
    "Type your password, or a code of your second factor."


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """By what a member can show who they are."""

    password: bool
    code: bool


async def ways(member: Member) -> Ways:
    """Those that this member has; who signs in by a provider may have no password."""
    owner = tables.Member
    has_password = (owner.id == member.id) & owner.password_hash.is_not_null()
    return Ways(
        password=bool(await owner.exists().where(has_password)),
        code=await second_factors.is_on(member.id),
    )


async def by_password(member: Member, password: str, *, now: datetime, token: str = "") -> None:
    """The member at the keyboard knows the member's password, and has shown it in the session `token`.

    Raises WrongPassword, TooManyTries.
    """
    keys = (throttle.Key.proof(member.id),)
    await throttle.reserve(keys, now=now)
    rows = await tables.Member.select(tables.Member.password_hash).where(tables.Member.id == member.id)
    if not await passwords.matches(password, rows[0]["password_hash"]):
        await audit.record(AuditKind.CONFIRMATION_FAILED, by=member, now=now)
        raise WrongPassword(_("This is not your current password. Try again."))
    async with transaction():
        await throttle.forgive(keys, now=now)
        await note(token, now=now)


async def by_code(member: Member, code: str, secrets: Secrets, *, now: datetime, token: str) -> None:
    """The same by a code of the second factor, which is good no more.

    Raises WrongCode, TooManyTries, SecretUnreadable.
    """
    await second_factors.check(member.id, code, secrets, now=now)
    async with transaction():
        await note(token, now=now)


async def by_passkey(member: Member, answer: str, site: PasskeySite, *, now: datetime, token: str) -> None:
    """The same by one of the member's passkeys. Raises PasskeyRefused, ChallengeIsSpent."""
    await passkeys.verified(answer, "confirm", site, member=member, now=now)
    async with transaction():
        await note(token, now=now)


async def by_provider(token: str, *, now: datetime) -> None:
    """The same by a provider at which the member of this session is known, and which asked them now."""
    async with transaction():
        await note(token, now=now)


async def note(token: str, *, now: datetime) -> None:
    """Step: the member of this session has shown who they are."""
    session = tables.Session
    await session.update({session.proved_at: now}).where(session.token_hash == codes.hash_of(token))


async def is_fresh(token: str, *, now: datetime) -> bool:
    """Whether this was shown in this session within the last five minutes."""
    session = tables.Session
    lately = session.proved_at > now - PROVED_FOR
    return bool(await session.exists().where((session.token_hash == codes.hash_of(token)) & lately))
