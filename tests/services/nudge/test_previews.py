"""Does a preview say what would be late, and when quiet hours would let it through?"""

from datetime import timedelta

from amends.services.nudge import previews
from amends.services.team import absences
from amends.services.team.members import Act
from tests import nudging
from tests.nudging import NOON, Desk

desk = nudging.desk
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def test_what_would_be_late_is_told_with_its_rung(desk: Desk):
    ada = await desk.member("ada", digest_at=9 * 60)
    await desk.follow_up(ada, due_at=NOON + HOUR)
    assert (await previews.at(ada, NOON)).late == []
    seen = await previews.at(ada, NOON + 4 * HOUR)
    assert [(one.number, one.rung, one.told_at) for one in seen.late] == [(1, 2, NOON + 4 * HOUR)]
    assert seen.held_until is None
    assert seen.digest is not None
    assert [one.number for some in seen.digest.sections.values() for one in some] == [1]
    saturday = await previews.at(ada, NOON + 4 * DAY)
    assert saturday.digest is None, "nobody gets one on a day off"


async def test_quiet_hours_are_told_and_so_is_an_absence(desk: Desk):
    ada = await desk.member("ada", quiet_from=19 * 60, quiet_until=8 * 60)
    await desk.follow_up(ada)
    night = NOON.replace(hour=22)
    bob = await desk.member("bob")
    await absences.plan(Act(ada, NOON), ada.id, begins_at=NOON, ends_at=NOON + DAY, deputy=bob.id)
    seen = await previews.at(ada, night)
    assert [one.told_at for one in seen.late] == [(NOON + DAY).replace(hour=8)]
    assert seen.held_until == (NOON + DAY).replace(hour=8)
    assert (seen.away, seen.deputy) == (True, "bob")
    assert seen.digest is None
