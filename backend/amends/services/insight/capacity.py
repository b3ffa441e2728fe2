"""Capacity: hours owed in the coming week, hours there are, and what the team typed for both (P10)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends.database import add, converter, instant, read, run, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.insight import capacity as rules
from amends.rules.insight.capacity import ActKind, CapacityPlan, Hours, SaidWeek, Wording
from amends.rules.vocabulary import FollowUpKind
from amends.services.follow_up import active
from amends.services.insight import reports
from amends.services.team import absences, audit, members, teams
from amends.services.team.members import Act
from amends.tables.insight.capacity import CapacityNote as NoteRow
from amends.tables.insight.capacity import CapacityPlan as PlanRow

SAMPLE = 200
"""The newest cases, at least a week old, that say what a new case asks for in its first week."""


class WrongCapacity(Invalid):
    "These minutes cannot be saved."


class CapacityChanged(Conflict):
    "Someone else has changed these minutes in the meantime."


class StandingPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What the team typed last; version 0 are the proposals."""

    plan: CapacityPlan
    version: int = 0
    made_by: str = ""
    made_at: datetime | None = None


class Capacity(msgspec.Struct, frozen=True, kw_only=True):
    """The coming seven days: acts that are due, new cases a week, hours owed and hours there are."""

    due: Mapping[ActKind, int]
    coming: float
    owed: Hours
    there: int
    wording: Wording

    @property
    def is_short(self) -> bool:
        """Whether more is owed than there are hours for, as far as hours may be said at all."""
        return self.wording is Wording.HOURS and self.owed.likely > self.there


class Shortage(msgspec.Struct, frozen=True, kw_only=True):
    """More whole hours owed in seven days than there are, as the worker noted it then."""

    owed: int
    there: int
    noted_at: datetime


LATEST = """
SELECT p.version, CAST(p.plan AS TEXT) AS plan, p.made_at, member.name
FROM capacity_plan AS p LEFT JOIN member ON member.id = p.made_by ORDER BY p.version DESC LIMIT 1
"""
DUE = f"""
SELECT f.kind, COUNT(*) AS due FROM follow_up AS f JOIN case_file AS c ON c.id = f."case"
WHERE f.due_at < :until AND {active.condition()} GROUP BY f.kind
"""  # noqa: S608 - the statements are ours alone
OPENED = "SELECT COUNT(*) AS cases FROM case_file WHERE opened_at >= :since AND opened_at < :now"
FIRST = "SELECT {earliest} FROM case_file"
FIRST_WEEKS = f"""
SELECT sampled.id, sampled.opened_at, f.kind, f.settled_at
FROM (SELECT id, opened_at FROM case_file WHERE opened_at >= :since AND opened_at < :until
    ORDER BY opened_at DESC LIMIT {SAMPLE}) AS sampled
LEFT JOIN follow_up AS f ON f."case" = sampled.id AND f.state = 'done'
"""  # noqa: S608
DONE = """
SELECT kind, COUNT(*) AS done FROM follow_up
WHERE state = 'done' AND settled_at >= :begin AND settled_at < :end GROUP BY kind
"""
"""Read once, when the team says what a week took: all that was done then, by kind."""
NOTED = "SELECT owed, there, noted_at FROM capacity_note WHERE is_short AND noted_at > :since"


async def standing() -> StandingPlan:
    """What the team typed, and who did; the proposals where nobody has."""
    rows = await run(LATEST)
    if not rows:
        return StandingPlan(plan=CapacityPlan())
    return StandingPlan(
        plan=msgspec.json.decode(rows[0]["plan"], type=CapacityPlan),
        version=rows[0]["version"],
        made_by=rows[0]["name"] or "",
        made_at=rows[0]["made_at"],
    )


async def coming_week(*, now: datetime) -> Capacity:
    """Hours owed and hours there are in the seven days from now on."""
    plan, until = (await standing()).plan, now + rules.WEEK
    due = rules.acts_of(_by_kind(await run(DUE, now=now, until=until), "due"))
    coming = await _coming(now)
    owed = rules.owed(due, coming=coming, habits=await _habits(now), plan=plan)
    return Capacity(
        due=due,
        coming=coming,
        owed=owed,
        there=await _there(plan, now, until),
        wording=rules.wording(owed, coming=coming, due=sum(due.values())),
    )


async def note(*, now: datetime) -> None:
    """Keeps what the coming week looks like for Today, which is opened too often to count it each time."""
    found, table = await coming_week(now=now), NoteRow
    values = {"owed": found.owed.likely, "there": found.there, "is_short": found.is_short, "noted_at": now}
    columns = {getattr(table, name): value for name, value in values.items()}
    async with transaction():
        if not await add(table, unless="only", id=uuid4(), **values):
            await table.update(columns).where(table.only.eq(True))


async def noted_shortage(*, now: datetime) -> Shortage | None:
    """That hours were short by the last note; None where they were not, or where it is too old."""
    rows = await read(converter(Shortage), NOTED, since=now - rules.NOTE_LASTS)
    return rows[0] if rows else None


def _by_kind(rows: Any, name: str) -> dict[FollowUpKind, int]:  # noqa: ANN401 - rows of a statement
    return {FollowUpKind(row["kind"]): row[name] for row in rows}


async def _coming(now: datetime) -> float:
    """New cases a week: of the last twelve, or of as many as there were since the first case."""
    [first] = await run(FIRST.format(earliest=instant("MIN(opened_at)", "earliest")))
    if first["earliest"] is None:
        return 0.0
    weeks = min(float(rules.WEEKS), max(1.0, (now - first["earliest"]) / rules.WEEK))
    [opened] = await run(OPENED, since=now - weeks * rules.WEEK, now=now)
    return float(opened["cases"] / weeks)


async def _habits(now: datetime) -> Mapping[ActKind, float]:
    """Acts of a new case in its first week."""
    rows = await run(FIRST_WEEKS, since=now - (rules.WEEKS + 1) * rules.WEEK, until=now - rules.WEEK)
    done: dict[FollowUpKind, int] = {}
    for row in rows:
        if row["kind"] and row["settled_at"] - row["opened_at"] < rules.WEEK:
            kind = FollowUpKind(row["kind"])
            done[kind] = done.get(kind, 0) + 1
    return rules.first_week(rules.acts_of(done), len({row["id"] for row in rows}))


async def _there(plan: CapacityPlan, begin: datetime, end: datetime) -> int:
    here = [one.id for one in await members.everyone() if one.works]
    away: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for one in await absences.planned(begin=begin, end=end):
        away.setdefault(one.member, []).append((one.begins_at, one.ends_at))
    calendar = await teams.calendar()
    return rules.hours_there(calendar, begin, end, members=here, away=away, share=plan.share)


async def set_minutes(act: Act, minutes: Mapping[ActKind, int], *, share: int, after: int) -> None:
    """Other minutes an act, and another share of working time, from now on; `after` is the version seen.

    Raises OnlyAdminsMay, WrongCapacity with a sentence per field, CapacityChanged.
    """
    members.only_admins(act.by)
    minute = _("Enter whole minutes from 0 to %(most)s.") % {"most": rules.LONGEST_ACT}
    wrong = {kind.value: minute for kind in ActKind if not 0 <= minutes.get(kind, -1) <= rules.LONGEST_ACT}
    if not 1 <= share <= 100:
        wrong["share"] = _("Enter a percentage from 1 to 100.")
    if wrong:
        raise WrongCapacity(fields=wrong)
    async with transaction():
        before = (await standing()).plan
        plan = CapacityPlan(dict(minutes), share, before.said)
        await _write(act, plan, after=after)
        old, new = msgspec.to_builtins(before), msgspec.to_builtins(plan)
        await audit.record_change("capacity", old, new, by=act.by, now=act.now)
    await note(now=act.now)


async def say_week(act: Act, hours: int | None, *, after: int) -> None:
    """What the last whole week took the whole team corrects the minutes; None takes that back.

    Step of a lead. Raises WrongCapacity beside `hours`, CapacityChanged.
    """
    if hours is not None and not 1 <= hours <= rules.MOST_HOURS:
        sentence = _("Enter whole hours of the whole team, from 1 to %(most)s.") % {"most": rules.MOST_HOURS}
        raise WrongCapacity(fields={"hours": sentence})
    monday = await last_monday(act.now)
    acts = await _done_in(monday)
    if hours is not None and not any(acts.values()):
        raise WrongCapacity(fields={"hours": _("Nothing was done on cases in that week.")})
    said = SaidWeek(monday, hours, acts) if hours is not None else None
    async with transaction():
        plan = (await standing()).plan
        await _write(act, CapacityPlan(plan.minutes, plan.share, said), after=after)
    await note(now=act.now)


async def last_monday(now: datetime) -> date:
    """The Monday of the last whole week of the team."""
    today = await reports.today(now)
    return today - timedelta(days=today.weekday() + 7)


async def _done_in(monday: date) -> dict[ActKind, int]:
    zone = await reports.zone()
    begin, end = (datetime.combine(day, time(), zone) for day in (monday, monday + rules.WEEK))
    return rules.acts_of(_by_kind(await run(DONE, begin=begin, end=end), "done"))


async def _write(act: Act, plan: CapacityPlan, *, after: int) -> None:
    """Step: the next version. Raises CapacityChanged when another one came in between."""
    row: dict[str, Any] = {"plan": msgspec.to_builtins(plan), "made_by": act.by.id, "made_at": act.now}
    latest = (await standing()).version
    if latest != after or not await add(PlanRow, unless="version", id=uuid4(), version=after + 1, **row):
        raise CapacityChanged(
            _("Someone else has changed these minutes in the meantime. Look at them again, then decide.")
        )
