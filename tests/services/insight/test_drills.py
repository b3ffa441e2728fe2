"""Does a drill run by itself, end by itself, and leave the real desk as it was?"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import amends
from amends import tables
from amends.database import run
from amends.rules.vocabulary import DrillDeed, IncidentKind, IncidentRole, Language, TaskState
from amends.services.insight import drills
from amends.services.insight.drills import (
    DrillDetail,
    DrillImpossible,
    DrillIsOver,
    DrillRuns,
    DrillSaysNothing,
    DrillUnknown,
    NotTheirDrill,
)
from amends.services.team import members
from amends.services.team.members import Act, Member
from amends.tables.insight.drills import DrillEvent
from tests.offenders import expect_none
from tests.world import HOUR, MONDAY, make_case

MINUTE = timedelta(minutes=1)
PACKAGE = Path(amends.__file__).parent


async def begun(by: Member) -> int:
    return await drills.start(Act(by, MONDAY), kind=IncidentKind.OUTAGE, posts=24, minutes=15)


async def after(minutes: float, number: int = 1) -> DrillDetail:
    return await drills.detail(number, now=MONDAY + minutes * MINUTE)


async def everything_but_drills() -> dict[str, Any]:
    """How many rows each table has, and its counters."""
    names = [one._meta.tablename for one in tables.TABLES]
    return {
        name: (await run(f"SELECT COUNT(*) AS rows FROM {name}"))[0]["rows"]
        for name in names
        if name not in ("drill", "drill_event", "counter")
    }


async def go_through(alice: Member, bob: Member) -> None:
    """Everything that a drill offers."""
    number, act = await begun(alice), Act(bob, MONDAY + 6 * MINUTE)
    await drills.acknowledge(act, number)
    await drills.hold(act, number, on=True)
    await drills.name(act, number, {IncidentRole.LEAD: alice.id, IncidentRole.SPOKESPERSON: bob.id})
    await drills.tick(act, number, "status", TaskState.DONE)
    await drills.word(act, number, {Language.ENGLISH: "We look into it.", Language.FRENCH: ""})
    await drills.look_at(act, number, 4)
    await drills.update(act, number, "Next one at eleven.")
    await drills.stop(act, number)


async def test_posts_and_warnings_come_with_the_time(alice: Member):
    await begun(alice)
    first, later = await after(0), await after(15)
    assert (len(first.posts), first.to_come) == (1, 23)
    assert (len(later.posts), later.to_come) == (24, 0)
    assert not first.events
    told = [one for one in later.events if one.kind is DrillDeed.WARNED]
    assert [(one.what, one.member and one.member.name) for one in told] == [
        (people, alice.name) for people in ("5", "10", "20")
    ]


async def test_nothing_of_a_drill_is_written_anywhere_else(alice: Member, bob: Member):
    await make_case(bob)
    before = await everything_but_drills()
    await go_through(alice, bob)
    assert await everything_but_drills() == before


NAMED = re.compile(
    r"\bDrillEvent\b|insight\.drills import Drill\b|\bdrill_event\b|\b(FROM|JOIN|INTO|UPDATE) drill\b"
)


LISTED = PACKAGE / "rules/operation/privacy/other_tables.py"
"""Says of the columns of every table whether they may hold anything of a person; it reads none."""


def test_no_other_module_names_the_tables_of_drills():
    own = (PACKAGE / "tables/insight/drills.py", *(PACKAGE / "services/insight/drills").glob("*.py"))
    allowed = {LISTED, *own}
    offenders = [
        str(module.relative_to(PACKAGE))
        for module in PACKAGE.rglob("*.py")
        if module not in allowed and NAMED.search(module.read_text())
    ]
    expect_none(offenders, "Ask services.insight.drills: what a drill holds must not be read elsewhere")


def test_no_table_refers_to_a_drill_and_a_drill_to_no_case():
    refers = {
        (table._meta.tablename, one._foreign_key_meta.resolved_references._meta.tablename)
        for table in tables.TABLES
        for one in table._meta.foreign_key_columns
    }
    assert {pair for pair in refers if any(name.startswith("drill") for name in pair)} == {
        ("drill", "member"),
        ("drill_event", "drill"),
        ("drill_event", "member"),
    }


async def test_one_drill_runs_at_a_time_and_one_whose_time_is_over_has_ended_by_itself(alice: Member):
    await begun(alice)
    with pytest.raises(DrillRuns):
        await begun(alice)
    assert (await after(74)).over_at is None
    assert (await after(75)).over_at == MONDAY + 75 * MINUTE
    act = Act(alice, MONDAY + 2 * HOUR)
    with pytest.raises(DrillIsOver):
        await drills.acknowledge(act, 1)
    assert await drills.start(act, kind=IncidentKind.OTHER, posts=12, minutes=5) == 2
    assert [one.number for one in await drills.listed()] == [2, 1]
    assert (await after(120)).over_at == MONDAY + 75 * MINUTE


async def test_what_would_come_after_a_drill_was_stopped_never_comes(alice: Member):
    await begun(alice)
    await drills.stop(Act(alice, MONDAY + MINUTE), 1)
    stopped = await after(60)
    assert stopped.over_at == MONDAY + MINUTE
    assert len(stopped.posts) < 5
    assert not stopped.events
    with pytest.raises(DrillIsOver):
        await drills.stop(Act(alice, MONDAY + 2 * MINUTE), 1)


async def test_a_step_of_another_plan_is_refused_and_so_are_empty_words(alice: Member):
    await begun(alice)
    act = Act(alice, MONDAY)
    with pytest.raises(DrillUnknown):
        await drills.tick(act, 1, "police", TaskState.DONE)
    with pytest.raises(DrillSaysNothing):
        await drills.update(act, 1, " ")
    with pytest.raises(DrillSaysNothing):
        await drills.word(act, 1, dict.fromkeys(Language, " "))
    with pytest.raises(members.NoSuchMember):
        await drills.name(act, 1, {IncidentRole.LEAD: UUID(int=0)})
    with pytest.raises(DrillUnknown):
        await drills.acknowledge(act, 9)
    for place in (1, 10**80, -1):
        with pytest.raises(DrillUnknown):
            await drills.look_at(act, 1, place)
    with pytest.raises(DrillImpossible):
        await drills.start(act, kind=IncidentKind.OTHER, posts=5_000, minutes=5)


async def test_who_started_a_drill_or_a_lead_deletes_it_whole(alice: Member, bob: Member):
    await begun(alice)
    with pytest.raises(NotTheirDrill):
        await drills.remove(Act(bob, MONDAY), 1)
    await drills.remove(Act(alice, MONDAY), 1)
    assert not await DrillEvent.exists()
    with pytest.raises(DrillUnknown):
        await drills.remove(Act(alice, MONDAY), 1)


async def test_a_drill_takes_a_thousand_things_and_no_more(alice: Member, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drills.commands, "MOST_EVENTS", 5)
    await begun(alice)
    act = Act(alice, MONDAY)
    for _press in range(2):
        await drills.look_at(act, 1, 0)
    with pytest.raises(DrillIsOver):
        await drills.look_at(act, 1, 0)
