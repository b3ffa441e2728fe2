"""Accounts are met by captures."""

from amends import tables
from amends.services.desk import cases
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, make_case


async def test_an_author_is_one_account_whatever_it_is_called_later(bob: Member):
    await make_case(bob)
    await make_case(bob, now=MONDAY + DAY, author={"name": "Dana D.", "handle": "@DANA"})
    rows = await tables.Author.select()
    assert [(row["name"], row["last_seen_at"]) for row in rows] == [("Dana D.", MONDAY + DAY)]


async def test_a_bare_name_is_kept_and_is_nobody_elses(bob: Member):
    for number in ("1", "2"):
        await make_case(bob, id=number, url=f"https://x.com/i/status/{number}", author={"name": "Ana"})
    assert [row["name"] for row in await tables.Author.select()] == ["Ana", "Ana"]
    assert (await cases.detail(Act(bob, MONDAY), 1)).row.author_name == "Ana"
