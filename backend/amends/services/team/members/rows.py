"""Lists of members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec

from amends import tables
from amends.database import Selected, columns_of, convert, converter, locking, read, run
from amends.errors import Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.plain_lines import plain_line
from amends.rules.team.mail_addresses import folded, wire_form
from amends.rules.team.permissions import Permission, may
from amends.rules.vocabulary import Language, NewCases, Role

LACKS_FACTOR = """
(member.role IN ('approver', 'lead', 'admin')
AND EXISTS (SELECT 1 FROM team WHERE team.second_factor) AND NOT EXISTS (
SELECT 1 FROM second_factor AS f WHERE f.member = member.id AND f.confirmed_at IS NOT NULL) AND NOT EXISTS (
SELECT 1 FROM passkey AS p WHERE p.member = member.id))
"""
"""Whether the team wants a second factor of a member who has none."""
SEES_LOG = "EXISTS (SELECT 1 FROM team WHERE team.readers_see_log)"
"""Whether an admin lets readers open the audit log."""


class Member(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One of our own people, as the other layers see them. Quiet hours are minutes of the member's day."""

    id: UUID
    email: str
    name: str
    role: Role
    language: Language
    reads: str
    zone: str
    quiet_from: int
    quiet_until: int
    quiet_week_ends: bool
    hears_urgent: bool
    new_cases: NewCases | None
    daily_budget: int
    digest_at: int | None
    digest_weekly: bool
    disabled: Annotated[bool, Selected("member.disabled_at IS NOT NULL")] = False
    lacks_factor: Annotated[bool, Selected(LACKS_FACTOR)] = False
    sees_log: Annotated[bool, Selected(SEES_LOG)] = False

    def may(self, permission: Permission) -> bool:
        """Whether their role, and what the team has decided of it, lets them."""
        hidden = permission is Permission.READ_LOG and self.role is Role.READER and not self.sees_log
        return may(self.role, permission) and not hidden

    @property
    def works(self) -> bool:
        """Whether something can be given to them: they may sign in, and are no reader."""
        return not self.disabled and self.may(Permission.WORK)

    @property
    def languages(self) -> frozenset[str]:
        """The tags of the languages that they read: that of their pages, and those that they named."""
        return frozenset((self.language.value, *self.reads.split()))


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, and when (aware, UTC): the first argument of every command."""

    by: Member
    now: datetime


COLUMNS = columns_of(Member, table="member")
"""Never the password's hash."""
AS_MEMBER = columns_of(Member, table="member", prefix="member_")
"""The same of a joined member, for `convert` with the prefix `member_`."""
ALL = f"SELECT {COLUMNS} FROM member"  # noqa: S608


class NoSuchMember(NotFound):
    "Member not found."


class WrongMember(Invalid):
    """Something about this member is missing or wrong."""


class MemberIsDisabled(Invalid):
    """This member can no longer sign in."""


class MemberOnlyReads(Invalid):
    """This member is a reader, who gets no work."""


async def find(member_id: UUID) -> Member:
    """The member with this id, disabled or not. Raises NoSuchMember."""
    return _only(await run(f"{ALL} WHERE id = :id", id=member_id))


async def present(member_id: UUID, *, field: str = "member", works: bool = True) -> Member:
    """The member who is to get something, and so must be able to sign in; `field` is the form's.

    Inside a transaction they stay so until it ends: whoever disables them waits. Raises NoSuchMember,
    MemberIsDisabled, and MemberOnlyReads unless they need not `work`.
    """
    member = _only(await run(f"{ALL} WHERE id = :id {locking(strength='SHARE')}", id=member_id))
    if member.disabled:
        sentence = _("%(name)s can no longer sign in. Choose someone else.") % {"name": member.name}
        raise MemberIsDisabled(sentence, fields={field: sentence})
    if works and not member.works:
        sentence = _("%(name)s is a reader, who gets no work. Choose someone else.") % {"name": member.name}
        raise MemberOnlyReads(sentence, fields={field: sentence})
    return member


async def by_email(email: str) -> Member:
    """The member with this address, in any of its spellings. Raises NoSuchMember."""
    return _only(await run(f"{ALL} WHERE email = :email", email=folded(email)))


async def everyone() -> tuple[Member, ...]:
    """All members by name, those who may sign in first."""
    return _in_order(tuple(await read(converter(Member), ALL)))


async def leads() -> list[Member]:
    """Those who may lead, admins too, and may sign in, by name."""
    return [one for one in await everyone() if one.role.reaches(Role.LEAD) and not one.disabled]


async def admins() -> list[Member]:
    """Admins who may sign in, by name."""
    return [one for one in await leads() if one.role is Role.ADMIN]


@lru_cache(maxsize=16)
def _in_order(found: tuple[Member, ...]) -> tuple[Member, ...]:
    return tuple(sorted(found, key=lambda member: (member.disabled, member.name.casefold())))


async def is_anyone() -> bool:
    """Whether there is a member at all; before the first one, the setup link is good (R-59)."""
    return bool(await tables.Member.exists())


def new_row(email: str, *, name: str, role: Role, password_hash: str | None, now: datetime) -> tables.Member:
    """An unsaved row of a new member. Raises WrongMember."""
    if wire_form(email) is None:
        raise wrong("email", _("Enter an email address, such as ada@example.org."))
    return tables.Member(
        id=uuid4(),
        email=folded(email),
        name=checked_name(name),
        role=role,
        password_hash=password_hash,
        created_at=now,
    )


def checked_name(name: str) -> str:
    """The name on one line. Raises WrongMember."""
    line = plain_line(name)
    if not 1 <= len(line) <= 120:
        raise wrong("name", _("Enter a name of 1 to 120 characters."))
    return line


def known_zone(zone: str) -> str:
    """The zone, when it exists. Raises WrongMember."""
    try:
        return ZoneInfo(zone).key
    except (KeyError, OSError, ValueError):
        raise wrong("zone", _("Choose a time zone from the list, such as Europe/Paris.")) from None


def wrong(field: str, sentence: str) -> WrongMember:
    """The error for one field."""
    return WrongMember(sentence, fields={field: sentence})


def _only(rows: Sequence[Mapping[str, Any]]) -> Member:
    if not rows:
        raise NoSuchMember
    return convert(rows[0], Member)
