"""Do the lines of a running import become cases once, whatever happens to the worker?"""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from amends import tables
from amends.rules.capture.incoming import NewCapture
from amends.services.capture import (
    captures,
    import_overviews,
    import_runs,
    imports,
)
from amends.services.team.members import Act, Member
from tests.imports import NEXT_WEEK, in_order, kept, work
from tests.world import MONDAY, entries

TABLE = """url,text,author,captured_at,severity,rating,note
https://x.com/dana/status/17,"Late,
and cold.",Dana,2026-01-05,s2,,Regular
,Rude at the till.,Eve,,,1/5,
"""


async def test_a_worker_that_dies_after_a_line_leaves_it_made_and_makes_nothing_twice(
    alice: Member, monkeypatch: pytest.MonkeyPatch
):
    upload = await kept("text\nLate\nCold\nRude\n", by=alice)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    settle = import_runs._settle

    async def die(*_args: object, **_values: object) -> None:
        raise SystemExit

    monkeypatch.setattr(import_runs, "_settle", die)
    with pytest.raises(SystemExit):
        await import_runs.advance(now=MONDAY)
    monkeypatch.setattr(import_runs, "_settle", settle)
    assert await tables.Case.count() == 1
    assert await work(MONDAY + import_runs.LEASE - timedelta(seconds=1)) == 0, "another may still be at it"
    await work(MONDAY + import_runs.LEASE)
    assert (await import_overviews.counts(upload))["made"] == await tables.Case.count() == 3
    assert await entries(1) == ["captured"]


async def test_what_another_worker_has_taken_meanwhile_stays_taken_when_a_slow_one_ends(
    alice: Member, monkeypatch: pytest.MonkeyPatch
):
    upload = await kept("text\nLate\n", by=alice)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    settle, later = import_runs._settle, MONDAY + import_runs.LEASE

    async def slowly(line: Any, state: str, **values: Any) -> None:
        lease = {tables.Upload.lease_ends: later + import_runs.LEASE}
        await tables.Upload.update(lease).where(tables.Upload.id == upload)
        await settle(line, state, **values)

    monkeypatch.setattr(import_runs, "_settle", slowly)
    assert await import_runs.advance(now=MONDAY)
    assert not await import_runs.advance(now=later), "the other is still at it"


async def test_two_workers_do_not_take_the_same_lines(alice: Member):
    upload = await kept("text\n" + "".join(f"Late {number}\n" for number in range(20)), by=alice)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    assert sorted(await asyncio.gather(*(import_runs.advance(now=MONDAY) for _ in range(3)))) == [
        False,
        False,
        True,
    ]
    assert await tables.Case.count() == 20


async def test_an_import_is_stopped_between_two_lines_and_goes_on_where_it_was(
    alice: Member, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(import_runs, "SLICE", 2)
    upload = await kept("text\nLate\nCold\nRude\n", by=alice)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    await import_runs.advance(now=MONDAY)
    await imports.stop(Act(alice, MONDAY), upload)
    assert await work() == 0
    assert await tables.Case.count() == 2
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    await work()
    assert await tables.Case.count() == 3
    assert (await import_overviews.of(Act(alice, MONDAY), upload)).state == "done"


async def test_a_line_that_cannot_be_made_says_so_and_the_others_go_on(
    alice: Member, monkeypatch: pytest.MonkeyPatch
):
    receive = captures.receive

    async def fail_once(act: Act, capture_id: UUID, given: NewCapture, **values: Any):
        if given.text == "Cold":
            raise RuntimeError("a fault of ours")
        return await receive(act, capture_id, given, **values)

    monkeypatch.setattr(captures, "receive", fail_once)
    upload = await kept("text\nLate\nCold\nRude\n", by=alice)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    await work()
    found = in_order(await import_overviews.lines(upload))
    assert [line.state for line in found] == ["made", "wrong", "made"]
    assert "log" in found[1].wrong["text"]


async def test_the_import_of_a_member_who_was_disabled_stops(alice: Member):
    upload = await kept(TABLE, by=alice)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == alice.id)
    await work()
    assert await tables.Case.count() == 0
    assert (await import_overviews.of(Act(alice, MONDAY), upload)).state == "stopped"
