"""Is everything about a person on one page, by any of their accounts?"""

from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.rules.person.customer_links import Purpose
from amends.rules.vocabulary import Channel, CustomerStatus, Nature
from amends.services.desk import cases
from amends.services.person import author_pairs, customer_links, people
from amends.services.person.people import AuthorUnknown, Known
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, customers
from tests.world import DAY, MONDAY, case_row, lead_to, make_case, make_order_number, move, second_chance_day


async def author_of(number: int) -> UUID:
    return (await case_row(number))["author"]


async def case_by(handle: str, by: Member, *, name: str = "", **rest: object) -> int:
    number = await tables.Case.count() + 100
    who = {"name": name or handle, "handle": handle, "url": f"https://x.com/{handle.lstrip('@')}"}
    url = f"https://x.com/{handle.lstrip('@')}/status/{number}"
    return await make_case(by, author=who, id=str(number), url=url, **rest)


async def test_a_person_is_shown_with_cases_touchpoints_and_blocks(alice: Member, bob: Member):
    first = await case_by("@dana", bob)
    second = await case_by("@dana", bob)
    said = {"channel": Channel.PHONE, "direction": "in", "text": "Call me"}
    await case_commands.record_touchpoint(Act(bob, MONDAY), first, **said)
    await move(
        second,
        "block",
        by=alice,
        reason="Threats",
        proof_url="https://x.com/proof",
        review_on=(MONDAY + 30 * DAY).date(),
    )
    shown = await people.find(await author_of(first))
    assert [(row.number, nature) for row, nature in shown.cases] == [(second, None), (first, None)]
    assert shown.exchanges == 1
    [block] = shown.blocks
    assert (block.case, block.by, block.reason) == (second, alice.name, "Threats")
    assert (block.proof_url, block.review_on) == ("https://x.com/proof", "2026-06-03")
    assert [account.handle for account in shown.accounts] == ["@dana"]


async def test_what_a_customer_wrote_by_a_private_link_is_an_exchange_and_is_shown(bob: Member):
    number = await case_by("@dana", bob)
    await lead_to(number, "contact", by=bob)
    before = (await people.find(await author_of(number))).exchanges
    code = await customer_links.make(Act(bob, MONDAY), number, Purpose.HAND_OFF)
    given = customers.HandOff(
        name="Dana D.",
        contact="dana@example.org",
        fields={await make_order_number(): "A-7"},
        wish="A new one",
        consent=True,
    )
    await customers.hand_off(code, given, now=MONDAY + DAY)
    shown = await people.find(await author_of(number))
    assert shown.exchanges == before + 1
    assert [one.said() for one in shown.given] == [("Dana D.", "dana@example.org", "A-7")]


async def test_what_members_know_is_kept_and_the_customer_is_known_for_the_next_case(bob: Member):
    author = await author_of(await case_by("@dana", bob))
    known = Known(
        contact=" dana@example.org ",
        notes="Prefers <b>mornings</b>",
        customer_status=CustomerStatus.VERIFIED,
    )
    await people.write(Act(bob, MONDAY), author, known)
    shown = await people.find(author)
    assert (shown.known.contact, shown.known.notes) == ("dana@example.org", "Prefers <b>mornings</b>")
    again = await case_by("@dana", bob)
    assert (await case_row(again))["customer_status"] == CustomerStatus.VERIFIED
    with pytest.raises(AuthorUnknown):
        await people.write(Act(bob, MONDAY), uuid4(), known)
    with pytest.raises(AuthorUnknown):
        await people.find(uuid4())


async def test_the_nature_of_each_case_tells_the_tone_over_time(bob: Member):
    number = await case_by("@dana", bob)
    await move(number, "answer", by=bob, severity="s3", stance="answer", nature="criticism")
    shown = await people.find(await author_of(number))
    assert [nature for _row, nature in shown.cases] == [Nature.CRITICISM]


async def test_people_are_listed_by_when_they_were_seen_and_paged(bob: Member, monkeypatch):
    monkeypatch.setattr(people, "MOST_PEOPLE", 2)
    monkeypatch.setattr(people, "SEEN_LATELY", people.SEEN_LATELY.replace("LIMIT 51", "LIMIT 3"))
    for day, handle in enumerate(("@one", "@two", "@three")):
        await case_by(handle, bob, now=MONDAY + day * DAY)
    first, following = await people.page(None)
    assert [row.handle for row in first] == ["@three", "@two"]
    rest, end = await people.page(following)
    assert ([row.handle for row in rest], end) == (["@one"], None)


async def test_a_second_chance_waits_when_another_account_of_theirs_complains(alice: Member, bob: Member):
    number = await case_by("@dana", bob)
    await lead_to(number, "second_chance", by=bob)
    other = await case_by("@dana_again", bob, now=MONDAY + DAY)
    day = await second_chance_day(number)

    async def may_check_in() -> bool:
        return "check_in" in {one.name for one in (await cases.detail(Act(bob, day), number)).moves}

    assert await may_check_in()
    await author_pairs.join(Act(bob, MONDAY), await author_of(number), await author_of(other))
    assert not await may_check_in()
    assert (await cases.detail(Act(bob, day), number)).author.cases == 2
