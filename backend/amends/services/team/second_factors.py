"""Second factors: codes of six digits from a phone, passkeys, and recovery codes instead (R-15, RFC 6238)."""

import asyncio
import secrets as random
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pyotp

from amends import tables
from amends.database import run, transaction
from amends.errors import Conflict, Invalid
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.rules.team.permissions import WANTS_FACTOR
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, members, passwords, throttle
from amends.services.team.members import Act, Member

STEP = timedelta(seconds=30)
AROUND = (0, -1, 1)
"""Steps that are tried: the clock of a phone may be half a minute off."""
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Those that nobody takes for another one."""
GROUPS, IN_A_GROUP = 4, 4


class WrongCode(Invalid):
    "This code is not right, or was used before."


class NoSecondFactor(Conflict):
    "There is no second factor to confirm. Begin again."


class SecondFactorIsNeeded(Conflict):
    "The team wants a second factor of approvers, leads and admins, so it cannot be turned off."


class FactorShown(msgspec.Struct, frozen=True):
    """Since when codes of a phone are asked for, if they are, and how many recovery codes are left."""

    since: datetime | None
    left: int


class Begun(msgspec.Struct, frozen=True):
    """A secret that is not confirmed yet: to be typed into a phone, and as the address in its picture."""

    secret: str
    address: str


class Codes(msgspec.Struct, frozen=True):
    """Fresh recovery codes as they are told, and the hashes of all but their beginnings."""

    told: list[str]
    hashes: list[str]


async def is_on(member_id: UUID) -> bool:
    """Whether signing in takes more than the password: a code of the phone, or a passkey."""
    key = tables.Passkey
    return await has_phone(member_id) or bool(await key.exists().where(key.member == member_id))


async def has_phone(member_id: UUID) -> bool:
    """Whether codes of a phone are at work."""
    factor = tables.SecondFactor
    confirmed = (factor.member == member_id) & factor.confirmed_at.is_not_null()
    return bool(await factor.exists().where(confirmed))


async def shown(member: Member) -> FactorShown:
    """How the member's own stands."""
    factor, code = tables.SecondFactor, tables.RecoveryCode
    rows = await factor.select(factor.confirmed_at).where(factor.member == member.id)
    left = await code.count().where((code.member == member.id) & code.used_at.is_null())
    return FactorShown(rows[0]["confirmed_at"] if rows else None, left)


async def begin(act: Act, secrets: Secrets) -> Begun:
    """A fresh secret for a member who has none at work; one that was begun before is forgotten."""
    factor, secret = tables.SecondFactor, pyotp.random_base32()
    fresh = factor(member=act.by.id, sealed=secrets.seal(secret, of=act.by.id), made_at=act.now)
    async with transaction():
        await factor.delete().where((factor.member == act.by.id) & factor.confirmed_at.is_null())
        await factor.insert(fresh).on_conflict(action="DO NOTHING")
    return _told(act.by, secret)


async def begun(member: Member, secrets: Secrets) -> Begun | None:
    """The secret that waits to be confirmed, if one does."""
    factor = tables.SecondFactor
    rows = await factor.select(factor.sealed).where(
        (factor.member == member.id) & factor.confirmed_at.is_null()
    )
    return _told(member, secrets.open(rows[0]["sealed"], of=member.id)) if rows else None


def _told(member: Member, secret: str) -> Begun:
    address = pyotp.TOTP(secret).provisioning_uri(name=member.email, issuer_name="Amends")
    return Begun(secret, address)


async def confirm(act: Act, code: str, secrets: Secrets) -> list[str]:
    """The phone makes the right codes: from now on they are asked for. Ten recovery codes, told once.

    Raises WrongCode, NoSecondFactor, TooManyTries.
    """
    waiting = await begun(act.by, secrets)
    if waiting is None:
        raise NoSecondFactor
    keys = (throttle.Key.code(act.by.id),)
    await throttle.reserve(keys, now=act.now)
    step = _step_of(waiting.secret, code, now=act.now, after=0)
    if step is None:
        raise WrongCode(_("This code is not right. Check that your phone sets its clock automatically."))
    fresh = await fresh_codes()
    factor = tables.SecondFactor
    async with transaction():
        await throttle.forgive(keys, now=act.now)
        await factor.update({factor.confirmed_at: act.now, factor.last_step: step}).where(
            factor.member == act.by.id
        )
        await keep_codes(act.by.id, fresh)
        await audit.record(AuditKind.FACTOR_SET_UP, by=act.by, now=act.now)
    return fresh.told


async def renew_codes(act: Act) -> list[str]:
    """Ten fresh recovery codes, told once; the others are good no more. Raises NoSecondFactor."""
    if not await is_on(act.by.id):
        raise NoSecondFactor
    fresh = await fresh_codes()
    async with transaction():
        await keep_codes(act.by.id, fresh)
        await audit.record(AuditKind.RECOVERY_CODES_MADE, by=act.by, now=act.now)
    return fresh.told


async def turn_off(act: Act) -> None:
    """No code of a phone is asked for any more; passkeys stay. Raises SecondFactorIsNeeded."""
    factor = tables.SecondFactor
    async with transaction():
        if await factor.delete().where(factor.member == act.by.id).returning(factor.member):
            await audit.record(AuditKind.FACTOR_REMOVED, by=act.by, now=act.now, about=act.by.id)
        if await is_on(act.by.id):
            return
        if act.by.role in WANTS_FACTOR and await is_wanted():
            raise SecondFactorIsNeeded
        await forget_codes(act.by.id)


async def want(act: Act, wanted: bool) -> None:
    """Whether approvers, leads and admins need a second factor: until they have one they reach nothing else.

    Raises OnlyAdminsMay, NoSecondFactor where the admin who wants it has none.
    """
    members.only_admins(act.by)
    if wanted and not await is_on(act.by.id):
        raise NoSecondFactor(_("Set up your own second factor first."))
    async with transaction():
        before = await is_wanted()
        await tables.Team.update({tables.Team.second_factor: wanted}).where(tables.Team.only.eq(True))
        await audit.record_change(
            "second_factor", {"wanted": before}, {"wanted": wanted}, by=act.by, now=act.now
        )


async def is_wanted() -> bool:
    """Whether the team wants one of approvers, leads and admins."""
    return await tables.Team.exists().where(tables.Team.second_factor.eq(True))


async def remove(member_id: UUID, *, now: datetime) -> bool:
    """For somebody who has lost phone, passkeys and codes, by the command line: whether there was one."""
    async with transaction():
        is_gone = await _remove(member_id)
        if is_gone:
            await audit.record(AuditKind.FACTOR_REMOVED, by=None, now=now, about=member_id)
        return is_gone


async def check(member_id: UUID, code: str, secrets: Secrets, *, now: datetime) -> None:
    """The code comes from the member's phone, or is one of the recovery codes; it is good no more.

    Raises WrongCode, TooManyTries, SecretUnreadable.
    """
    keys = (throttle.Key.code(member_id),)
    await throttle.reserve(keys, now=now)
    typed = "".join(code.split()).replace("-", "").lower()
    if not (await _is_of_phone(member_id, typed, secrets, now) or await _is_recovery(member_id, typed, now)):
        raise WrongCode(_("This code is not right, or was used before. Try the next one."))
    async with transaction():
        await throttle.forgive(keys, now=now)


USE_STEP = """
UPDATE second_factor SET last_step = :step WHERE member = :member_id AND last_step < :step RETURNING member
"""


async def _is_of_phone(member_id: UUID, typed: str, secrets: Secrets, now: datetime) -> bool:
    """Of several who send one code at once, one gets in."""
    factor = tables.SecondFactor
    rows = await factor.select(factor.sealed, factor.last_step).where(
        (factor.member == member_id) & factor.confirmed_at.is_not_null()
    )
    if not rows or not (typed.isascii() and typed.isdecimal()):
        return False
    secret = secrets.open(rows[0]["sealed"], of=member_id)
    step = _step_of(secret, typed, now=now, after=rows[0]["last_step"])
    return step is not None and bool(await run(USE_STEP, step=step, member_id=member_id))


def _step_of(secret: str, typed: str, *, now: datetime, after: int) -> int | None:
    """The step whose code this is, of those around now that come after the last one used."""
    made, here = pyotp.TOTP(secret), int(now.timestamp()) // int(STEP.total_seconds())
    given = "".join(typed.split())
    steps = (here + away for away in AROUND)
    fitting = (one for one in steps if one > after and _same(made.generate_otp(one), given))
    return next(fitting, None)


def _same(code: str, given: str) -> bool:
    return random.compare_digest(code.encode(), given.encode("utf-8", "replace"))


async def _is_recovery(member_id: UUID, typed: str, now: datetime) -> bool:
    code = tables.RecoveryCode
    beginning, rest = typed[:IN_A_GROUP], typed[IN_A_GROUP:]
    unused = (code.member == member_id) & (code.begins == beginning) & code.used_at.is_null()
    rows = await code.select(code.id, code.code_hash).where(unused)
    if not await passwords.matches(rest, rows[0]["code_hash"] if rows else None):
        return False
    used = (
        await code.update({code.used_at: now}).where(unused & (code.id == rows[0]["id"])).returning(code.id)
    )
    return bool(used)


async def fresh_codes() -> Codes:
    """Ten that nobody has; slow on purpose, so never inside a transaction."""
    found: dict[str, str] = {}
    while len(found) < RECOVERY_CODES:
        groups = ["".join(random.choice(LETTERS) for _n in range(IN_A_GROUP)) for _g in range(GROUPS)]
        found[groups[0]] = "-".join(groups)
    told = list(found.values())
    hashes = await asyncio.gather(*(passwords.hashed(one.replace("-", "")[IN_A_GROUP:]) for one in told))
    return Codes(told, list(hashes))


async def keep_codes(member_id: UUID, fresh: Codes) -> None:
    """Step: these are the member's; the others are good no more."""
    code = tables.RecoveryCode
    await forget_codes(member_id)
    rows = [
        code(id=uuid4(), member=member_id, begins=one[:IN_A_GROUP], code_hash=kept)
        for one, kept in zip(fresh.told, fresh.hashes, strict=True)
    ]
    await code.insert(*rows)


async def forget_codes(member_id: UUID) -> None:
    """Step: none is good any more."""
    await tables.RecoveryCode.delete().where(tables.RecoveryCode.member == member_id)


async def _remove(member_id: UUID) -> bool:
    factor, key = tables.SecondFactor, tables.Passkey
    await forget_codes(member_id)
    phones = await factor.delete().where(factor.member == member_id).returning(factor.member)
    keys = await key.delete().where(key.member == member_id).returning(key.member)
    return bool(phones or keys)
