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


async def test_an_account_was_first_seen_before_it_was_last_seen_in_whatever_order_it_comes(bob: Member):
    for day in (1, 0, 2):
        await make_case(bob, now=MONDAY + day * DAY, id=str(day), url=f"https://x.com/i/status/{day}")
        [row] = await tables.Author.select()
        assert row["first_seen_at"] <= row["last_seen_at"]
    assert (row["first_seen_at"], row["last_seen_at"]) == (MONDAY, MONDAY + 2 * DAY)


async def test_since_when_an_account_exists_is_kept_until_a_page_says_it_otherwise(bob: Member):
    for day, said in enumerate(("Jun 2008", None, "18.09.2008, 05:56", "last <spring>")):
        post = {"id": str(day), "url": f"https://x.com/i/status/{day}"}
        await make_case(bob, now=MONDAY + day * DAY, context={"authorSince": said}, **post)
    assert [row["account_since"] for row in await tables.Author.select()] == ["2008-09-18"]


async def test_a_bare_name_is_kept_and_is_nobody_elses(bob: Member):
    for number in ("1", "2"):
        await make_case(bob, id=number, url=f"https://x.com/i/status/{number}", author={"name": "Ana"})
    assert [row["name"] for row in await tables.Author.select()] == ["Ana", "Ana"]
    assert (await cases.detail(Act(bob, MONDAY), 1)).row.author_name == "Ana"
