"""Does the worker ask about what three different people share, and notice a fixed problem that is back?"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from amends.rules.vocabulary import ProblemState
from amends.services.desk import case_themes, concerns, problems, themes
from amends.services.desk.concerns import Concern, ConcernUnknown
from amends.services.insight import counting
from amends.services.insight.concerns import count_shared
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, make_case, move

TEXT = "It never came, and nobody answers the phone since Monday."
PEOPLE = ("dana", "eli", "fay", "gus", "hal", "ida", "jon")


def author(name: str) -> dict[str, str]:
    return {"name": name.capitalize(), "handle": f"@{name}", "url": f"https://x.com/{name}"}


async def complaints(
    by: Member, names: Sequence[str], *, now: datetime = MONDAY, text: str = TEXT
) -> list[int]:
    """A case of each of these people; their words differ in numbers only."""
    return [
        await make_case(by, now=now, author=author(name), text=f"{text} {place}")
        for place, name in enumerate(names)
    ]


async def asked(now: datetime = MONDAY) -> list[Concern]:
    while await counting.count_changed():
        pass
    await count_shared(now=now)
    return await concerns.asked(now=now)


async def test_three_people_with_one_text_are_asked_about_and_two_are_not(bob: Member):
    await complaints(bob, PEOPLE[:2])
    assert await asked() == []
    numbers = await complaints(bob, PEOPLE[2:3])
    [one] = await asked()
    assert (one.theme, one.people, one.cases) == (None, 3, 3)
    assert one.newest[0].number == numbers[0]
    assert await concerns.how_many_asked() == 1


async def test_one_person_with_three_posts_is_one_person(bob: Member):
    await complaints(bob, ["dana", "dana", "dana", "eli"])
    assert await asked() == []


async def test_three_people_with_one_theme_are_asked_about_whatever_their_words(alice: Member, bob: Member):
    theme = await themes.make(Act(alice, MONDAY), "Late parcels")
    for name, words in zip(PEOPLE, ("Where is it?", "Late again, third week.", "Mon colis ?"), strict=False):
        number = await make_case(bob, author=author(name), text=words)
        await case_themes.choose(Act(bob, MONDAY), number, add_to=[theme])
    [one] = await asked()
    assert (one.theme, one.people) == (theme, 3)
    assert await concerns.themes_asked([theme]) == {theme: 3}


async def test_what_is_older_than_fourteen_days_is_no_concern_any_more(bob: Member):
    await complaints(bob, PEOPLE[:3])
    assert len(await asked(MONDAY + 13 * DAY)) == 1
    assert await asked(MONDAY + 15 * DAY) == []


async def test_what_is_not_ours_does_not_count(bob: Member):
    numbers = await complaints(bob, PEOPLE[:3])
    await move(numbers[0], "not_ours", by=bob, reason="Another bakery")
    assert await asked() == []


async def test_a_dismissed_concern_is_asked_about_again_with_twice_as_many_people(bob: Member):
    await complaints(bob, PEOPLE[:3])
    [one] = await asked()
    await concerns.dismiss(Act(bob, MONDAY), one.scope)
    assert await asked() == []
    await complaints(bob, PEOPLE[3:5])
    assert await asked() == []
    await complaints(bob, PEOPLE[5:6])
    assert [again.people for again in await asked()] == [6]


async def test_a_concern_with_a_problem_is_not_asked_about_and_new_posts_are_suggested(bob: Member):
    first = await complaints(bob, PEOPLE[:3])
    [one] = await asked()
    number = await problems.open_problem(Act(bob, MONDAY), "The courier loses parcels", scope=one.scope)
    later = await complaints(bob, PEOPLE[3:4], now=MONDAY + DAY)
    assert await asked(MONDAY + DAY) == []
    found = await problems.detail(number, now=MONDAY + DAY)
    assert [linked.case.number for linked in found.cases] == first
    assert [case.number for case in found.suggested] == later


async def test_two_members_who_make_it_a_problem_at_once_make_one(bob: Member):
    await complaints(bob, PEOPLE[:3])
    [one] = await asked()
    both = [problems.open_problem(Act(bob, MONDAY), "Parcels get lost", scope=one.scope) for _ in range(2)]
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each) for each in done if each != 1) == [problems.ProblemExists]
    assert len(await problems.listed(ProblemState.OPEN)) == 1


async def test_a_fixed_problem_is_open_again_when_as_many_people_write_again(bob: Member):
    await complaints(bob, PEOPLE[:3])
    [one] = await asked()
    number = await problems.open_problem(Act(bob, MONDAY), "The courier loses parcels", scope=one.scope)
    await problems.fix(Act(bob, MONDAY + DAY), number, version=1)
    await complaints(bob, PEOPLE[3:5], now=MONDAY + 2 * DAY)
    await asked(MONDAY + 2 * DAY)
    found = await problems.detail(number, now=MONDAY + 2 * DAY)
    assert (found.problem.state, found.since) == (ProblemState.FIXED, 2)
    await complaints(bob, PEOPLE[5:6], now=MONDAY + 3 * DAY)
    await asked(MONDAY + 3 * DAY)
    found = await problems.detail(number, now=MONDAY + 3 * DAY)
    assert found.problem.state == ProblemState.OPEN
    assert [line.kind.value for line in found.history[:2]] == ["returned", "fixed"]
    assert found.history[0].told == {"people": 3}


async def test_the_page_counts_those_who_open_it_again_and_nobody_from_weeks_ago(bob: Member):
    await complaints(bob, PEOPLE[:3])
    [one] = await asked()
    number = await problems.open_problem(Act(bob, MONDAY), "The courier loses parcels", scope=one.scope)
    await problems.fix(Act(bob, MONDAY + DAY), number, version=1)
    for weeks, name in enumerate(PEOPLE[3:6]):
        now = MONDAY + (2 + 10 * weeks) * DAY
        await complaints(bob, [name], now=now)
        await asked(now)
    found = await problems.detail(number, now=now)
    assert (found.problem.state, found.since) == (ProblemState.FIXED, 2)


@pytest.mark.parametrize("scope", ["", "theme:", "text:4711", "other:3f0f7b1c-0000-4000-8000-000000000000"])
async def test_a_scope_that_is_none_is_not_found(bob: Member, scope: str):
    with pytest.raises(ConcernUnknown):
        await concerns.dismiss(Act(bob, MONDAY), scope)
