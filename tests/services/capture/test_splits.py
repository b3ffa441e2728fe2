"""Does a post get a case of its own, with nothing lost or doubled on the way there and back?"""

from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.rules.vocabulary import IncidentKind, Stage
from amends.services.capture import captures, splits
from amends.services.capture.splits import OnlyPost, PostNotHere
from amends.services.case import holds
from amends.services.desk import cases, incidents
from amends.services.desk.cases import CaseFilters
from amends.services.desk.incidents import Opening
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, case_row, entries, lead_to, make_case, move, owed, post


async def posts_of(number: int) -> list[UUID]:
    row = await case_row(number)
    found = await tables.Post.select(tables.Post.id).where(tables.Post.case == row["id"])
    return [one["id"] for one in found]


@pytest.fixture
async def number(bob: Member) -> int:
    """A case of two posts, on which something is promised."""
    first = uuid4()
    given = post(id="1", url="https://x.com/dana/status/1")
    made = (await captures.receive(Act(bob, MONDAY), first, given)).case.number
    beside = {"id": "2", "url": "https://x.com/eve/status/2", "sameCaseAs": str(first)}
    who = {"name": "Eve", "handle": "@eve", "url": "https://x.com/eve"}
    second = post(**beside, author=who, text="The door was locked at noon")
    await captures.receive(Act(bob, MONDAY), uuid4(), second)
    await lead_to(made, "working", by=bob)
    await follow_ups.promise(Act(bob, MONDAY), made, words="A call", due_at=MONDAY + DAY)
    return made


async def test_the_new_case_is_decided_about_and_the_old_one_keeps_what_it_owes(number: int, bob: Member):
    before = set(await owed(number))
    _first, second = await posts_of(number)
    made = await splits.split(Act(bob, MONDAY), number, second)
    row = await case_row(made)
    assert (row["stage"], row["title"]) == (Stage.NEW, "The door was locked at noon")
    assert set(await owed(made)) == {"triage"}
    assert set(await owed(number)) == before
    assert await posts_of(made) == [second]
    assert ((await entries(made)), (await entries(number))[-1]) == (["moved"], "moved")
    detail = await cases.detail(Act(bob, MONDAY), made)
    assert (detail.author.handle, len(detail.captures)) == ("@eve", 1)
    found = await cases.page(CaseFilters(words="door locked eve"), now=MONDAY)
    assert made in [one.number for one in found.rows]


async def test_joining_it_again_brings_the_post_back(number: int, bob: Member):
    posts = await posts_of(number)
    made = await splits.split(Act(bob, MONDAY), number, posts[1])
    await move(made, "join", by=bob, duplicate_of=number)
    assert sorted(await posts_of(number), key=str) == sorted(posts, key=str)
    assert "promise" in await owed(number)


async def test_a_case_keeps_at_least_one_post_of_its_own(number: int, bob: Member):
    other = await make_case(bob)
    with pytest.raises(PostNotHere):
        await splits.split(Act(bob, MONDAY), number, (await posts_of(other))[0])
    with pytest.raises(OnlyPost):
        await splits.split(Act(bob, MONDAY), other, (await posts_of(other))[0])


async def test_a_post_of_a_held_case_is_held_on_its_own_case_too(number: int, bob: Member):
    opening = Opening(title="Leak", kind=IncidentKind.DATA_LEAK, numbers=[number])
    await incidents.open_incident(Act(bob, MONDAY), opening)
    _first, second = await posts_of(number)
    made = await splits.split(Act(bob, MONDAY), number, second)
    assert (await holds.of_case(made))["on_hold"]
    assert (await entries(made))[-1] == "linked"
