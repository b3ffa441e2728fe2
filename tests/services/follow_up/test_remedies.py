"""Is every offer kept with its cost, agreed to by a lead where it must be, and delivered by the move?"""

import asyncio
from datetime import datetime
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import RemedyKind, RemedyState
from amends.services.case.access import CaseIsClosed
from amends.services.desk import cases
from amends.services.follow_up import remedies
from amends.services.follow_up.remedies import (
    OnlyLeadsAgree,
    RemedySettled,
    RemedyUnknown,
    RemedyWithoutWords,
)
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import moves, queues
from amends.services.workflow.moves import MoveRefused
from tests.world import HOUR, MONDAY, case_row, entries, lead_to, make_case, make_member, move


@pytest.fixture
async def number(bob: Member) -> int:
    """A case that is being worked on, in a team where more than 50 is a lead's to agree to."""
    admin = await make_member("root", role="admin")
    await reply_rules.change(Act(admin, MONDAY), ReplyRules(remedy_ceiling=5_000, currency="CAD"), after=0)
    made = await make_case(bob)
    await lead_to(made, "working", by=bob)
    return made


async def offer(number: int, by: Member, cost: int | None = 1_250, *, now: datetime = MONDAY) -> RemedyState:
    given = {"kind": RemedyKind.REFUND, "words": "The cake, in full", "cost": cost}
    return await remedies.offer(Act(by, now), number, **given)


async def shown(number: int, by: Member) -> list[remedies.RemedyShown]:
    return (await cases.detail(Act(by, MONDAY), number)).remedies


async def test_an_offer_is_accepted_and_delivered_by_the_move(number: int, bob: Member):
    assert await offer(number, bob) == RemedyState.OFFERED
    [one] = await shown(number, bob)
    assert (one.cost, one.currency, one.offered_by.name) == (1_250, "CAD", bob.name)
    assert await remedies.answer(Act(bob, MONDAY), one.id, accepted=True) == number
    assert (await case_row(number))["remedy"] == "The cake, in full"
    undo_id = await move(number, "deliver_remedy", by=bob, remedy="The cake, in full")
    assert [one.state for one in await shown(number, bob)] == [RemedyState.DELIVERED]
    await moves.undo(Act(bob, MONDAY), number, undo_id)
    assert [one.state for one in await shown(number, bob)] == [RemedyState.ACCEPTED]
    assert (await entries(number))[-4:] == ["remedy", "remedy", "moved", "undone"]


async def approvals_of(member: Member) -> int:
    return (await queues.waiting(Act(member, MONDAY))).approvals


async def test_above_the_ceiling_the_case_waits_for_a_lead(number: int, alice: Member, bob: Member):
    eve = await make_member("eve")
    assert await offer(number, bob, 5_001) == RemedyState.ASKED
    with pytest.raises(MoveRefused, match="waiting for a lead"):
        await move(number, "deliver_remedy", by=bob, remedy="The cake")
    [asked] = await remedies.asked(by=alice)
    assert (asked.number, asked.remedy.cost) == (number, 5_001)
    assert await remedies.asked(by=bob) == []
    assert (await approvals_of(alice), await approvals_of(bob)) == (1, 0)
    for agent in (bob, eve):
        with pytest.raises(OnlyLeadsAgree):
            await remedies.decide(Act(agent, MONDAY), asked.remedy.id, agree=True, reason="")
    await remedies.decide(Act(alice, MONDAY), asked.remedy.id, agree=True, reason="Once")
    [one] = await shown(number, bob)
    assert (one.state, one.agreed_by.name) == (RemedyState.OFFERED, alice.name)
    await remedies.answer(Act(bob, MONDAY), one.id, accepted=True)
    [one] = await shown(number, bob)
    said = (one.offered_by.name, one.agreed_by.name, one.decided_by.name)
    assert said == ("Bob", "Alice", "Bob"), "who proposed, who agreed, and who wrote the answer down"
    assert await approvals_of(alice) == 0
    with pytest.raises(RemedySettled):
        await remedies.decide(Act(alice, MONDAY), asked.remedy.id, agree=False, reason="No")


async def test_who_does_not_agree_says_why_and_the_case_goes_on(number: int, alice: Member, bob: Member):
    await offer(number, bob, 100_000)
    [asked] = await remedies.asked(by=alice)
    with pytest.raises(RemedyWithoutWords):
        await remedies.decide(Act(alice, MONDAY), asked.remedy.id, agree=False, reason=" ")
    await remedies.decide(Act(alice, MONDAY), asked.remedy.id, agree=False, reason="Offer half")
    await move(number, "deliver_remedy", by=bob, remedy="A voucher")
    assert [one.state for one in await shown(number, bob)] == [RemedyState.REFUSED]


async def test_a_lead_offers_what_they_like_and_a_declined_offer_is_delivered_by_nothing(
    number: int, alice: Member
):
    assert await offer(number, alice, 100_000) == RemedyState.OFFERED
    [one] = await shown(number, alice)
    await remedies.answer(Act(alice, MONDAY), one.id, accepted=False)
    with pytest.raises(RemedySettled):
        await remedies.answer(Act(alice, MONDAY), one.id, accepted=True)
    with pytest.raises(MoveRefused, match="declined"):
        await move(number, "deliver_remedy", by=alice, remedy="The cake, in full")
    await offer(number, alice, now=MONDAY + HOUR)
    await move(number, "deliver_remedy", by=alice, now=MONDAY + HOUR, remedy="An apology")
    assert [one.state for one in await shown(number, alice)] == [RemedyState.DECLINED, RemedyState.OFFERED]


async def test_several_small_offers_to_one_person_are_a_leads_to_agree_to(number: int, bob: Member):
    other = await make_case(bob)  # of the same person
    assert await offer(number, bob, 3_000) == RemedyState.OFFERED
    assert await offer(number, bob, 2_001) == RemedyState.ASKED
    assert await offer(other, bob, 1) == RemedyState.ASKED
    [first] = [one for one in await shown(number, bob) if one.state is RemedyState.OFFERED]
    await remedies.answer(Act(bob, MONDAY), first.id, accepted=False)
    assert await offer(other, bob, 2_998) == RemedyState.OFFERED, "what they declined costs nothing"


async def test_somebody_elses_offers_do_not_count(number: int, bob: Member):
    dan = await make_case(bob, author={"name": "Dan", "handle": "@dan", "url": "https://x.com/dan"})
    assert await offer(number, bob, 4_000) == RemedyState.OFFERED
    assert await offer(dan, bob, 4_000) == RemedyState.OFFERED


async def test_at_delivery_the_ceiling_of_the_day_counts(number: int, alice: Member, bob: Member):
    await offer(number, bob, 4_000)
    [one] = await shown(number, bob)
    await remedies.answer(Act(bob, MONDAY), one.id, accepted=True)
    admin = await make_member("ann", role="admin")
    await reply_rules.change(Act(admin, MONDAY), ReplyRules(remedy_ceiling=1_000, currency="CAD"), after=1)
    with pytest.raises(OnlyLeadsAgree):
        await move(number, "deliver_remedy", by=bob, remedy="The cake")
    await move(number, "deliver_remedy", by=alice, remedy="The cake")


async def test_an_offer_has_words_and_an_open_case(number: int, bob: Member):
    with pytest.raises(RemedyWithoutWords):
        await remedies.offer(Act(bob, MONDAY), number, kind=RemedyKind.OTHER, words=" ", cost=None)
    with pytest.raises(RemedyUnknown):
        await remedies.answer(Act(bob, MONDAY), uuid4(), accepted=True)
    await offer(number, bob)
    [one] = await shown(number, bob)
    await move(number, "let_go", by=bob, reason="Moved away")
    with pytest.raises(CaseIsClosed):
        await offer(number, bob)
    with pytest.raises(CaseIsClosed):
        await remedies.answer(Act(bob, MONDAY), one.id, accepted=True)


async def reminded() -> dict[str, str]:
    owed, member = tables.FollowUp, tables.Member
    rows = await owed.select(owed.owner, owed.words).where(
        (owed.kind == "remedy_request") & (owed.state == "due")
    )
    names = {row["id"]: row["name"] for row in await member.select(member.id, member.name)}
    return {names[row["owner"]]: row["words"] for row in rows}


async def test_the_leads_are_reminded_of_what_waits_for_them_until_one_has_decided(
    number: int, alice: Member, bob: Member
):
    await offer(number, bob, 5_001)
    words = "Bob asks a lead to approve: The cake, in full"
    assert await reminded() == {"Alice": words, "Root": words}
    [asked] = await remedies.asked(by=alice)
    await remedies.decide(Act(alice, MONDAY), asked.remedy.id, agree=True, reason="")
    assert await reminded() == {}


async def test_what_needs_no_lead_reminds_nobody(number: int, alice: Member, bob: Member):
    await offer(number, bob, 5_000)
    await offer(number, alice, 100_000)
    assert await reminded() == {}


async def test_offers_to_one_person_at_once_are_under_the_ceiling_together(number: int, bob: Member):
    numbers = [number, *[await make_case(bob) for _ in range(5)]]
    states = await asyncio.gather(*(offer(one, bob, 1_500) for one in numbers))
    assert states.count(RemedyState.OFFERED) == 3
