"""Passkeys of members: made, named, removed, and asked for at sign-in, as a second factor and to confirm."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.plain_lines import plain_line
from amends.rules.team import base64url
from amends.rules.team.passkey_sites import PasskeySite
from amends.rules.team.permissions import WANTS_FACTOR
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, codes, members, passkey_answers, second_factors
from amends.services.team.members import Act, Member
from amends.services.team.passkey_answers import Asked
from amends.services.team.providers import must_have_another_way
from amends.services.team.second_factors import SecondFactorIsNeeded

Purpose = Literal["make", "sign-in", "second", "confirm"]

GOOD_FOR = timedelta(minutes=5)
"""How long what was asked waits for its answer."""
MOST = 20
"""Passkeys of one member."""
LONGEST_NAME = 60


class ChallengeIsSpent(Conflict):
    "This took too long, or was sent before. Try again."


class PasskeyIsKnown(Conflict):
    "This passkey is registered already."


class TooManyPasskeys(Conflict):
    "A member has at most 20 passkeys. Remove one first."


class NoSuchPasskey(NotFound):
    "This passkey was removed, or is not yours."


class PasskeyShown(msgspec.Struct, frozen=True, kw_only=True):
    """One passkey of a member, as the settings list it; `is_synced` by its own word."""

    id: UUID
    name: str
    is_synced: bool
    made_at: datetime
    used_at: datetime | None


async def of_member(member_id: UUID) -> list[PasskeyShown]:
    """Those of a member, the oldest first."""
    key = tables.Passkey
    rows = await key.select().where(key.member == member_id).order_by(key.made_at)
    return [msgspec.convert(row, PasskeyShown) for row in rows]


async def ask_for_one(act: Act, site: PasskeySite) -> str:
    """What the page of a member who adds a passkey gives to their browser. Raises TooManyPasskeys."""
    key = tables.Passkey
    rows = await key.select(key.credential).where(key.member == act.by.id)
    if len(rows) >= MOST:
        raise TooManyPasskeys
    known = [row["credential"] for row in rows]
    asked = passkey_answers.to_make(site, handle=_handle(act.by.id), name=act.by.email, known=known)
    return await _remembered(asked, "make", act.by.id, now=act.now)


async def ask_to_sign(
    purpose: Purpose, site: PasskeySite, *, member: Member | None = None, now: datetime
) -> str:
    """What a page gives to the browser: for a known member their passkeys, else none is named.

    So it says nothing of who has an account.
    """
    key = tables.Passkey
    known = [
        row["credential"]
        for row in (await key.select(key.credential).where(key.member == member.id) if member else ())
    ]
    asked = passkey_answers.to_sign(site, known=known)
    return await _remembered(asked, purpose, member.id if member else None, now=now)


async def _remembered(asked: Asked, purpose: Purpose, member_id: UUID | None, *, now: datetime) -> str:
    challenge = tables.PasskeyChallenge
    row = challenge(
        challenge_hash=_hash(asked.challenge), purpose=purpose, member=member_id, expires_at=now + GOOD_FOR
    )
    async with transaction():
        await challenge.delete().where(challenge.expires_at <= now)
        await challenge.insert(row)
    return asked.options


async def add(act: Act, answer: str, name: str, site: PasskeySite) -> list[str]:
    """Keeps a new passkey. With the first second factor come ten recovery codes, told once; else none.

    Raises PasskeyRefused, ChallengeIsSpent, PasskeyIsKnown, Invalid for its name.
    """
    given, kept = passkey_answers.given(answer), _named(name)
    await _spend(given.challenge, "make", act.by.id, now=act.now)
    made = passkey_answers.made(answer, given.challenge, site)
    key = tables.Passkey
    row = key(
        id=uuid4(),
        member=act.by.id,
        credential=made.credential,
        public_key=made.public_key,
        sign_count=made.sign_count,
        is_synced=made.is_synced,
        name=kept,
        made_at=act.now,
    )
    is_first = not await second_factors.is_on(act.by.id)
    fresh = await second_factors.fresh_codes() if is_first else None
    async with transaction():
        if not await key.insert(row).on_conflict(action="DO NOTHING"):
            raise PasskeyIsKnown
        await audit.record(AuditKind.FACTOR_SET_UP, by=act.by, now=act.now)
        if fresh:
            await second_factors.keep_codes(act.by.id, fresh)
    return fresh.told if fresh else []


async def verified(
    answer: str, purpose: Purpose, site: PasskeySite, *, member: Member | None = None, now: datetime
) -> Member:
    """Whose passkey signed what was asked for this purpose; with a `member`, theirs alone counts.

    What was asked is used up by a try that fails too. Raises PasskeyRefused, ChallengeIsSpent,
    MemberIsDisabled.
    """
    given = passkey_answers.given(answer)
    await _spend(given.challenge, purpose, member.id if member else None, now=now)
    key = tables.Passkey
    rows = await key.select().where(key.credential == given.credential)
    is_theirs = bool(rows) and (
        rows[0]["member"] == member.id if member else given.handle == _handle(rows[0]["member"])
    )
    if not is_theirs:
        raise passkey_answers.PasskeyRefused(_("This passkey is not known here. Sign in another way."))
    row = rows[0]
    count = passkey_answers.count_of(
        answer, given.challenge, site, public_key=row["public_key"], sign_count=row["sign_count"]
    )
    async with transaction():
        # of two answers with one count, as of a copy, one is taken
        same = (key.id == row["id"]) & (key.sign_count == row["sign_count"])
        if not await key.update({key.sign_count: count, key.used_at: now}).where(same).returning(key.id):
            raise passkey_answers.PasskeyRefused(_("This passkey was not accepted. Try again."))
    return await members.present(row["member"])


async def _spend(challenge: bytes, purpose: Purpose, member_id: UUID | None, *, now: datetime) -> None:
    asked = tables.PasskeyChallenge
    whose = asked.member == member_id if member_id else asked.member.is_null()
    async with transaction():
        rows = (
            await asked.delete()
            .where((asked.challenge_hash == _hash(challenge)) & (asked.purpose == purpose) & whose)
            .returning(asked.expires_at)
        )
    if not rows or rows[0]["expires_at"] <= now:
        raise ChallengeIsSpent(_("This took too long, or was sent before. Try again."))


async def rename(act: Act, passkey_id: UUID, name: str) -> None:
    """Raises NoSuchPasskey, Invalid."""
    key, kept = tables.Passkey, _named(name)
    async with transaction():
        own = (key.id == passkey_id) & (key.member == act.by.id)
        if not await key.update({key.name: kept}).where(own).returning(key.id):
            raise NoSuchPasskey


async def remove(act: Act, passkey_id: UUID) -> None:
    """It opens nothing any more. With the last second factor go the recovery codes.

    Raises NoSuchPasskey, SecondFactorIsNeeded, LastWayIn.
    """
    key = tables.Passkey
    async with transaction():
        own = (key.id == passkey_id) & (key.member == act.by.id)
        if not await key.delete().where(own).returning(key.id):
            raise NoSuchPasskey
        await audit.record(AuditKind.FACTOR_REMOVED, by=act.by, now=act.now, about=act.by.id)
        await must_have_another_way(act.by.id)
        if await second_factors.is_on(act.by.id):
            return
        if act.by.role in WANTS_FACTOR and await second_factors.is_wanted():
            raise SecondFactorIsNeeded
        await second_factors.forget_codes(act.by.id)


def _named(name: str) -> str:
    line = plain_line(name)
    if not 1 <= len(line) <= LONGEST_NAME:
        sentence = _("Enter a name of 1 to 60 characters, such as the name of the device.")
        raise Invalid(sentence, fields={"name": sentence})
    return line


def _handle(member_id: UUID) -> str:
    """By which a device knows the member: always the same 32 bytes, which tell nothing."""
    return base64url.encode(sha256(b"passkey\0" + member_id.bytes).digest())


def _hash(challenge: bytes) -> str:
    return codes.hash_of(challenge.hex())
