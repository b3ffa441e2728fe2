"""API tokens of paired browsers and programs."""

import secrets
import string
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from piccolo.custom_types import Combinable

from amends import tables
from amends.database import convert, run, transaction
from amends.errors import NotFound
from amends.rules.team.scopes import OF_BROWSERS, Scope
from amends.rules.vocabulary import Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, codes, members
from amends.services.team.members import Member

LIFETIME = timedelta(days=365)
TOUCH_EVERY = timedelta(minutes=5)
_LETTERS = string.ascii_lowercase + string.digits


class Paired(msgspec.Struct, frozen=True):
    """A new token, shown this once, and whose it is."""

    token: str
    member: Member


class Holder(msgspec.Struct, frozen=True):
    """Who speaks through a token, and how far it reaches."""

    member: Member
    browser_id: UUID
    scopes: frozenset[str]


class BrowserShown(msgspec.Struct, frozen=True, kw_only=True):
    """A browser or a program as its member sees it: never the token."""

    id: UUID
    name: str
    prefix: str
    member_name: str
    scopes: list[str]
    is_program: bool
    created_at: datetime
    seen_at: datetime | None
    expires_at: datetime


class NoSuchBrowser(NotFound):
    "Browser not found."


async def pair(code: str, *, name: str, now: datetime) -> Paired:
    """Exchanges the code of the pairing page for a token. Raises CodeIsSpent, WrongMember for the name."""
    async with transaction():
        member = await members.present(await codes.spend("pair", code, now=now))
        token = await write(member, name=name, now=now)
        await audit.record(AuditKind.BROWSER_PAIRED, by=member, now=now, name=name.strip())
        return Paired(token, member)


async def create(member_email: str, *, name: str, now: datetime) -> str:
    """A token for a program of this member, from the command line.

    Raises NoSuchMember, MemberIsDisabled, WrongMember.
    """
    known = await members.by_email(member_email)
    async with transaction():
        member = await members.present(known.id)
        token = await write(member, name=name, now=now, is_program=True)
        await audit.record(AuditKind.TOKEN_MADE, by=None, now=now, about=member.id, name=name.strip())
        return token


async def revoke(which: UUID | str, *, by: Member | None, now: datetime) -> None:
    """The token with this id, or these first letters, is dead at once.

    Members revoke their own, admins and the command line (None) all. Raises NoSuchBrowser.
    """
    browser = tables.Browser
    if isinstance(which, UUID):
        found = browser.id == which
    else:
        found = browser.prefix == which.removeprefix("amends_")[:8]
    async with transaction():
        rows = await browser.select(browser.id, browser.member, browser.name).where(
            found, browser.revoked_at.is_null()
        )
        mine = [row for row in rows if by is None or by.role is Role.ADMIN or row["member"] == by.id]
        if not mine:
            raise NoSuchBrowser
        await browser.update({browser.revoked_at: now}).where(browser.id.is_in([row["id"] for row in mine]))
        for row in mine:
            revoked = AuditKind.BROWSER_REVOKED
            await audit.record(revoked, by=by, now=now, about=row["member"], name=row["name"])


BY_TOKEN = f"""
SELECT browser.id, browser.scopes, browser.seen_at, browser.expires_at, browser.revoked_at,
{members.AS_MEMBER}
FROM browser JOIN member ON member.id = browser.member WHERE browser.token_hash = :token_hash
"""  # noqa: S608


async def member_of(token: str, *, now: datetime) -> Holder | None:
    """Who holds the token; None when it is unknown, revoked or over, or its member disabled (R-24)."""
    rows = await run(BY_TOKEN, token_hash=codes.hash_of(token))
    if not rows:
        return None
    row = rows[0]
    if row["revoked_at"] or row["expires_at"] <= now or row["member_disabled"]:
        return None
    if row["seen_at"] is None or now - row["seen_at"] >= TOUCH_EVERY:
        await tables.Browser.update({tables.Browser.seen_at: now}).where(tables.Browser.id == row["id"])
    return Holder(convert(row, Member, prefix="member_"), row["id"], frozenset(row["scopes"]))


async def shown_to(member: Member, *, now: datetime) -> list[BrowserShown]:
    """The live browsers that the member may revoke: their own, everybody's for an admin; the newest first."""
    if member.role is Role.ADMIN:
        return await _shown(tables.Browser.revoked_at.is_null(), now)
    return await of_member(member.id, now=now)


async def of_member(member_id: UUID, *, now: datetime) -> list[BrowserShown]:
    """The live browsers of one member, the newest first."""
    return await _shown(tables.Browser.member == member_id, now)


async def paired_with(code_hash: str, member_id: UUID, *, now: datetime) -> BrowserShown | None:
    """The member's live browser that was paired with the code of this hash; None while there is none."""
    spent = tables.OneTimeCode
    rows = await spent.select(spent.used_at).where(
        spent.code_hash == code_hash, spent.member == member_id, spent.used_at.is_not_null()
    )
    if not rows:
        return None
    browser = tables.Browser  # it was written at the instant at which its code was spent
    found = await _shown((browser.member == member_id) & (browser.created_at == rows[0]["used_at"]), now)
    return found[0] if found else None


async def _shown(which: Combinable, now: datetime) -> list[BrowserShown]:
    browser = tables.Browser
    rows = await browser.select(
        browser.id,
        browser.name,
        browser.prefix,
        browser.member.name.as_alias("member_name"),
        browser.scopes,
        browser.is_program,
        browser.created_at,
        browser.seen_at,
        browser.expires_at,
    ).where(which, browser.revoked_at.is_null(), browser.expires_at > now)
    shown = [BrowserShown(**row) for row in rows]
    return sorted(shown, key=lambda one: one.created_at, reverse=True)


async def write(
    member: Member,
    *,
    name: str,
    now: datetime,
    scopes: Collection[Scope] = OF_BROWSERS,
    good_for: timedelta = LIFETIME,
    is_program: bool = False,
) -> str:
    """Step: a new token, told this once; only its hash is kept. Raises WrongMember for the name."""
    prefix = "".join(secrets.choice(_LETTERS) for _ in range(8))
    token = f"amends_{prefix}_{secrets.token_urlsafe(32)}"
    await tables.Browser.insert(
        tables.Browser(
            id=uuid4(),
            member=member.id,
            name=members.checked_name(name),
            prefix=prefix,
            token_hash=codes.hash_of(token),
            scopes=[scope.value for scope in scopes],
            is_program=is_program,
            created_at=now,
            expires_at=now + good_for,
        )
    )
    return token
