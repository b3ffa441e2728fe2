"""Targets of notifications: sealed addresses, shown masked."""

from datetime import datetime
from typing import NewType
from uuid import UUID, uuid4

import msgspec
from piccolo.columns.combination import Where

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Forbidden, Invalid, NotFound
from amends.gateways.notifier import Notifier
from amends.gateways.notifier.policy import mask, reason
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.rules.nudge.nudges import is_browser, is_failing
from amends.rules.vocabulary import NewCases, NudgeState, Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.nudge import target_health
from amends.services.team import audit
from amends.services.team.members import Act, Member

MOST_TARGETS = 8
LONGEST_NAME = 80
LONGEST_MASK = 200
POSITIONS = (1, 2)

CheckedAddress = NewType("CheckedAddress", str)
"""An Apprise address of which `checked` says that messages go where it says."""


class TargetUnknown(NotFound):
    "Destination not found."


class TargetRefused(Invalid):
    "This destination is not valid."


class TargetNotYours(Forbidden):
    "Only its owner or an admin may change this destination."


class BrowserStays(Conflict):
    """A browser cannot be given another address. Remove it and turn reminders on again in that browser."""


class TargetShown(msgspec.Struct, frozen=True, kw_only=True):
    """A target as pages show it; `failures` since the last success, `member` None for the team's."""

    id: UUID
    name: str
    masked: str
    position: int
    failures: int
    succeeded_at: datetime | None
    member: UUID | None
    paused_until: datetime | None = None
    next_try: datetime | None = None
    gone_at: datetime | None = None

    @property
    def is_browser(self) -> bool:
        """Whether it is a browser, whose address nobody writes."""
        return is_browser(self.masked)

    @property
    def failing(self) -> bool:
        """Whether a member's mail is told instead, where there is one."""
        return is_failing(self.failures)


async def of_member(member_id: UUID) -> list[TargetShown]:
    """A member's own targets, in the order in which they are told."""
    return await _shown(tables.Target.member == member_id)


async def new_cases_of_team() -> NewCases:
    """Which new cases the team's targets are told of."""
    rows = await tables.Team.select(tables.Team.new_cases)
    return NewCases(rows[0]["new_cases"] or NewCases.NEVER) if rows else NewCases.NEVER


async def tell_team_of(act: Act, choice: NewCases) -> None:
    """The team's targets are told of these new cases from now on. Raises TargetNotYours."""
    _may_change(None, act.by)
    async with transaction():
        before = await new_cases_of_team()
        await tables.Team.update({tables.Team.new_cases: choice}).where(tables.Team.only.eq(True))
        await audit.record_change(
            "new_cases", {"new_cases": before.value}, {"new_cases": choice.value}, by=act.by, now=act.now
        )


async def of_team() -> list[TargetShown]:
    """The team's targets."""
    return await _shown(tables.Target.member.is_null())


async def everywhere() -> list[TargetShown]:
    """Every target of everybody, for `doctor`."""
    return await _shown(tables.Target.name.is_not_null())


async def checked(address: str, notifier: Notifier) -> CheckedAddress:
    """The address, when messages would go where it says: asked of a child process, outside of transactions.

    Raises TargetRefused with a sentence, and NotifierIsBusy.
    """
    if refused := await notifier.check(address):
        raise _refused("address", reason(refused))
    return CheckedAddress(address)


async def add(
    address: CheckedAddress,
    *,
    member: UUID | None,
    name: str,
    position: int,
    by: Member | None,
    now: datetime,
    secrets: Secrets,
) -> UUID:
    """Keeps an Apprise address, sealed, for a member, or for the team when `member` is None.

    `by` is None on the command line. Raises TargetRefused with a sentence per field, and TargetNotYours.
    """
    _may_change(member, by)
    masked = mask(address)
    async with transaction():
        target_id = await insert(
            address, masked=masked, member=member, name=name, position=position, now=now, secrets=secrets
        )
        await note(AuditKind.TARGET_ADDED, member, name, masked, by=by, now=now)
        return target_id


async def insert(
    address: str,
    *,
    masked: str,
    member: UUID | None,
    name: str,
    position: int,
    now: datetime,
    secrets: Secrets,
) -> UUID:
    """Step: one more target. Raises TargetRefused with a sentence per field."""
    _check(name, position)
    target_id = uuid4()
    owned = tables.Target.member.is_null() if member is None else tables.Target.member == member
    if await tables.Target.count().where(owned) >= MOST_TARGETS:
        raise _refused("address", _("There are already eight destinations. Remove one first."))
    await tables.Target.insert(
        tables.Target(
            id=target_id,
            member=member,
            name=name.strip(),
            sealed=secrets.seal(address.strip(), of=target_id),
            masked=masked[:LONGEST_MASK],
            position=position,
            created_at=now,
        )
    )
    return target_id


async def rename(act: Act, target_id: UUID, *, name: str, position: int | None = None) -> None:
    """Gives a target another name, or another place in the order. Raises as `add`, and TargetUnknown."""
    async with transaction():
        target = await take(target_id, by=act.by)
        _check(name, position or target.position)
        await tables.Target.update(
            {tables.Target.name: name.strip(), tables.Target.position: position or target.position}
        ).where(tables.Target.id == target_id)
        changed = AuditKind.TARGET_CHANGED
        await note(changed, target.member, name, target.masked, by=act.by, now=act.now)


async def find(target_id: UUID, *, by: Member) -> TargetShown:
    """A target that the member may change. Raises TargetUnknown, TargetNotYours."""
    await take(target_id, by=by)
    return (await _shown(tables.Target.id == target_id))[0]


async def change_address(
    act: Act, target_id: UUID, address: CheckedAddress, *, name: str, secrets: Secrets
) -> None:
    """Another address for a target, entered anew: it starts with a clean record, and what waits is tried now.

    Raises as `add`, TargetUnknown, and BrowserStays: what hangs on its subscription would outlive it.
    """
    target, nudge = tables.Target, tables.Nudge
    async with transaction():
        taken = await take(target_id, by=act.by)
        if is_browser(taken.masked):
            raise BrowserStays
        _check(name, taken.position)
        await target.update(
            {
                target.name: name.strip(),
                target.sealed: secrets.seal(address.strip(), of=target_id),
                target.masked: mask(address)[:LONGEST_MASK],
                target.failures: 0,
                target.paused_until: None,
            }
        ).where(target.id == target_id)
        changed = AuditKind.TARGET_CHANGED
        await note(changed, taken.member, name, mask(address), by=act.by, now=act.now)
        waiting = (nudge.target == target_id) & (nudge.state == NudgeState.READY) & (nudge.attempts > 0)
        await nudge.update({nudge.run_at: act.now}).where(waiting)


async def remove(act: Act, target_id: UUID) -> None:
    """Forgets a target, with the nudges that were still to go there. Raises TargetUnknown, TargetNotYours."""
    async with transaction():
        taken = await take(target_id, by=act.by)
        await tables.Target.delete().where(tables.Target.id == target_id)
        removed = AuditKind.TARGET_REMOVED
        await note(removed, taken.member, taken.name, taken.masked, by=act.by, now=act.now)


async def note(
    kind: AuditKind, owner: UUID | None, name: str, masked: str, *, by: Member | None, now: datetime
) -> None:
    """Step: in the audit log, whose it is, its name, and where it leads as pages show it, masked."""
    shown = masked[:LONGEST_MASK]
    await audit.record(kind, by=by, now=now, about=owner or "team", name=name.strip(), masked=shown)


async def _shown(condition: Where) -> list[TargetShown]:
    target = tables.Target
    rows = (
        await target.select(
            target.id,
            target.name,
            target.masked,
            target.position,
            target.paused_until,
            target.gone_at,
            target.failures,
            target.succeeded_at,
            target.member,
        )
        .where(condition)
        .order_by(target.position)
        .order_by(target.created_at)
    )
    tries = await target_health.next_tries() if rows else {}
    return [TargetShown(**row, next_try=tries.get(row["id"])) for row in rows]


async def take(target_id: UUID, *, by: Member) -> tables.Target:
    """Step: a target that the member may change. Raises TargetUnknown, TargetNotYours."""
    target = await tables.Target.objects().where(tables.Target.id == target_id).first()
    if target is None:
        raise TargetUnknown
    _may_change(target.member, by)
    return target


def _may_change(member: UUID | None, by: Member | None) -> None:
    """A member looks after their own targets, an admin after everybody's and the team's."""
    if by is not None and by.role is not Role.ADMIN and (member is None or member != by.id):
        raise TargetNotYours(_("Only its owner or an admin may change this destination. Ask an admin."))


def _check(name: str, position: int) -> None:
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise _refused("name", _("Give the destination a name of at most 80 characters."))
    if position not in POSITIONS:
        raise _refused("position", _("Say whether this destination is used first or second."))


def _refused(field: str, sentence: str) -> TargetRefused:
    return TargetRefused(sentence, fields={field: sentence})
