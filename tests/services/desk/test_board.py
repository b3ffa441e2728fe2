"""Do the open cases stand side by side, stage by stage, soonest first?"""

from amends.rules.vocabulary import OPEN_STAGES, Stage
from amends.services.desk import board, cases
from amends.services.desk.board import COLUMN_ROWS
from amends.services.team.members import Act, Member
from tests.world import HOUR, MONDAY, lead_to, make_case, move


async def test_every_stage_has_its_cases_soonest_first(alice: Member, bob: Member):
    later, sooner = await make_case(bob, now=MONDAY + HOUR), await make_case(bob)
    working, closed = await make_case(bob), await make_case(bob)
    await lead_to(working, "working", by=bob)
    await move(closed, "not_ours", by=bob, reason="Spam")
    columns = await board.columns(Act(bob, MONDAY), owner=None)
    assert [column.stage for column in columns] == list(OPEN_STAGES)
    found = {column.stage: [row.number for row in column.rows] for column in columns if column.rows}
    assert found == {Stage.NEW: [sooner, later], Stage.WORKING: [working]}
    mine = {column.stage: column.rows for column in await board.columns(Act(bob, MONDAY), owner=bob.id)}
    assert ([row.number for row in mine[Stage.WORKING]], mine[Stage.NEW]) == ([working], [])


async def test_a_long_column_says_how_many_there_are(alice: Member, bob: Member):
    for _ in range(COLUMN_ROWS + 2):
        await make_case(bob)
    [new] = [
        column for column in await board.columns(Act(bob, MONDAY), owner=None) if column.stage is Stage.NEW
    ]
    assert (len(new.rows), new.total, new.more) == (COLUMN_ROWS, COLUMN_ROWS + 2, True)
    assert (await cases.page(cases.CaseFilters(), now=MONDAY)).rows
