"""Sessions: sign in, sign out, expiry."""

import secrets as random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import convert, run, transaction
from amends.errors import Forbidden
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.rules.team.mail_addresses import folded
from amends.rules.team.signed_in import KEPT, USUAL, Life, is_alive
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, codes, members, passwords, second_factors, throttle
from amends.services.team.members import Act, Member
from amends.tables.nudge import BROWSERS

TOUCH_EVERY = timedelta(minutes=5)


class SignedIn(msgspec.Struct, frozen=True):
    """A new session: the token for the browser's cookie, which is written nowhere, and whose it is."""

    token: str
    member: Member
    kept: bool = False


class AwaitsCode(msgspec.Struct, frozen=True):
    """The password was right, and a code is still to be typed: what names this try; whether to `keep` it."""

    token: str
    keep: bool = False


class KnownBrowser(msgspec.Struct, frozen=True):
    """A browser in which a member has signed in before, by the cookie that it was given then."""

    id: str
    member: UUID


class SessionShown(msgspec.Struct, frozen=True, kw_only=True):
    """One signed-in browser of a member; `here` is the one that asks."""

    id: UUID
    created_at: datetime
    seen_at: datetime
    address: str
    program: str
    kept: bool
    here: bool = False


class WrongPassword(Forbidden):
    "Wrong email or password."


WITH_PASSWORD = f"SELECT {members.COLUMNS}, password_hash FROM member WHERE email = :email"  # noqa: S608


async def sign_in(
    email: str,
    password: str,
    *,
    address: str,
    program: str,
    now: datetime,
    browser: KnownBrowser | None = None,
    keep: bool = False,
) -> SignedIn | AwaitsCode:
    """A new session under a new token, whatever the browser held before (R-13).

    Or what is needed to go on, where the member has a second factor (R-15).

    Answer and cost are the same for an unknown address, a wrong password and a disabled member (R-10).
    It is kept for thirty days where the member asks to `keep` it and the team lets them.
    Failures of strangers do not count in a `browser` or a network where the member has signed in before.
    Raises WrongPassword, TooManyTries (R-12).
    """
    rows = await run(WITH_PASSWORD, email=folded(email))
    known = browser.id if browser and rows and browser.member == rows[0]["id"] else ""
    owner = rows[0]["id"] if rows else None
    keys = await throttle.keys_of(folded(email), owner, address=address, browser=known, now=now)
    await throttle.reserve(keys, now=now)
    kept = rows[0]["password_hash"] if rows and not rows[0]["disabled"] else None
    if not await passwords.matches(password, kept) or kept is None:
        await audit.record(
            AuditKind.SIGN_IN_FAILED, by=audit.STRANGER, now=now, about=owner or "", address=address
        )
        raise WrongPassword(
            _("Wrong email or password. Try again, or ask an admin for a link to set a new password.")
        )
    fresh_hash = await passwords.hashed(password) if passwords.is_outdated(kept) else None
    member = convert(rows[0], Member)
    if await second_factors.is_on(member.id):
        async with transaction():
            await throttle.forgive(keys, now=now)
        return await awaits_code(member, keep=keep, now=now)
    async with transaction():
        await throttle.forgive(keys, now=now)
        if fresh_hash:
            await tables.Member.update({tables.Member.password_hash: fresh_hash}).where(
                tables.Member.id == member.id, tables.Member.password_hash == kept
            )
        keep = keep and await may_stay()
        return await begin(member, address=address, program=program, now=now, keep=keep)


async def awaits_code(member: Member, *, keep: bool = False, now: datetime) -> AwaitsCode:
    """What lets a member who has shown their password, or a link of ours, type a code within ten minutes."""
    return AwaitsCode(await codes.make("code", member.id, now=now), keep)


async def sign_in_by_code(
    awaits: AwaitsCode, code: str, secrets: Secrets, *, address: str, program: str, now: datetime
) -> SignedIn:
    """A new session, once the code of the second factor is right too.

    Raises CodeIsSpent, WrongCode, TooManyTries, MemberIsDisabled, SecretUnreadable.
    """
    member = await members.present(await codes.owner_of("code", awaits.token, now=now), works=False)
    try:
        await second_factors.check(member.id, code, secrets, now=now)
    except second_factors.WrongCode:
        failed = AuditKind.CODE_FAILED
        await audit.record(failed, by=audit.STRANGER, now=now, about=member.id, address=address)
        raise
    async with transaction():
        await codes.spend("code", awaits.token, now=now)
        keep = awaits.keep and await may_stay()
        return await begin(member, address=address, program=program, now=now, keep=keep, how="code")


async def may_stay() -> bool:
    """Whether the team lets its members stay signed in on a device of their own."""
    return await tables.Team.exists().where(tables.Team.stay_signed_in.eq(True))


async def let_stay(act: Act, allowed: bool) -> None:
    """Whether members may stay signed in for thirty days; without it every session has the usual life again.

    Raises OnlyAdminsMay.
    """
    members.only_admins(act.by)
    async with transaction():
        before = await may_stay()
        await tables.Team.update({tables.Team.stay_signed_in: allowed}).where(tables.Team.only.eq(True))
        await audit.record_change(
            "stay_signed_in", {"allowed": before}, {"allowed": allowed}, by=act.by, now=act.now
        )
        if not allowed:
            await tables.Session.update({tables.Session.kept: False}).where(tables.Session.kept.eq(True))


async def begin_for(
    member: Member, *, address: str, program: str, now: datetime, how: str = "link"
) -> SignedIn:
    """A session for a member who has just proved who they are, by a link of ours unless `how` says else."""
    async with transaction():
        return await begin(member, address=address, program=program, now=now, how=how)


async def begin(
    member: Member, *, address: str, program: str, now: datetime, keep: bool = False, how: str = "password"
) -> SignedIn:
    """Step: writes a session; forgets those of the member that have ended by themselves.

    `how` they proved who they are stands in the audit log.
    """
    await audit.record(AuditKind.SIGNED_IN, by=member, now=now, address=address, how=how)
    token = random.token_urlsafe(32)
    await throttle.remember_network(member.id, address, now=now)
    await tables.Session.delete().where(tables.Session.member == member.id, has_ended(now))
    await tables.Session.insert(
        tables.Session(
            id=uuid4(),
            token_hash=codes.hash_of(token),
            member=member.id,
            created_at=now,
            seen_at=now,
            proved_at=now,
            kept=keep,
            address=address[:64],
            program=program[:200],
        )
    )
    return SignedIn(token, member, kept=keep)


def has_ended(now: datetime) -> Any:  # noqa: ANN401 - a condition of piccolo's, which has no public type
    """The sessions that `is_alive` no longer counts, as a condition of the table."""
    session = tables.Session

    def over(life: Life, kept: bool) -> Any:  # noqa: ANN401
        last_seen, first_seen = session.seen_at <= now - life.idle, session.created_at <= now - life.longest
        return session.kept.eq(kept) & (last_seen | first_seen)

    return over(USUAL, False) | over(KEPT, True)


BY_TOKEN = f"""
SELECT session.id, session.created_at, session.seen_at, session.kept, {members.AS_MEMBER}
FROM session JOIN member ON member.id = session.member WHERE session.token_hash = :token_hash
"""  # noqa: S608


async def member_of(token: str, *, now: datetime) -> Member | None:
    """Whose session this is; None when unknown, ended by itself, or its member disabled (R-14)."""
    rows = await run(BY_TOKEN, token_hash=codes.hash_of(token))
    if not rows or not _is_alive(rows[0], now) or rows[0]["member_disabled"]:
        return None
    if now - rows[0]["seen_at"] >= TOUCH_EVERY:
        await tables.Session.update({tables.Session.seen_at: now}).where(tables.Session.id == rows[0]["id"])
    return convert(rows[0], Member, prefix="member_")


async def sign_out(token: str, *, now: datetime) -> None:
    """Ends this session, and reminders in its browser; nothing when there is none."""
    session = tables.Session
    async with transaction():
        for member in await _end(session.token_hash == codes.hash_of(token)):
            await audit.record(AuditKind.SIGNED_OUT, by=member, now=now)


async def of_member(member_id: UUID, *, token: str = "", now: datetime) -> list[SessionShown]:
    """The member's sessions that are alive: that of the `token` first, then the last used."""
    session = tables.Session
    rows = await session.select().where(session.member == member_id)
    shown = [
        SessionShown(
            id=row["id"],
            created_at=row["created_at"],
            seen_at=row["seen_at"],
            address=row["address"],
            program=row["program"],
            kept=row["kept"],
            here=row["token_hash"] == codes.hash_of(token),
        )
        for row in rows
        if _is_alive(row, now)
    ]
    return sorted(shown, key=lambda one: (one.here, one.seen_at), reverse=True)


async def end(act: Act, session_id: UUID) -> None:
    """Ends one session of the member's own; another's, or none, changes nothing (R-14)."""
    session = tables.Session
    async with transaction():
        await _note_ended(act, await _end((session.id == session_id) & (session.member == act.by.id)))


async def end_others(act: Act, token: str) -> None:
    """Ends every session of the member's own but that of the `token` (R-14), and reminders in their browsers.

    Also in those whose session has ended by itself.
    """
    session, target = tables.Session, tables.Target
    others = (session.member == act.by.id) & (session.token_hash != codes.hash_of(token))
    async with transaction():
        await target.delete().where((target.member == act.by.id) & target.session.is_null() & BROWSERS)
        await _note_ended(act, await _end(others))


async def end_all(act: Act) -> None:
    """Ends every session of the member's own, this one too, and reminders in all their browsers (R-14)."""
    await end_others(act, "")


async def _end(which: Any) -> list[UUID]:  # noqa: ANN401 - a condition of piccolo's, which has no public type
    """Step: these sessions end by a wish, and so do the reminders in their browsers: whose they were."""
    session, target = tables.Session, tables.Target
    rows = await session.select(session.id, session.member).where(which)
    ended = [row["id"] for row in rows]
    if ended:
        await target.delete().where(target.session.is_in(ended))
        await session.delete().where(session.id.is_in(ended))
    return [row["member"] for row in rows]


async def _note_ended(act: Act, whose: list[UUID]) -> None:
    if whose:
        await audit.record(AuditKind.SESSIONS_ENDED, by=act.by, now=act.now, count=len(whose))


def _is_alive(row: Mapping[str, Any], now: datetime) -> bool:
    return is_alive(created_at=row["created_at"], seen_at=row["seen_at"], kept=row["kept"], now=now)
