"""What has no date stands last in every list that is put in order by date, on either database."""

import random
import re
from pathlib import Path
from uuid import uuid4

import pytest

import amends.services
from amends import tables
from amends.database import by_date, run
from amends.rules.vocabulary import Stage
from amends.services.desk import board, today
from amends.services.team.members import Act, Member
from tests.offenders import expect_none
from tests.world import DAY, MONDAY

OF_CASES = re.compile(r"ORDER BY (?:c\.due_at|due_at, (?:c\.)?number)\b")


def any_case(number: int, chance: random.Random) -> tables.Case:
    """An open case with news of the customer, due some later day or never."""
    return tables.Case(
        id=uuid4(),
        number=number,
        title="",
        platform="x",
        stage=Stage.WORKING,
        came_back_at=MONDAY,
        due_at=chance.choice([None, *(MONDAY + days * DAY for days in range(2, 9))]),
        opened_at=MONDAY,
        moved_at=MONDAY,
    )


@pytest.mark.parametrize("seed", range(3))
async def test_cases_without_a_date_come_after_all_others(bob: Member, seed: int):
    chance = random.Random(seed)
    made = [any_case(number, chance) for number in range(1, 41)]
    await tables.Case.insert(*made)
    expected = [
        case.number for case in sorted(made, key=lambda one: (one.due_at or MONDAY + 99 * DAY, one.number))
    ]
    rows = await run(f"SELECT number FROM case_file ORDER BY {by_date('due_at', 'number')}")
    assert [row["number"] for row in rows] == expected
    lanes = {lane.name: lane.rows for lane in (await today.lanes(Act(bob, MONDAY))).lanes}
    assert [row.number for row in lanes["first"]] == expected[: today.LANE_ROWS]
    columns = {one.stage: one.rows for one in await board.columns(Act(bob, MONDAY), owner=None)}
    assert [row.number for row in columns[Stage.WORKING]] == expected[: board.COLUMN_ROWS]


def test_no_statement_leaves_to_the_database_where_cases_without_a_date_stand():
    folder = Path(amends.services.__file__).parent
    found = [path.relative_to(folder) for path in folder.rglob("*.py") if OF_CASES.search(path.read_text())]
    expect_none(map(str, found), "put cases in order with database.by_date")
