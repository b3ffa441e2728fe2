"""Commands on members: add, change, disable."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from piccolo.columns import Column

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Forbidden
from amends.i18n import gettext as _
from amends.rules.team.permissions import Permission, may
from amends.rules.team.read_languages import ordered
from amends.rules.vocabulary import Language, NewCases, Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, codes, passwords
from amends.services.team.members.rows import (
    Act,
    Member,
    NoSuchMember,
    checked_name,
    find,
    known_zone,
    new_row,
    wrong,
)
from amends.services.team.seen import must_be_as_seen
from amends.tables.nudge import BROWSERS


class AlreadyMember(Conflict):
    "A member already has this email address."


class OnlyAdminsMay(Forbidden):
    """Only an admin may do this."""


class LastAdmin(Conflict):
    """This is the last admin who can sign in."""


async def add(
    email: str,
    *,
    name: str,
    role: Role,
    password: str | None,
    now: datetime,
    language: Language | None = None,
    zone: str | None = None,
    by: Member | None,
) -> Member:
    """A new member; without a password they choose one by an invitation link. `by` None is the command line.

    Language and zone are the team's when not given. Raises AlreadyMember, WrongMember, PasswordIsTooWeak,
    OnlyAdminsMay.
    """
    only_admins(by)
    password_hash = await checked_hash(password, names=(name, email)) if password is not None else None
    async with transaction():
        row = new_row(email, name=name, role=role, password_hash=password_hash, now=now)
        team = await tables.Team.select(tables.Team.language, tables.Team.zone)
        row.language = language or (team[0]["language"] if team else Language.ENGLISH)
        row.zone = known_zone(zone or (team[0]["zone"] if team else "UTC"))
        await insert(row)
        await audit.record(AuditKind.MEMBER_ADDED, by=by, now=now, about=row.id, role=role.value)
    return await find(row.id)


async def make_link(
    purpose: Literal["invite", "reset"], member_id: UUID, *, by: Member | None, now: datetime
) -> str:
    """A code by which the member chooses a password; it makes the one before void. Raises OnlyAdminsMay."""
    only_admins(by)
    async with transaction():
        code = await codes.write(purpose, member_id, now=now)
        await audit.record(AuditKind.LINK_MADE, by=by, now=now, about=member_id, how=purpose)
    return code


async def change_role(
    member_id: UUID, *, role: Role, by: Member | None, now: datetime, seen: str = ""
) -> Member:
    """Gives the member another role and ends their sessions (R-13); a reader's tokens and watches end, too.

    `seen` is the fingerprint of the role that the admin saw. Raises OnlyAdminsMay, LastAdmin, NoSuchMember,
    ChangedMeanwhile.
    """
    only_admins(by)
    async with transaction():
        await _keep_an_admin(member_id, staying=role is Role.ADMIN)
        await _change(member_id, {tables.Member.role: tables.Member.role})  # holds the row
        before = (await find(member_id)).role
        must_be_as_seen(seen, {"role": before}, {"role": role})
        await _change(member_id, {tables.Member.role: role})
        await end_sessions(member_id)
        if not may(role, Permission.WORK):
            await end_keys(member_id, now=now)
            for table in (tables.Watch, tables.MessageLink):
                await table.delete().where(table.member == member_id)
        changed = [before.value, role.value]
        await audit.record(AuditKind.ROLE_CHANGED, by=by, now=now, about=member_id, role=changed)
    return await find(member_id)


async def disable(member_id: UUID, *, by: Member | None, now: datetime) -> Member:
    """Step: from now on the member may not sign in, and every key of theirs is dead for good (R-24).

    What is theirs is handed on by `workflow.leaving`. Raises OnlyAdminsMay, LastAdmin, NoSuchMember.
    """
    only_admins(by)
    await _keep_an_admin(member_id, staying=False)
    await _change(member_id, {tables.Member.disabled_at: now})
    await end_keys(member_id, now=now)
    for table in (tables.OneTimeCode, tables.MessageLink):
        await table.delete().where(table.member == member_id)
    await audit.record(AuditKind.MEMBER_DISABLED, by=by, now=now, about=member_id)
    return await find(member_id)


async def enable(member_id: UUID, *, by: Member | None, now: datetime) -> Member:
    """The member may sign in again."""
    only_admins(by)
    async with transaction():
        await _change(member_id, {tables.Member.disabled_at: None})
        await audit.record(AuditKind.MEMBER_ENABLED, by=by, now=now, about=member_id)
    return await find(member_id)


async def change_profile(
    act: Act,
    *,
    name: str,
    language: Language,
    reads: Iterable[str],
    zone: str,
    quiet_from: int,
    quiet_until: int,
    quiet_week_ends: bool,
) -> Member:
    """Changes the member's own name, languages, zone and quiet hours.

    `reads` are tags of other languages that they read; a tag that is not among `READ` is left out. Raises
    WrongMember.
    """
    if not (0 <= quiet_from <= 1440 and 0 <= quiet_until <= 1440):
        raise wrong("quiet_from", _("Enter quiet hours between 00:00 and 24:00."))
    columns = tables.Member
    async with transaction():
        await _change(
            act.by.id,
            {
                columns.name: checked_name(name),
                columns.language: language,
                columns.reads: " ".join(ordered(reads)),
                columns.zone: known_zone(zone),
                columns.quiet_from: quiet_from,
                columns.quiet_until: quiet_until,
                columns.quiet_week_ends: quiet_week_ends,
            },
        )
    return await find(act.by.id)


async def change_language(act: Act, language: Language) -> None:
    """Changes the language in which the member is spoken to."""
    async with transaction():
        await _change(act.by.id, {tables.Member.language: language})


async def change_reminders(
    act: Act,
    *,
    digest_at: int | None,
    digest_weekly: bool,
    daily_budget: int,
    hears_urgent: bool,
    new_cases: NewCases | None,
) -> Member:
    """How often the member is nudged: `digest_at` in minutes of their day, None for no digest.

    `new_cases` are those that they hear of, None where it hangs on whether they are on duty.

    Raises WrongMember.
    """
    if not 1 <= daily_budget <= 50:
        raise wrong("daily_budget", _("Choose between 1 and 50 messages a day."))
    if digest_at is not None and not 0 <= digest_at < 1440:
        raise wrong("digest_at", _("Enter a time of day, such as 09:00."))
    columns = tables.Member
    async with transaction():
        await _change(
            act.by.id,
            {
                columns.digest_at: digest_at,
                columns.digest_weekly: digest_weekly,
                columns.daily_budget: daily_budget,
                columns.hears_urgent: hears_urgent,
                columns.new_cases: new_cases,
            },
        )
    return await find(act.by.id)


async def set_password(member_id: UUID, password: str, *, now: datetime) -> None:
    """A new password; every session and key of the member ends (R-14).

    Raises PasswordIsTooWeak, NoSuchMember.
    """
    member = await find(member_id)
    password_hash = await checked_hash(password, names=(member.name, member.email))
    async with transaction():
        await _change(member_id, {tables.Member.password_hash: password_hash})
        await end_keys(member_id, now=now)
        await audit.record(AuditKind.PASSWORD_CHANGED, by=member, now=now, how="password")


async def choose_password(purpose: codes.Purpose, code: str, password: str, *, now: datetime) -> Member:
    """Spends an invitation or reset link for a new password. Raises CodeIsSpent, PasswordIsTooWeak."""
    member = await find(await codes.owner_of(purpose, code, now=now))
    password_hash = await checked_hash(password, names=(member.name, member.email))
    async with transaction():
        owner = await codes.spend(purpose, code, now=now)
        await _change(owner, {tables.Member.password_hash: password_hash})
        await end_keys(owner, now=now)
        await audit.record(AuditKind.PASSWORD_CHANGED, by=owner, now=now, how=purpose)
    return await find(owner)


async def insert(row: tables.Member) -> None:
    """Step: writes a new member. Raises AlreadyMember, whoever was first."""
    members = tables.Member
    if not await members.insert(row).on_conflict(action="DO NOTHING").returning(members.id):
        sentence = _("A member already has this email address.")
        raise AlreadyMember(sentence)


async def end_sessions(member_id: UUID) -> None:
    """Step: signs the member out everywhere, and ends the reminders in their browsers."""
    await tables.Target.delete().where((tables.Target.member == member_id) & BROWSERS)
    await tables.Session.delete().where(tables.Session.member == member_id)


async def end_keys(member_id: UUID, *, now: datetime) -> None:
    """Step: ends what opens without the password: sessions, paired browsers and programs, the calendar feed.

    A token stays dead when the member may sign in again.
    """
    browser, code, feed = tables.Browser, tables.OneTimeCode, tables.CalendarFeed
    await end_sessions(member_id)
    await browser.update({browser.revoked_at: now}).where(
        browser.member == member_id, browser.revoked_at.is_null()
    )
    await code.delete().where(code.member == member_id, code.purpose == "pair")
    await feed.delete().where(feed.member == member_id)


def only_admins(by: Member | None) -> None:
    """Raises OnlyAdminsMay for a member who is none; None is the command line, which may."""
    if by is not None and by.role is not Role.ADMIN:
        raise OnlyAdminsMay(_("Only an admin may do this. Ask one."))


async def checked_hash(password: str, *, names: tuple[str, ...]) -> str:
    """The hash of a good new password, made before any transaction. Raises PasswordIsTooWeak."""
    team = await tables.Team.select(tables.Team.name)
    words = [*(row["name"] for row in team), *(part for name in names for part in re.split(r"[\s@.]+", name))]
    await passwords.check_in_thread(password, names=words)
    return await passwords.hashed(password)


async def _change(member_id: UUID, values: dict[Column | str, Any]) -> None:
    columns = tables.Member
    if not await columns.update(values).where(columns.id == member_id).returning(columns.id):
        raise NoSuchMember


async def _keep_an_admin(member_id: UUID, *, staying: bool) -> None:
    """Raises LastAdmin when nobody else who can sign in would be one; who was only invited cannot yet.

    Writing what is there locks the rows: of two admins who demote each other, one comes second.
    """
    columns = tables.Member
    admins = (
        await columns.update({columns.role: Role.ADMIN})
        .where(columns.role == Role.ADMIN, columns.disabled_at.is_null())
        .returning(columns.id, columns.password_hash)
    )
    is_one = any(row["id"] == member_id for row in admins)
    others = any(row["id"] != member_id and row["password_hash"] for row in admins)
    if is_one and not staying and not others:
        raise LastAdmin(_("No other admin can sign in. Make someone else an admin first, then try again."))
