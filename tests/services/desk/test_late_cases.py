"""The list of what is late has the rows of Today, with the same dates and in their order, page after page."""

import random
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.follow_up.kinds import KINDS
from amends.rules.vocabulary import FollowUpKind, Stage
from amends.services.desk import cases, today
from amends.services.desk.cases import CaseFilters, CaseRow
from amends.services.follow_up.follow_ups import refresh
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY

MANY = 18
DATES = (-3 * DAY, -2 * DAY, -DAY, -HOUR, HOUR, 2 * HOUR, 3 * DAY)


async def any_case(number: int, chance: random.Random, by: Member) -> None:
    """A case on which several things are due, awake, asleep or closed."""
    stage = chance.choice([Stage.WORKING, Stage.SECOND_CHANCE, Stage.SECOND_CHANCE, Stage.CLOSED])
    case = tables.Case(
        id=uuid4(),
        number=number,
        title="",
        platform="x",
        stage=stage,
        owner=chance.choice([by.id, None]),
        outcome="settled" if stage is Stage.CLOSED else None,
        closed_at=MONDAY if stage is Stage.CLOSED else None,
        snoozed_until=chance.choice([None, None, MONDAY + DAY]),
        opened_at=MONDAY,
        moved_at=MONDAY,
    )
    await case.save().run()
    for kind in chance.sample(list(KINDS), k=4):
        await tables.FollowUp.insert(
            tables.FollowUp(
                id=uuid4(),
                case=case.id,
                kind=kind,
                state="due",
                starts_at=MONDAY - 5 * DAY,
                created_at=MONDAY - 5 * DAY,
                due_at=MONDAY + chance.choice(DATES),
                owner=chance.choice([by.id, None]),
            )
        )
    await refresh(case.id)


def shown(row: CaseRow) -> tuple[int, object, FollowUpKind | None]:
    return row.number, row.due_at, row.due_kind


@pytest.mark.parametrize("seed", range(4))
async def test_late_cases_are_dated_and_put_in_order_as_on_today(alice: Member, seed: int):
    chance = random.Random(seed)
    for number in range(1, MANY + 1):
        await any_case(number, chance, alice)
    lanes = {lane.name: lane.rows for lane in (await today.lanes(Act(alice, MONDAY))).lanes}
    late = [shown(row) for row in lanes["overdue"]]
    assert len(late) >= MANY / 3, "there is something to compare"
    assert late == sorted(late, key=lambda one: (one[1], one[0]))
    whole = [shown(row) for row in (await cases.page(CaseFilters(late=True), now=MONDAY)).rows]
    assert whole == late
    paged = [shown(row) async for row in cases.every(CaseFilters(late=True), now=MONDAY, at_once=3)]
    assert paged == whole, "the key of a page is the date that is shown"
    assert await cases.count(CaseFilters(late=True), now=MONDAY) == len(whole)
