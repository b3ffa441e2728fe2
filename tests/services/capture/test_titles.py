"""A review of stars alone is called by its stars in the language of the team, whoever captured it."""

from typing import Any
from uuid import uuid4

from amends import tables
from amends.services.capture import captures, splits
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, case_row, make_case, make_team, post

MAPS = "https://www.google.com/maps/place/Garage"


def stars(name: str, **particulars: Any) -> dict[str, Any]:
    page = {"url": MAPS, "title": "Garage"}
    given = {"platform": "google", "kind": "review", "url": MAPS, "page": page, "author": {"name": name}}
    return {**given, "id": name, "text": None, "rating": {"value": 2, "max": 5}, **particulars}


async def test_stars_alone_open_a_case_that_is_called_by_them(bob: Member):
    if not await tables.Team.count():
        await make_team()
    await tables.Team.update({tables.Team.language: "fr"}, force=True)
    assert (await case_row(await make_case(bob, **stars("Nell"))))["title"] == "★★☆☆☆ 2 sur 5, sans texte"
    await tables.Team.update({tables.Team.language: "en"}, force=True)
    assert (await case_row(await make_case(bob, **stars("Max"))))["title"] == "★★☆☆☆ 2 of 5, no text"
    assert (await case_row(await make_case(bob, **stars("Ada", rating=None))))["title"] == MAPS


async def test_a_review_of_stars_alone_that_becomes_a_case_of_its_own_keeps_its_name(bob: Member):
    first = uuid4()
    made = (await captures.receive(Act(bob, MONDAY), first, post(**stars("Nell", text="Rude")))).case.number
    beside = post(**stars("Max", sameCaseAs=str(first)))
    await captures.receive(Act(bob, MONDAY), uuid4(), beside)
    row = await case_row(made)
    [other] = [
        one["id"]
        for one in await tables.Post.select().where(tables.Post.case == row["id"])
        if one["external_id"] == "Max"
    ]
    number = await splits.split(Act(bob, MONDAY + DAY), made, other)
    assert (await case_row(number))["title"] == "★★☆☆☆ 2 of 5, no text"
