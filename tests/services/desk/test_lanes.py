"""Does each case stand in the lane that the rule says, however many there are?"""

import random
from collections import Counter
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.desk.danger import comes_first, danger
from amends.rules.team.wall_clocks import end_of_day
from amends.rules.vocabulary import Severity, Stage
from amends.services.desk import today
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY


def any_case(number: int, chance: random.Random) -> tables.Case:
    """An open case without follow-ups, dangerous or not, due some time or asleep."""
    return tables.Case(
        id=uuid4(),
        number=number,
        title="",
        platform="x",
        stage=chance.choice([Stage.WORKING, Stage.WAITING, Stage.ESCALATED]),
        severity=chance.choice([None, *Severity]),
        check_in_answer=chance.choice([None, None, "well", "badly"]),
        came_back_at=chance.choice([None, None, MONDAY]),
        due_at=MONDAY + chance.choice([-2 * DAY, -HOUR, HOUR, 3 * DAY]),
        snoozed_until=chance.choice([None, None, None, MONDAY + DAY]),
        opened_at=MONDAY,
        moved_at=MONDAY,
    )


@pytest.mark.parametrize("many", [12, 120], ids=["few", "more than fit"])
async def test_every_case_stands_in_the_lane_that_the_rule_says_and_is_counted_there(bob: Member, many: int):
    chance = random.Random(many)
    made = [any_case(number, chance) for number in range(1, many + 1)]
    await tables.Case.insert(*made)
    midnight = end_of_day(MONDAY, bob.zone)
    expected: Counter[str] = Counter()
    for case in made:
        signs = {"not_fixed": case.check_in_answer == "badly", "came_back": case.came_back_at is not None}
        found = danger(stage=case.stage, severity=case.severity, **signs)
        if case.snoozed_until:
            continue
        if comes_first(found, **signs, due_at=case.due_at, midnight=midnight):
            expected["first"] += 1
        elif case.due_at < midnight:
            expected["overdue" if case.due_at <= MONDAY else "due_today"] += 1
        else:
            expected["their_move" if case.stage is Stage.WAITING else "our_move"] += 1
    shown = (await today.lanes(Act(bob, MONDAY))).lanes
    assert {lane.name: lane.total for lane in shown if lane.total} == expected
    assert [len(lane.rows) for lane in shown] == [min(lane.total, today.LANE_ROWS) for lane in shown]
