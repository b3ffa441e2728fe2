"""Is recurring work begun by one worker, kept, tried again, and are admins told once?"""

import asyncio

import pytest

from amends import tables
from amends.database import run, transaction
from amends.rules.operation.recurring import Last, Outcome, Rhythm, Work
from amends.services.operation import recurring
from amends.services.team.members import Member
from tests.world import DAY, HOUR, MONDAY, make_member

pytestmark = pytest.mark.usefixtures("database")
DAILY = Rhythm(every=DAY)
FULL = Outcome(problem="The disk is full.", is_retried=True)


class Doing:
    """Ends as it was told, and remembers what it was given."""

    def __init__(self, outcome: Outcome | BaseException = Outcome()) -> None:  # noqa: B008 - frozen
        self.outcome, self.given = outcome, list[Last]()

    async def __call__(self, begun: Last) -> Outcome:
        self.given.append(begun)
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


async def done(doing: Doing, *, hours: int = 0) -> bool:
    return await recurring.run_due(Work.ANCHOR, DAILY, doing, now=MONDAY + hours * HOUR)


async def told() -> int:
    return len(await run("SELECT id FROM notice"))


async def test_nothing_is_begun_before_there_is_a_team():
    await tables.Team.delete(force=True)
    assert not await done(Doing())


async def test_it_is_done_once_a_day_by_one_of_several_workers(alice: Member):
    doing = Doing()
    ends = await asyncio.gather(*(done(doing) for _ in range(4)))
    assert sorted(ends) == [False, False, False, True]
    assert not await done(doing, hours=23)
    assert await done(doing, hours=24)
    last = await recurring.last(Work.ANCHOR)
    assert last
    assert (last.good_at, last.problem, len(doing.given)) == (MONDAY + DAY, "", 2)


async def test_admins_are_told_once_of_trouble_and_again_after_all_was_well(alice: Member):
    await make_member("root", role="admin")
    for hours, outcome, notices in (
        (0, FULL, 1),
        (1, FULL, 1),
        (2, Outcome(), 1),
        (26, FULL, 2),
        (27, Outcome(problem="altered"), 3),
    ):
        assert await done(Doing(outcome), hours=hours)
        assert await told() == notices, hours


async def test_what_raises_is_told_and_tried_again_within_the_hour(alice: Member):
    await make_member("root", role="admin")
    with pytest.raises(ZeroDivisionError):
        await done(Doing(ZeroDivisionError()))
    last = await recurring.last(Work.ANCHOR)
    assert last
    assert (last.problem, last.good_at, await told()) == ("ZeroDivisionError", None, 1)
    assert not await done(Doing())
    assert await done(Doing(), hours=1)


async def test_one_that_was_killed_with_its_worker_is_begun_again_and_its_end_counts_no_more(alice: Member):
    with pytest.raises(asyncio.CancelledError):
        await done(Doing(asyncio.CancelledError()))
    assert not await done(Doing(), hours=2)
    assert await done(Doing(FULL), hours=3)
    last = await recurring.last(Work.ANCHOR)
    assert last
    assert (last.begun_at, last.problem) == (MONDAY + 3 * HOUR, FULL.problem)


async def test_somebody_may_want_another_one_and_what_was_done_by_hand_counts(alice: Member):
    await done(Doing())
    async with transaction():
        await recurring.ask(Work.ANCHOR, now=MONDAY + HOUR)
    doing = Doing()
    assert await done(doing, hours=1)
    assert doing.given[0].asked_at == MONDAY + HOUR
    assert not await done(doing, hours=2)
    async with transaction():
        await recurring.note_good(Work.ANCHOR, now=MONDAY + 20 * HOUR)
        await recurring.note_good(Work.BACKUP, now=MONDAY)
    assert not await done(doing, hours=26)
    assert await recurring.last(Work.BACKUP)
