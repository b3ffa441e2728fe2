"""Absences, deputies and single duties."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import run, transaction
from amends.errors import Forbidden, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.team import rotas as rules
from amends.rules.vocabulary import Role
from amends.services.team import members, notices, rotas
from amends.services.team.members import Act, Member


class AbsenceUnknown(NotFound):
    "This absence or duty no longer exists."


class AbsenceNotYours(Forbidden):
    "Only the member concerned or a lead may change this."


class WrongAbsence(Invalid):
    "This absence or duty cannot be saved."


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a member is away, with a deputy or without, or on duty, perhaps instead of the rota."""

    id: UUID
    member: UUID
    member_name: str
    deputy_name: str | None = None
    begins_at: datetime
    ends_at: datetime
    instead: bool = False


async def plan(
    act: Act, member: UUID, *, begins_at: datetime, ends_at: datetime, deputy: UUID | None
) -> UUID:
    """A member will be away; meanwhile the deputy hears of what is theirs, without one the team.

    Raises WrongAbsence, AbsenceNotYours, NoSuchMember, MemberIsDisabled.
    """
    _may_change(member, act.by)
    _check(begins_at, ends_at, act.now)
    if deputy == member:
        raise wrong("deputy", _("Choose someone else who is available as deputy, or nobody."))
    row = tables.Absence(
        id=uuid4(), member=member, deputy=deputy, begins_at=begins_at, ends_at=ends_at, created_at=act.now
    )
    async with transaction():
        await members.present(member)
        if deputy:
            await members.present(deputy, field="deputy")
        await tables.Absence.insert(row)
        await notices.give(deputy, [row.id], by=act.by, now=act.now)
    return row.id


async def take_duty(
    act: Act, member: UUID, *, begins_at: datetime, ends_at: datetime, instead: bool = False
) -> UUID:
    """A member will be on duty: they hear of S1 at once; `instead` of the rota, or beside it. As `plan`."""
    _may_change(member, act.by)
    _check(begins_at, ends_at, act.now)
    row = tables.Duty(id=uuid4(), member=member, begins_at=begins_at, ends_at=ends_at, instead=instead)
    async with transaction():
        await members.present(member)
        await tables.Duty.insert(row)
        await notices.give(member, [row.id], by=act.by, now=act.now)
    return row.id


async def replace_deputy(deputy: UUID, successor: UUID | None, *, by: Member | None, now: datetime) -> None:
    """Step: another member stands in for whoever is or will be away, or nobody; nobody for themselves."""
    absence = tables.Absence
    theirs = (absence.deputy == deputy) & (absence.ends_at > now)
    await absence.update({absence.deputy: None}).where(theirs & (absence.member == (successor or deputy)))
    given = await absence.update({absence.deputy: successor}).where(theirs).returning(absence.id)
    await notices.give(successor, [row["id"] for row in given], by=by, now=now)


async def cancel(act: Act, stretch: UUID) -> None:
    """An absence or a duty ends before its time, or never begins. Raises AbsenceUnknown, AbsenceNotYours."""
    async with transaction():
        for table in (tables.Absence, tables.Duty):
            rows = await table.select(table.member).where(table.id == stretch)
            if rows:
                _may_change(rows[0]["member"], act.by)
                await table.delete().where(table.id == stretch)
                return
    raise AbsenceUnknown(_("This is over, or someone else has removed it."))


async def away(*, now: datetime) -> Mapping[UUID, UUID | None]:
    """Who is away at this instant, and who stands in; of several absences the last one written counts."""
    return {row["member"]: row["deputy"] for row in await run(AWAY, now=now)}


AWAY = """
SELECT member, deputy FROM absence WHERE begins_at <= :now AND ends_at > :now ORDER BY created_at
"""
GONE = "SELECT id FROM member WHERE disabled_at IS NOT NULL"
OVERLAPPING = """
SELECT member, deputy, begins_at, ends_at FROM absence
WHERE ends_at > :begin AND begins_at < :end ORDER BY created_at
"""


async def on_duty(*, now: datetime, absent: Mapping[UUID, UUID | None] | None = None) -> frozenset[UUID]:
    """Who is on duty at this instant and here, or who takes the place of those who are not.

    `absent` spares a reading to whoever knows it already.
    """
    gone = await away(now=now) if absent is None else absent
    rota = await rotas.find(begin=now, end=now)
    return rules.on_duty(rota, now, {**gone, **dict.fromkeys(await _disabled())})


async def watches(*, begin: datetime, end: datetime) -> list[rules.Watch]:
    """Who will be on duty from one instant to another, as far as is known now; none where nobody ever is."""
    rota = await rotas.find(begin=begin, end=end)
    if rota.is_empty:
        return []
    absent = await planned(begin=begin, end=end)
    return rules.ahead(rota, absent, await _disabled(), begin=begin, end=end)


async def planned(*, begin: datetime, end: datetime) -> list[rules.Absence]:
    """Absences that reach into a time, in the order in which they were written."""
    return [rules.Absence(**row) for row in await run(OVERLAPPING, begin=begin, end=end)]


async def _disabled() -> list[UUID]:
    return [row["id"] for row in await run(GONE)]


async def absences_ahead(*, now: datetime, until: datetime | None = None) -> list[Stretch]:
    """Absences that are not over, and have begun `until` then, the next one first."""
    absence = tables.Absence
    begun = [absence.begins_at < until] if until else []
    rows = (
        await absence.select(
            absence.id,
            absence.member,
            absence.begins_at,
            absence.ends_at,
            absence.member.name.as_alias("member_name"),
            absence.deputy.name.as_alias("deputy_name"),
        )
        .where(absence.ends_at > now, *begun)
        .order_by(absence.begins_at)
    )
    return [Stretch(**row) for row in rows]


async def duties_ahead(*, now: datetime) -> list[Stretch]:
    """Duties that are not over, the next one first."""
    duty = tables.Duty
    rows = (
        await duty.select(
            duty.id,
            duty.member,
            duty.begins_at,
            duty.ends_at,
            duty.instead,
            duty.member.name.as_alias("member_name"),
        )
        .where(duty.ends_at > now)
        .order_by(duty.begins_at)
    )
    return [Stretch(**row) for row in rows]


def wrong(field: str, sentence: str) -> WrongAbsence:
    """The error for one field, with the sentence that says what to do."""
    return WrongAbsence(sentence, fields={field: sentence})


def _check(begins_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= begins_at:
        raise wrong("ends_at", _("The end must come after the beginning."))
    if ends_at <= now:
        raise wrong("ends_at", _("Choose an end in the future."))


def _may_change(member: UUID, by: Member) -> None:
    if by.id != member and not by.role.reaches(Role.LEAD):
        raise AbsenceNotYours(_("Only the member concerned or a lead may change this. Ask a lead."))
