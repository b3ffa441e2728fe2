"""Commands on drills: start one, what a team does in it, stop and delete it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID, uuid4

from amends.database import add, run, transaction
from amends.errors import Conflict, Forbidden, Invalid
from amends.i18n import gettext as _
from amends.rules.case.texts import typed_text
from amends.rules.insight import drills as rules
from amends.rules.insight import invented_posts
from amends.rules.insight.drills import Deed
from amends.rules.insight.invented_posts import InventedPost
from amends.rules.vocabulary import DrillDeed, IncidentKind, IncidentRole, Language, Role, TaskState
from amends.services.insight import waves
from amends.services.insight.drills.rows import DrillRow, DrillUnknown, detail, find, unknown
from amends.services.team import counters, members
from amends.services.team.members import Act
from amends.tables.insight.drills import Drill, DrillEvent

TEXT_LIMIT = 2_000
MOST_EVENTS = 1_000
"""What may happen in one drill; nobody who practises comes near it."""
YES = "yes"


class DrillRuns(Conflict):
    """A drill is running already."""


class DrillIsOver(Conflict):
    """This drill is over."""


class DrillImpossible(Invalid):
    """Choose how many posts come, and how fast."""


class DrillSaysNothing(Invalid):
    """Write something first."""


class NotTheirDrill(Forbidden):
    "Only who started this drill, or a lead, may delete it."


async def start(act: Act, *, kind: IncidentKind, posts: int, minutes: int) -> int:
    """A drill that begins now; its number. Raises DrillRuns, DrillImpossible."""
    wrong = {"posts": posts not in rules.SIZES, "minutes": minutes not in rules.SPEEDS}
    if any(wrong.values()):
        raise DrillImpossible(
            fields={name: _("Choose one of these.") for name, is_so in wrong.items() if is_so}
        )
    invented = invented_posts.invent(kind, posts=posts, minutes=minutes, draw=SystemRandom().random)
    async with transaction():
        number = await counters.next_number("drill")
        await _must_be_alone(act.now)
        drill = uuid4()
        await add(
            Drill,
            id=drill,
            number=number,
            kind=kind,
            minutes=minutes,
            posts=[asdict(one) for one in invented],
            runs=True,
            started_by=act.by.id,
            started_at=act.now,
            ends_at=rules.ends_at(act.now, minutes=minutes),
        )
        await _plan_warnings(drill, invented, act.now)
    return number


RUNS = "SELECT number FROM drill WHERE runs"
ENDED = "UPDATE drill SET runs = NULL, ended_at = ends_at WHERE runs AND ends_at <= :now"


async def _must_be_alone(now: datetime) -> None:
    """Step: one whose time is over ends; numbers are given to one after the other. Raises DrillRuns."""
    await run(ENDED, now=now)
    if rows := await run(RUNS):
        raise DrillRuns(
            _("Drill %(number)s is running. Go on with it, or stop it first.") % {"number": rows[0]["number"]}
        )


async def _plan_warnings(drill: UUID, posts: tuple[InventedPost, ...], now: datetime) -> None:
    """Step: who would be told when; nothing is sent, and nobody gets a notice."""
    for warned in rules.warned_of(posts):
        at = now + timedelta(seconds=warned.after)
        for member in sorted(await waves.listeners(now=at), key=str):
            people = str(warned.growth.people)
            await _add(drill, Deed(DrillDeed.WARNED, at, people, YES, member))


async def acknowledge(act: Act, number: int) -> None:
    """Somebody has seen the warning. Raises DrillUnknown, DrillIsOver."""
    await _do(act, number, Deed(DrillDeed.ACKNOWLEDGED, act.now, words=YES))


async def hold(act: Act, number: int, *, on: bool) -> None:
    """The replies go on hold, or off it. Raises DrillUnknown, DrillIsOver."""
    await _do(act, number, Deed(DrillDeed.HELD, act.now, words=YES if on else ""))


async def name(act: Act, number: int, holders: Mapping[IncidentRole, UUID | None]) -> None:
    """Gives each role to a member, or to nobody.

    Raises DrillUnknown, DrillIsOver, NoSuchMember, MemberIsDisabled.
    """
    for role, member in holders.items():
        if member:
            await members.present(member, field=role.value)
    given = [
        Deed(DrillDeed.ROLE, act.now, role.value, YES if member else "", member)
        for role, member in holders.items()
    ]
    await _do(act, number, *given)


async def tick(act: Act, number: int, step: str, state: TaskState) -> None:
    """A step of the plan is done, or open again. Raises DrillUnknown, DrillIsOver."""
    await _do(act, number, Deed(DrillDeed.STEP, act.now, step, state.value))


async def word(act: Act, number: int, texts: dict[Language, str]) -> None:
    """The holding statement as it reads now, in each language.

    Raises DrillUnknown, DrillIsOver, DrillSaysNothing, TextIsTooLong.
    """
    said = {one: typed_text(text, limit=TEXT_LIMIT, field=f"line_{one}") for one, text in texts.items()}
    if not any(said.values()):
        raise DrillSaysNothing(
            fields={f"line_{one}": _("Write it in one language at least.") for one in texts}
        )
    deeds = [Deed(DrillDeed.STATEMENT, act.now, one.value, text) for one, text in said.items()]
    await _do(act, number, *deeds)


async def look_at(act: Act, number: int, place: int) -> None:
    """This post is looked at first. Raises DrillUnknown, also for a post that has not come, DrillIsOver."""
    if not 0 <= place < len((await detail(number, now=act.now)).posts):
        raise DrillUnknown(_("This post has not come. Look at the drill again."))
    await _do(act, number, Deed(DrillDeed.LOOKED, act.now, str(place), YES))


async def update(act: Act, number: int, text: str) -> None:
    """An update for everyone, as it would be given. Raises DrillUnknown, DrillIsOver, DrillSaysNothing."""
    said = typed_text(text, limit=TEXT_LIMIT, field="text")
    if not said:
        raise DrillSaysNothing(fields={"text": _("Write something first.")})
    await _do(act, number, Deed(DrillDeed.UPDATED, act.now, words=said))


async def stop(act: Act, number: int) -> None:
    """The drill ends now. Raises DrillUnknown, DrillIsOver."""
    async with transaction():
        drill = await _take(number, act.now)
        table = Drill
        values: dict[Any, Any] = {table.runs: None, table.ended_at: act.now}
        await table.update(values).where(table.id == drill.id)


async def remove(act: Act, number: int) -> None:
    """A drill goes without a trace. Raises DrillUnknown, NotTheirDrill."""
    async with transaction():
        table = Drill
        found = await table.objects().where(table.number == number).first()
        if found is None:
            raise unknown(number)
        if found.started_by != act.by.id and not act.by.role.reaches(Role.LEAD):
            raise NotTheirDrill
        await table.delete().where(table.id == found.id)


TAKE = "UPDATE drill SET version = version + 1 WHERE number = :number RETURNING id"
LAST = "SELECT MAX(position) AS last FROM drill_event WHERE drill = :drill"


async def _take(number: int, now: datetime) -> DrillRow:
    """Step: a drill that runs, held until the transaction ends. Raises DrillUnknown, DrillIsOver."""
    if not await run(TAKE, number=number):
        raise unknown(number)
    drill = await find(number)
    if drill.over_at(now):
        raise DrillIsOver(_("This drill is over. Look at its score."))
    return drill


async def _do(act: Act, number: int, *deeds: Deed) -> None:
    async with transaction():
        drill = await _take(number, act.now)
        for deed in deeds:
            if deed.kind is DrillDeed.STEP and not rules.has_step(drill.kind, deed.what):
                raise DrillUnknown(_("This plan has no such step. Look at the drill again."))
            await _add(drill.id, deed)


async def _add(drill: UUID, deed: Deed) -> None:
    """Step: one more thing that happened, in a drill that is held."""
    [row] = await run(LAST, drill=drill)
    position = (row["last"] or 0) + 1
    if position > MOST_EVENTS:
        raise DrillIsOver(_("So much has happened in this drill that it takes no more. Stop it."))
    await add(
        DrillEvent,
        id=uuid4(),
        drill=drill,
        position=position,
        kind=deed.kind,
        at=deed.at,
        what=deed.what,
        words=deed.words,
        member=deed.member,
    )
