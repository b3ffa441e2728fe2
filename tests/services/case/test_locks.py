"""Row locks: does nobody wait for another who waits for them, whatever two members do at once?"""

import asyncio
from collections.abc import Awaitable

import pytest

from amends import tables
from amends.database import run, transaction
from amends.errors import AmendsError
from amends.rules.person.customer_links import CheckInAnswer, Purpose
from amends.rules.vocabulary import CustomerStatus, Nature, Relation, RemedyKind
from amends.rules.workflow.batches import Deed, Wish
from amends.services.case import locks
from amends.services.desk import case_links
from amends.services.follow_up import remedies
from amends.services.person import author_pairs, customer_links, people
from amends.services.person.people import Known
from amends.services.team.members import Act, Member
from amends.services.workflow import batches, case_facts, customers, leaving
from amends.services.workflow.case_facts import CaseFacts
from amends.services.workflow.customers import CheckIn
from tests.world import MONDAY, case_row, lead_to, make_case, make_member, move

ROUNDS = 8
"""Of two who wait for each other one is ended by the database, though not in every round."""


async def together(*commands: Awaitable[object]) -> None:
    """Runs them at once. What is refused in words is no failure; what the database ends is."""
    for ended in await asyncio.gather(*commands, return_exceptions=True):
        if isinstance(ended, BaseException) and not isinstance(ended, AmendsError):
            raise ended


async def form(command: Awaitable[object], *, after: int = 0) -> None:
    """A command in the transaction of its form, which holds all that it takes until the end.

    It begins `after` so many statements.
    """
    async with transaction():
        for _ in range(after):
            await run("SELECT 1")
        await command


def correction(by: Member, number: int, status: CustomerStatus) -> Awaitable[None]:
    facts = CaseFacts(nature=Nature.COMPLAINT, customer_status=status)
    return case_facts.correct(Act(by, MONDAY), number, facts)


async def test_two_cases_are_joined_to_each_other_at_once_and_one_of_them_is_kept(bob: Member):
    for _ in range(ROUNDS):
        one, two = await make_case(bob), await make_case(bob)
        await together(
            move(one, "join", by=bob, duplicate_of=two), move(two, "join", by=bob, duplicate_of=one)
        )
        closed = [(await case_row(number))["outcome"] for number in (one, two)]
        assert sorted(map(str, closed)) == ["None", "duplicate"]


async def test_a_join_is_taken_back_while_the_kept_case_is_joined_to_the_other(bob: Member, alice: Member):
    for _ in range(ROUNDS):
        one, two = await make_case(bob), await make_case(bob)
        undo_id = await move(two, "join", by=bob, duplicate_of=one)
        await together(
            batches.moves.undo(Act(bob, MONDAY), two, undo_id),
            move(one, "join", by=alice, duplicate_of=two),
        )


@pytest.mark.parametrize("deed", [Wish(deed=Deed.ASSIGN), Wish(deed=Deed.LET_GO, reason="Spam")])
async def test_a_batch_and_the_correction_of_a_person_do_not_end_each_other(bob: Member, deed: Wish):
    for _ in range(ROUNDS):
        numbers = [await make_case(bob) for _ in range(4)]
        await together(
            form(batches.carry_out(Act(bob, MONDAY), numbers, deed)),
            correction(bob, numbers[-1], CustomerStatus.VERIFIED),
            correction(bob, numbers[1], CustomerStatus.NOT_A_CUSTOMER),
        )


async def test_two_who_write_down_what_is_known_of_one_person_do_not_end_each_other(bob: Member):
    for _ in range(ROUNDS):
        numbers = [await make_case(bob) for _ in range(3)]
        author = (await case_row(numbers[0]))["author"]
        known = (Known(customer_status=one) for one in (CustomerStatus.VERIFIED, CustomerStatus.CLAIMED))
        await together(
            *(people.write(Act(bob, MONDAY), author, one) for one in known),
            correction(bob, numbers[-1], CustomerStatus.UNKNOWN),
        )
        assert len(await tables.Person.select()) == 1


async def test_accounts_are_joined_both_ways_at_once(bob: Member):
    for turn in range(ROUNDS):
        handles = (f"@ann{turn}", f"@ben{turn}")
        numbers = [await make_case(bob, author={"name": one, "handle": one}) for one in handles]
        one, two = [(await case_row(number))["author"] for number in numbers]
        act = Act(bob, MONDAY)
        await together(author_pairs.join(act, one, two), author_pairs.join(act, two, one))
        persons = await tables.Author.select(tables.Author.person).where(tables.Author.id.is_in([one, two]))
        assert len({row["person"] for row in persons}) == 1


async def test_a_link_is_taken_away_from_both_of_its_cases_at_once(bob: Member):
    for _ in range(ROUNDS):
        one, two, act = await make_case(bob), await make_case(bob), Act(bob, MONDAY)
        await case_links.make(act, one, two, Relation.RELATED)
        [link] = await tables.CaseLink.select(tables.CaseLink.id)
        await together(case_links.remove(act, one, link["id"]), case_links.remove(act, two, link["id"]))
        assert await tables.CaseLink.count() == 0


async def test_an_offer_is_agreed_to_and_answered_at_once(bob: Member, alice: Member):
    for _ in range(ROUNDS):
        number = await make_case(bob)
        act, refund = Act(bob, MONDAY), RemedyKind.REFUND
        await remedies.offer(act, number, kind=refund, words="All of it", cost=900_000)
        [remedy] = await tables.Remedy.select(tables.Remedy.id).where(tables.Remedy.case.number == number)
        await together(
            remedies.decide(Act(alice, MONDAY), remedy["id"], agree=True, reason=""),
            remedies.answer(act, remedy["id"], accepted=False),
        )


async def test_who_leaves_gives_all_to_one_who_gets_a_batch_taken_back(bob: Member, alice: Member):
    for turn in range(ROUNDS):
        carol = await make_member(f"carol{turn}")
        numbers = [await make_case(carol) for _ in range(3)]
        for number in numbers:
            await batches.case_commands.assign(Act(carol, MONDAY), number, owner=carol.id)
        batch = await batches.carry_out(Act(bob, MONDAY), numbers, Wish(deed=Deed.ASSIGN, owner=bob.id))
        await together(
            form(batches.undo(Act(bob, MONDAY), batch), after=turn),
            leaving.disable(carol.id, {leaving.Belonging.CASES: bob.id}, by=None, now=MONDAY),
        )


async def test_a_customer_answers_while_the_link_is_withdrawn_and_a_fact_corrected(bob: Member):
    for turn in range(ROUNDS):
        number = await make_case(bob, author={"name": "Eve", "handle": f"@eve{turn}"})
        at = await lead_to(number, "checked_in", by=bob)
        code = await customer_links.make(Act(bob, at), number, Purpose.CHECK_IN)
        await together(
            customers.check_in(code, CheckIn(answer=CheckInAnswer.BADLY, stop=True), now=at),
            customer_links.withdraw(Act(bob, at), number, Purpose.CHECK_IN),
            correction(bob, number, CustomerStatus.VERIFIED),
        )


async def test_locks_of_nothing_and_of_the_unknown_hold_nothing(bob: Member):
    async with transaction():
        await locks.hold_cases([])
        await locks.hold_cases([4711])
        await locks.hold_members([])
        assert await locks.hold_accounts([]) == []
        assert await locks.hold_writer(4711) == []
