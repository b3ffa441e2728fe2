"""Are the cases of each week counted for themes and people, each list by one statement?"""

from amends.services.desk import case_themes, themes
from amends.services.person import people
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, make_case

OLD = 12 * 7 * DAY


async def test_the_cases_of_a_theme_are_counted_by_week(alice: Member):
    wide = await themes.make(Act(alice, MONDAY), "Delivery")
    narrow = await themes.make(Act(alice, MONDAY), "Late", parent=wide)
    unused = await themes.make(Act(alice, MONDAY), "Price")
    for at in (MONDAY, MONDAY - DAY, MONDAY - 8 * DAY, MONDAY - OLD + DAY, MONDAY - OLD - DAY):
        number = await make_case(alice, now=at)
        await case_themes.choose(Act(alice, MONDAY), number, add_to={narrow})
    found = await themes.weekly_cases(now=MONDAY)
    assert found[narrow] == found[wide] == (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2)
    assert unused not in found


async def test_the_cases_of_a_person_are_counted_by_week(alice: Member):
    for at in (MONDAY, MONDAY - 8 * DAY, MONDAY - OLD - DAY):
        await make_case(alice, now=at)
    [shown], _following = await people.page(None)
    assert await people.weekly_cases(None, now=MONDAY) == {shown.author: (0,) * 10 + (1, 1)}
    assert await people.weekly_cases(shown.author, now=MONDAY) == {}, "nobody is on the page after the last"
