"""Does a backup come when it is due, from one worker alone, and is what went wrong kept?"""

import asyncio
from datetime import timedelta

import pytest

from amends.database import run
from amends.gateways.backup_child import MadeByChild
from amends.services.operation import installation_work
from amends.services.operation.backups import schedule
from amends.services.operation.backups.schedule import WrongBackupPlan
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY, make_member

pytestmark = pytest.mark.usefixtures("database")
MADE = MadeByChild(name="amends-20260504T080000Z.tar", size=5_000_000_000, rows=7, files=2, seconds=30)


class Maker:
    """Makes what it was told, and counts."""

    def __init__(self, made: MadeByChild = MADE) -> None:
        self.made, self.kept = made, list[int]()

    async def make(self, *, kept: int) -> MadeByChild:
        self.kept.append(kept)
        return self.made


async def test_nothing_is_made_until_somebody_wants_it(alice: Member):
    maker = Maker()
    assert not await schedule.make_due(maker, now=MONDAY)
    standing = await schedule.standing(now=MONDAY)
    assert (standing.last_good, standing.runs, standing.is_overdue, maker.kept) == (None, [], False, [])


async def test_the_first_one_is_made_at_once_and_the_next_after_a_day(alice: Member):
    maker = Maker()
    await schedule.change(Act(alice, MONDAY), every_days=1, kept=5)
    assert await schedule.make_due(maker, now=MONDAY)
    assert not await schedule.make_due(maker, now=MONDAY + DAY - HOUR)
    assert await schedule.make_due(maker, now=MONDAY + DAY)
    assert maker.kept == [5, 5]
    standing = await schedule.standing(now=MONDAY + DAY)
    assert standing.last_good
    assert standing.last_good.size == 5_000_000_000
    assert standing.last_good.finished_at == MONDAY + DAY + timedelta(seconds=30)
    assert not standing.is_failing


async def test_of_two_workers_one_begins_it(alice: Member):
    maker = Maker()
    await schedule.change(Act(alice, MONDAY), every_days=1, kept=5)
    done = await asyncio.gather(*(schedule.make_due(maker, now=MONDAY) for _ in range(4)))
    assert sorted(done) == [False, False, False, True]
    assert len(maker.kept) == 1


async def test_one_that_failed_is_said_and_tried_again_within_the_hour(alice: Member):
    await schedule.change(Act(alice, MONDAY), every_days=7, kept=5)
    await schedule.make_due(Maker(MadeByChild(problem="The disk is full. " * 50)), now=MONDAY)
    standing = await schedule.standing(now=MONDAY)
    assert standing.is_failing
    assert standing.runs[0].problem.startswith("The disk is full.")
    assert standing.last_good is None
    assert await schedule.make_due(Maker(), now=MONDAY + HOUR)
    assert not (await schedule.standing(now=MONDAY + HOUR)).is_failing


async def test_one_by_hand_counts_like_any_other(alice: Member):
    await schedule.change(Act(alice, MONDAY - DAY), every_days=1, kept=5)
    await schedule.note_made_by_hand(name="amends-1.tar", size=1, rows=1, files=0, now=MONDAY)
    assert not await schedule.make_due(Maker(), now=MONDAY + HOUR)
    standing = await schedule.standing(now=MONDAY + 2 * DAY)
    assert standing.last_good
    assert standing.last_good.by_hand
    assert standing.is_overdue


@pytest.mark.parametrize(("every", "kept", "field"), [(2, 5, "every_days"), (1, 0, "kept"), (1, 61, "kept")])
async def test_a_plan_that_cannot_be_is_refused(alice: Member, every: int, kept: int, field: str):
    with pytest.raises(WrongBackupPlan) as refused:
        await schedule.change(Act(alice, MONDAY), every_days=every, kept=kept)
    assert list(refused.value.fields) == [field]


async def test_runs_are_forgotten_after_a_year(alice: Member):
    await schedule.note_made_by_hand(name="old", size=1, rows=1, files=0, now=MONDAY - 401 * DAY)
    await schedule.note_made_by_hand(name="new", size=1, rows=1, files=0, now=MONDAY)
    await schedule.forget_old(now=MONDAY)
    assert [one.name for one in (await schedule.standing(now=MONDAY)).runs] == ["new"]


async def test_admins_are_told_once_that_backups_fail(alice: Member, bob: Member):
    admin = await make_member("root", role="admin")
    await schedule.change(Act(alice, MONDAY), every_days=1, kept=5)
    broken = Maker(MadeByChild(problem="The disk is full."))
    for hours in range(3):
        await schedule.make_due(broken, now=MONDAY + hours * HOUR)
    assert [row["member"] for row in await run("SELECT member FROM notice")] == [admin.id]
    await schedule.make_due(Maker(), now=MONDAY + 3 * HOUR)
    await schedule.make_due(broken, now=MONDAY + 2 * DAY)
    assert len(await run("SELECT member FROM notice")) == 2


async def test_what_admins_must_know_is_one_word(alice: Member):
    assert (await schedule.standing(now=MONDAY)).trouble == "never"
    await schedule.change(Act(alice, MONDAY), every_days=1, kept=5)
    assert (await schedule.standing(now=MONDAY)).trouble == ""
    assert (await schedule.standing(now=MONDAY + 2 * DAY)).trouble == "overdue"
    await schedule.make_due(Maker(MadeByChild(problem="The disk is full.")), now=MONDAY)
    assert (await schedule.standing(now=MONDAY)).trouble == "failing"


async def test_a_backup_is_overdue_by_the_row_of_its_work_wherever_it_is_said(alice: Member):
    await schedule.change(Act(alice, MONDAY), every_days=1, kept=5)
    await schedule.make_due(Maker(), now=MONDAY)
    await run("UPDATE recurring_work SET good_at = :long_ago", long_ago=MONDAY - 30 * DAY)
    for days in (1, 2):
        now = MONDAY + days * DAY
        [backups, *_others] = await installation_work.standing(now=now)
        assert (await schedule.standing(now=now)).is_overdue is backups.is_overdue is (days == 2)
