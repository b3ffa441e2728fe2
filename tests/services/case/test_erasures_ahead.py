"""Erasures ahead: counted with the day from which they go, without what leads keep."""

from amends.database import add, run
from amends.services.case import erasures_ahead
from amends.services.case.erasures_ahead import Ahead
from amends.services.team.members import Member
from amends.tables.operation import RetentionCase
from tests.world import DAY, MONDAY, case_row, make_case


async def test_what_is_listed_is_counted_and_what_is_kept_is_not(bob: Member):
    assert await erasures_ahead.ahead() == Ahead()
    for day in (9, 3):
        case = (await case_row(await make_case(bob)))["id"]
        await add(RetentionCase, case=case, term="ended", listed_at=MONDAY, goes_at=MONDAY + day * DAY)
    assert await erasures_ahead.ahead() == Ahead(2, MONDAY + 3 * DAY)
    await run("UPDATE retention_case SET kept_until = :day", day=MONDAY.date())
    assert await erasures_ahead.ahead() == Ahead()
