"""Is the anchor of the day made once there is a case, and is it told how all that recurs stands?"""

import pytest

from amends.rules.operation.recurring import Work
from amends.services.case import anchors
from amends.services.operation import installation_work
from amends.services.operation.backups import schedule
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY, make_case

pytestmark = pytest.mark.usefixtures("database")


async def test_there_is_an_anchor_for_each_day_in_utc_from_the_first_case_on(bob: Member):
    assert not await installation_work.make_anchor(now=MONDAY)
    await make_case(bob)
    assert await installation_work.make_anchor(now=MONDAY + HOUR)
    assert not await installation_work.make_anchor(now=MONDAY + 2 * HOUR)
    midnight = (MONDAY + DAY).replace(hour=0)
    assert await installation_work.make_anchor(now=midnight)
    assert [one.made_at for one in await anchors.chain()] == [MONDAY + HOUR, midnight]


async def test_each_work_says_when_it_was_good_when_it_is_due_and_whether_it_is_late(bob: Member):
    await make_case(bob)
    await installation_work.make_anchor(now=MONDAY)
    await schedule.change(Act(bob, MONDAY), every_days=1, kept=5)
    later = MONDAY + 2 * DAY
    standing = {one.work: one for one in await installation_work.standing(now=later)}
    assert list(standing) == list(Work)
    assert standing[Work.BACKUP].is_overdue
    assert standing[Work.BACKUP].next_at == later
    assert standing[Work.ANCHOR].good_at == MONDAY
    assert standing[Work.ANCHOR].is_in_trouble
    assert not standing[Work.VERIFICATION].is_in_trouble
