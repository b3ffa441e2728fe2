"""Weekly duties and the rotation."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import bound, run, transaction
from amends.errors import Forbidden, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.team import rotas as rules
from amends.rules.vocabulary import Role
from amends.services.team import calendars, members, notices, teams
from amends.services.team.members import Act, Member
from amends.services.team.seen import must_be_as_seen

MOST_WEEKS = 8
"""A duty comes again every so many weeks, at most."""


class RotaUnknown(NotFound):
    "This weekly duty no longer exists."


class RotaNotYours(Forbidden):
    """Only a lead may change this part of the rota."""


class WrongRota(Invalid):
    "This rotation is not valid."


class WeeklyShown(msgspec.Struct, frozen=True, kw_only=True):
    """A weekly duty, with the name of whose it is; its minutes are of the wall clock of `zone()`."""

    id: UUID
    member: UUID
    member_name: str
    days: frozenset[int]
    begins: int
    ends: int
    every: int
    first: date


class DutiesOf(msgspec.Struct, frozen=True, kw_only=True):
    """What one member has to do on duty: single duties from when until when, weekly ones, and turns."""

    single: list[tuple[datetime, datetime]]
    weekly: list[WeeklyShown]
    takes_turns: bool

    def __len__(self) -> int:
        return len(self.single) + len(self.weekly) + self.takes_turns


WEEKLY = """
SELECT w.id, w.member, member.name AS member_name, CAST(w.days AS TEXT) AS days, w.begins, w.ends,
w.every, w.first
FROM weekly_duty w JOIN member ON member.id = w.member ORDER BY member.name, w.begins, w.id
"""
ROTATION = 'SELECT CAST(members AS TEXT) AS members, weekday, minute, "first" FROM rotation'
DUTIES = "SELECT member, begins_at, ends_at, instead FROM duty WHERE ends_at > :begin AND begins_at <= :end"


async def zone() -> str:
    """On whose wall clock weekly duties and turns are read: of the hours on duty, else of the team."""
    hours = await calendars.on_duty()
    return hours.zone if hours else (await teams.calendar()).zone


async def find(*, begin: datetime, end: datetime) -> rules.Rota:
    """Everything that says who is on duty from one instant to another."""
    duties = await run(DUTIES, begin=begin, end=end)
    return rules.Rota(
        zone=await zone(),
        duties=tuple(
            rules.Duty(row["member"], row["begins_at"], row["ends_at"], bool(row["instead"]))
            for row in duties
        ),
        weekly=tuple(rule_of(one) for one in await weekly()),
        rotation=await rotation(),
    )


def rule_of(shown: WeeklyShown) -> rules.WeeklyDuty:
    """A weekly duty as the rules know it."""
    return rules.WeeklyDuty(shown.member, shown.days, shown.begins, shown.ends, shown.first, shown.every)


async def weekly() -> list[WeeklyShown]:
    """The weekly duties, by name."""
    return [WeeklyShown(**{**row, "days": frozenset(json.loads(row["days"]))}) for row in await run(WEEKLY)]


async def rotation() -> rules.Rotation | None:
    """Who takes turns, in order, and since when; None where nobody does."""
    rows = await run(ROTATION)
    if not rows:
        return None
    row = rows[0]
    turns = tuple(UUID(one) for one in json.loads(row["members"]))
    return rules.Rotation(turns, row["weekday"], row["minute"], row["first"])


def values_of(turns: rules.Rotation | None) -> dict[str, object]:
    """What the form of the rotation shows, by which a later one is known; see `seen`."""
    if turns is None:
        return {}
    members_in_turn = [str(one) for one in turns.members]
    return {
        "members": members_in_turn,
        "weekday": turns.weekday,
        "minute": turns.minute,
        "first": turns.first,
    }


async def repeat(
    act: Act, member: UUID, *, days: Collection[int], begins: int, ends: int, first: date, every: int = 1
) -> UUID:
    """A member will be on duty on these days of the week, again and again.

    Raises RotaNotYours, WrongRota, NoSuchMember, MemberIsDisabled.
    """
    _may_change(act.by, member)
    _check_weekly(days, begins, ends, every)
    row = tables.WeeklyDuty(
        id=uuid4(),
        member=member,
        days=sorted(days),
        begins=begins,
        ends=ends,
        every=every,
        first=first,
        created_at=act.now,
    )
    async with transaction():
        await members.present(member)
        await tables.WeeklyDuty.insert(row)
        await notices.give(member, [row.id], by=act.by, now=act.now)
    return row.id


def _check_weekly(days: Collection[int], begins: int, ends: int, every: int) -> None:
    if not days or not set(days) <= set(range(7)):
        raise wrong("days", _("Choose at least one day."))
    if not (0 <= begins < 1440 and 0 <= ends <= 1440):
        raise wrong("begins", _("Enter a time of day, such as 09:00."))
    if not 1 <= every <= MOST_WEEKS:
        raise wrong("every", _("Enter a number from 1 to %(most)s.") % {"most": MOST_WEEKS})


async def end(act: Act, weekly_duty: UUID) -> None:
    """A weekly duty does not come again. Raises RotaUnknown, RotaNotYours."""
    table = tables.WeeklyDuty
    async with transaction():
        rows = await table.select(table.member).where(table.id == weekly_duty)
        if not rows:
            raise RotaUnknown(_("This is over, or someone else has removed it."))
        _may_change(act.by, rows[0]["member"])
        await table.delete().where(table.id == weekly_duty)


async def rotate(
    act: Act, turns: Sequence[UUID], *, weekday: int, minute: int, first: date, seen: str = ""
) -> None:
    """These members take turns from now on, in this order, in place of whoever did.

    `seen` is the fingerprint of the rotation that the form showed. Raises RotaNotYours, WrongRota,
    ChangedMeanwhile.
    """
    _may_change(act.by)
    here = {one.id for one in await members.everyone() if one.works}
    if not turns or len(set(turns)) < len(turns) or not set(turns) <= here:
        raise wrong("members", _("Tick at least one active member."))
    if not (0 <= weekday <= 6 and 0 <= minute < 1440):
        raise wrong("minute", _("Enter a time of day, such as 09:00."))
    table = tables.Rotation
    columns: dict[Any, Any] = {
        table.members: [str(one) for one in turns],
        table.weekday: weekday,
        table.minute: minute,
        table.first: first,
        table.changed_at: act.now,
    }
    wanted = rules.Rotation(tuple(turns), weekday, minute, first)
    row = table(id=uuid4(), only=True, **{column._meta.name: value for column, value in columns.items()})
    async with transaction():
        await _hold_rotation()
        before = await rotation()
        must_be_as_seen(seen, values_of(before), values_of(wanted))
        if not await table.insert(row).on_conflict(action="DO NOTHING").returning(table.id):
            await table.update(columns).where(table.only.eq(True))
        await _tell_who_is_new(before, wanted, by=act.by, now=act.now)


async def _tell_who_is_new(
    before: rules.Rotation | None, turns: rules.Rotation, *, by: Member | None, now: datetime
) -> None:
    """Step: whoever takes turns now and took none before hears of it."""
    [row] = await tables.Rotation.select(tables.Rotation.id)
    for member in turns.members:
        if before is None or member not in before.members:
            await notices.give(member, [row["id"]], by=by, now=now)


async def _hold_rotation() -> None:
    """Step: of two who change the rotation at once, the second sees what the first one saved."""
    if bound().engine_type == "postgres":
        await run("LOCK TABLE rotation IN SHARE ROW EXCLUSIVE MODE")


async def end_rotation(act: Act) -> None:
    """Nobody takes turns any more. Raises RotaNotYours."""
    _may_change(act.by)
    async with transaction():
        await tables.Rotation.delete(force=True)


async def duties_of(member: UUID, *, now: datetime) -> DutiesOf:
    """What a member still has to do on duty."""
    duty = tables.Duty
    ahead = (duty.member == member) & (duty.ends_at > now)
    rows = await duty.select(duty.begins_at, duty.ends_at).where(ahead)
    turns = await rotation()
    return DutiesOf(
        single=sorted((row["begins_at"], row["ends_at"]) for row in rows),
        weekly=[one for one in await weekly() if one.member == member],
        takes_turns=turns is not None and member in turns.members,
    )


async def replace_member(member: UUID, successor: UUID | None, *, by: Member | None, now: datetime) -> None:
    """Step: what a member has to do on duty from now on is a successor's, or nobody's."""
    duty, weekly_duty = tables.Duty, tables.WeeklyDuty
    ahead = (duty.member == member) & (duty.ends_at > now)
    if successor:
        theirs = weekly_duty.member == member
        single = await duty.update({duty.member: successor}).where(ahead).returning(duty.id)
        weekly = (
            await weekly_duty.update({weekly_duty.member: successor}).where(theirs).returning(weekly_duty.id)
        )
        await notices.give(successor, [row["id"] for row in (*single, *weekly)], by=by, now=now)
    else:
        await duty.delete().where(ahead)
        await weekly_duty.delete().where(weekly_duty.member == member)
    turns = await rotation()
    if turns and member in turns.members:
        others = rules.replaced(turns, await zone(), member, successor, now)
        await _change_turns(others, now=now)
        if others:
            await _tell_who_is_new(turns, others, by=by, now=now)


async def _change_turns(turns: rules.Rotation | None, *, now: datetime) -> None:
    table = tables.Rotation
    if turns is None:
        await table.delete(force=True)
        return
    columns: dict[Any, Any] = {table.members: [str(one) for one in turns.members], table.first: turns.first}
    await table.update(columns | {table.changed_at: now}).where(table.only.eq(True))


def wrong(field: str, sentence: str) -> WrongRota:
    """The error for one field, with the sentence that says what to do."""
    return WrongRota(sentence, fields={field: sentence})


def _may_change(by: Member, member: UUID | None = None) -> None:
    if by.id != member and not by.role.reaches(Role.LEAD):
        raise RotaNotYours(_("You can change your own duties; leads can change everyone’s. Ask a lead."))
