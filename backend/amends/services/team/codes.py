"""One-time codes: purpose, owner and expiry."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from amends import tables
from amends.database import transaction
from amends.errors import NotFound
from amends.i18n import gettext as _

Purpose = Literal["pair", "invite", "reset", "code"]

LIFETIMES: dict[Purpose, timedelta] = {
    "pair": timedelta(minutes=5),
    "invite": timedelta(hours=72),
    "reset": timedelta(minutes=30),
    "code": timedelta(minutes=10),  # to type that of the second factor, once the password was right
}
"""How long each kind is good (R-16, R-27)."""


class CodeIsSpent(NotFound):
    "This link or code is no longer valid."

    status = 410


async def make(purpose: Purpose, member_id: UUID, *, now: datetime) -> str:
    """A fresh code of 256 bits for this member; only its hash is kept. Old ones are forgotten."""
    async with transaction():
        return await write(purpose, member_id, now=now)


async def write(purpose: Purpose, member_id: UUID, *, now: datetime) -> str:
    """Step: the same."""
    code = secrets.token_urlsafe(32)
    row = tables.OneTimeCode(
        id=uuid4(),
        purpose=purpose,
        code_hash=hash_of(code),
        member=member_id,
        created_at=now,
        expires_at=now + LIFETIMES[purpose],
    )
    codes = tables.OneTimeCode
    if purpose not in ("pair", "code"):  # a new link makes the older one void; open pages stay good
        await codes.delete().where(codes.member == member_id, codes.purpose == purpose)
    await codes.delete().where(codes.member == member_id, codes.expires_at < now)
    await codes.insert(row)
    return code


async def use(purpose: Purpose, code: str, *, now: datetime) -> UUID:
    """Spends the code and says whose it was. Raises CodeIsSpent."""
    async with transaction():
        return await spend(purpose, code, now=now)


async def spend(purpose: Purpose, code: str, *, now: datetime) -> UUID:
    """Step: of several who use a code at once, exactly one gets the member's id. Raises CodeIsSpent."""
    codes = tables.OneTimeCode
    rows = (
        await codes.update({codes.used_at: now})
        .where(
            codes.code_hash == hash_of(code),
            codes.purpose == purpose,
            codes.used_at.is_null(),
            codes.expires_at > now,
        )
        .returning(codes.member)
    )
    if not rows:
        raise _spent(purpose)
    owner: UUID = rows[0]["member"]
    return owner


async def owner_of(purpose: Purpose, code: str, *, now: datetime) -> UUID:
    """Whose code this is, without spending it. Raises CodeIsSpent."""
    codes = tables.OneTimeCode
    rows = await codes.select(codes.member).where(
        codes.code_hash == hash_of(code),
        codes.purpose == purpose,
        codes.used_at.is_null(),
        codes.expires_at > now,
    )
    if not rows:
        raise _spent(purpose)
    owner: UUID = rows[0]["member"]
    return owner


def hash_of(secret: str) -> str:
    """What is kept of a secret with 256 random bits: a plain hash is enough for those (R-13, R-23)."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _spent(purpose: Purpose) -> CodeIsSpent:
    if purpose == "pair":
        return CodeIsSpent(_("This pairing code has expired. Reload the pairing page and click again."))
    if purpose == "code":
        return CodeIsSpent(_("This took too long. Sign in again."))
    return CodeIsSpent(_("This link was already used or has expired. Ask an admin for a new one."))
