"""Is there an anchor a day, and does it find what somebody rewrites who owns the database?"""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from amends.database import bound, run
from amends.rules.case import timeline as chain
from amends.rules.case.anchors import Kept
from amends.rules.case.timeline import GENESIS, Line
from amends.rules.case.verification import Fault
from amends.rules.vocabulary.audit import AuditKind
from amends.services.case import anchors
from amends.services.operation.verification import verify
from amends.services.team import audit
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, removals
from tests.services.operation.test_verification import unlock
from tests.services.team.test_audit import unlock as log_unlock
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case


@pytest.fixture
async def number(bob: Member) -> int:
    """A case with some history."""
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    return number


async def note(number: int, by: Member) -> None:
    await case_commands.note(Act(by, MONDAY), number, text="She rang.")


async def test_there_is_none_before_the_first_case(alice: Member):
    assert await anchors.make_daily(now=MONDAY) is None


async def test_one_is_made_a_day_and_covers_every_case(number: int, bob: Member):
    first = await anchors.make_daily(now=MONDAY)
    assert first
    assert (first.number, first.cases) == (1, 1)
    assert await anchors.make_daily(now=MONDAY + HOUR) is None
    await make_case(bob)
    second = await anchors.make_daily(now=MONDAY + DAY)
    assert second
    assert (second.number, second.cases, second.previous) == (2, 2, first.hash)
    assert await anchors.chain() == [first, second]
    assert await anchors.last() == second


async def test_what_a_dossier_wants_is_made_at_once_unless_nothing_has_changed(number: int, bob: Member):
    first = await anchors.make(now=MONDAY)
    assert await anchors.make(now=MONDAY + HOUR) == first
    await note(number, bob)
    second = await anchors.make(now=MONDAY + HOUR)
    assert second
    assert second.number == 2


async def test_two_that_make_one_at_once_make_one(number: int):
    made = await asyncio.gather(*(anchors.make(now=MONDAY) for _ in range(4)))
    assert len(await anchors.chain()) == 1
    assert set(made) == {await anchors.last()}


async def test_the_heads_of_each_anchor_are_kept(number: int, bob: Member):
    first = await anchors.make(now=MONDAY)
    before = await anchors.heads_now()
    await note(number, bob)
    await make_case(bob)
    second = await anchors.make(now=MONDAY + DAY)
    assert first
    assert second
    assert await anchors.heads_at(first) == before
    assert await anchors.heads_at(second) == await anchors.heads_now() != before
    assert (await verify(None, kept=[Kept(first.hash), Kept(second.hash)])).found == []


async def test_a_case_that_a_lead_removed_is_missed_by_no_anchor(number: int, alice: Member):
    first = await anchors.make(now=MONDAY)
    assert first
    await removals.remove(Act(alice, MONDAY), number, reason="A test")
    await anchors.make(now=MONDAY + DAY)
    assert (await verify(None, kept=[Kept(first.hash)])).found == []


async def rewrite(number: int) -> None:
    """What an owner of the database can do who knows how hashes are made: a timeline of others that fits."""
    await unlock()
    rows = await run(
        'SELECT e.* FROM entry AS e JOIN case_file AS c ON c.id = e."case" '
        "WHERE c.number = :number ORDER BY e.position",
        number=number,
    )
    previous = GENESIS
    for row in rows:
        line = _line(row, previous)
        previous = chain.chained(line)
        await run(
            "UPDATE entry SET actor = :actor, previous = :before, hash = :hash WHERE id = :id",
            actor=line.actor,
            before=line.previous,
            hash=previous,
            id=UUID(str(row["id"])),
        )


def _line(row: Mapping[str, Any], previous: str) -> Line:
    covered = {name: row[name] for name in ("case", "position", "kind", "at", "channel", "commitment")}
    return Line(**covered, actor="author", previous=previous)


async def test_a_timeline_that_was_rewritten_whole_is_found_by_its_anchor_alone(number: int):
    await rewrite(number)
    assert (await verify(None)).found == [], "its hashes fit"


async def test_and_with_an_anchor_it_is_found(number: int, bob: Member):
    untouched = await make_case(bob)
    anchor = await anchors.make(now=MONDAY)
    assert anchor
    await rewrite(number)
    found = (await verify(None)).found
    assert {(one.number, one.fault) for one in found} == {(number, Fault.HEAD)}
    assert untouched not in {one.number for one in found}
    assert (await verify(None, number=number)).found == found


async def unlock_anchors() -> None:
    for table in ("anchor", "anchored_head"):
        for event in ("changed", "deleted"):
            of_table = "" if bound().engine_type == "sqlite" else f" ON {table}"
            await run(f"DROP TRIGGER {table}_{event}{of_table}")


async def test_whoever_rewrites_the_anchors_too_is_found_by_a_hash_that_was_kept_elsewhere(number: int):
    kept = await anchors.make(now=MONDAY)
    assert kept
    await rewrite(number)
    await unlock_anchors()
    await run("DELETE FROM anchored_head")
    await run("DELETE FROM anchor")
    await anchors.make(now=MONDAY)
    assert (await verify(None)).found == [], "a new chain that fits"
    [found] = (await verify(None, kept=[Kept(kept.hash)])).found
    assert (found.number, found.fault, found.file) == (0, Fault.ANCHOR_GONE, kept.hash)


TAMPERINGS = {
    "another root": "UPDATE anchor SET root = 'x' WHERE number = 1",
    "another day": "UPDATE anchor SET made_at = '2020-01-01 00:00:00+00:00' WHERE number = 1",
    "one taken out": "DELETE FROM anchor WHERE number = 1",
    "a head taken out": "DELETE FROM anchored_head WHERE anchor = 2",
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
async def test_the_database_refuses_to_alter_anchors_and_what_gets_past_is_found(
    number: int, bob: Member, tampering: str
):
    await anchors.make(now=MONDAY)
    await note(number, bob)
    await anchors.make(now=MONDAY + DAY)
    with pytest.raises(Exception, match="only added to"):
        await run(TAMPERINGS[tampering])
    await unlock_anchors()
    await run(TAMPERINGS[tampering])
    assert Fault.ANCHOR in {one.fault for one in (await verify(None)).found}


async def test_a_case_that_vanished_is_found(number: int, bob: Member):
    second = await make_case(bob)
    await anchors.make(now=MONDAY)
    await unlock()
    await run("DELETE FROM case_file WHERE number = :number", number=second)
    [found] = (await verify(None)).found
    assert (found.number, found.fault) == (second, Fault.HEAD)


async def a_log(bob: Member, events: int) -> None:
    for _event in range(events):
        await audit.record(AuditKind.SIGNED_OUT, by=bob, now=MONDAY)
    await audit.chain()


async def test_an_audit_log_that_was_cut_is_found_by_its_anchor(number: int, bob: Member):
    await a_log(bob, 3)
    made = await anchors.make(now=MONDAY)
    assert made
    assert made.cases == 1
    await a_log(bob, 2)
    await log_unlock()
    await run("DELETE FROM audit_event WHERE position > 3")
    assert (await verify(None)).found == [], "what no anchor has seen yet"
    await run("DELETE FROM audit_event WHERE position > 2")
    [found] = (await verify(None)).found
    assert (found.number, found.position, found.fault) == (0, 3, Fault.LOG_ANCHORED)


async def test_an_audit_log_that_was_written_anew_is_found_by_what_was_kept_elsewhere(
    number: int, bob: Member
):
    await a_log(bob, 3)
    await anchors.make(now=MONDAY)
    kept = await anchors.heads_now()
    await log_unlock()
    await run("DELETE FROM audit_event")
    await a_log(bob, 3)
    faults = [(one.position, one.fault) for one in (await verify(None, heads=kept)).found]
    assert (3, Fault.LOG_ANCHORED) in faults


async def test_events_that_were_pruned_are_no_fault(number: int, bob: Member):
    await a_log(bob, 3)
    await anchors.make(now=MONDAY)
    await a_log(bob, 1)
    await audit.prune(now=MONDAY + 400 * DAY, months=6)
    assert (await verify(None)).found == []


async def test_what_only_the_log_tells_makes_no_second_anchor_of_a_day(number: int, bob: Member):
    first = await anchors.make(now=MONDAY)
    await a_log(bob, 1)
    assert await anchors.make(now=MONDAY + HOUR) == first
    second = await anchors.make(now=MONDAY + DAY)
    assert second
    assert [one.case_number for one in await anchors.heads_at(second)] == [0, number]
