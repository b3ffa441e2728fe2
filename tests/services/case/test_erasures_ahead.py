"""Erasures ahead: counted with the day from which they go, without what leads keep."""

from amends.database import add, run
from amends.services.case import erasures_ahead
from amends.services.case.erasures_ahead import Ahead, Erasure
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


async def test_each_case_says_when_it_goes_or_until_when_it_is_kept(bob: Member):
    numbers = [await make_case(bob) for _ in range(3)]
    for number in numbers[:2]:
        case = (await case_row(number))["id"]
        await add(RetentionCase, case=case, term="ended", listed_at=MONDAY, goes_at=MONDAY + 3 * DAY)
    await RetentionCase.update({RetentionCase.kept_until: MONDAY.date()}).where(RetentionCase.case == case)
    first, second, third = numbers
    assert await erasures_ahead.of_cases([first, second, third]) == {
        first: Erasure(number=first, goes_at=MONDAY + 3 * DAY, kept_until=None),
        second: Erasure(number=second, goes_at=MONDAY + 3 * DAY, kept_until=MONDAY.date()),
    }
    assert await erasures_ahead.of_cases([]) == {}
