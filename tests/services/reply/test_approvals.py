"""Drafts wait for whoever may read them, never for their author, and a deputy steps in."""

from datetime import timedelta

from amends import tables
from amends.services.desk import cases
from amends.services.reply import approvals
from amends.services.reply.approvals import DraftQueue
from amends.services.team import absences
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case, make_member, move, owed

CALM = "We are sorry, Dana. Please write to us at care@bakers.example."


async def waiting(by: Member, **given: object) -> int:
    number = await make_case(by)
    await lead_to(number, "acknowledge", by=by)
    await move(number, "submit_draft", by=by, text=CALM, **given)
    return number


async def numbers(by: Member, now=MONDAY) -> tuple[list[int], list[int]]:
    queue: DraftQueue = await approvals.queue(Act(by, now))
    return [one.number for one in queue.mine], [one.number for one in queue.theirs]


async def test_a_draft_waits_for_a_lead_and_is_shown_to_its_author_as_waiting(alice: Member, bob: Member):
    number = await waiting(bob)
    assert await numbers(alice) == ([number], [])
    assert await numbers(bob) == ([], [number])
    [draft] = (await approvals.queue(Act(alice, MONDAY))).mine
    assert (draft.drafter, draft.reader, draft.author) == ("Bob", "Alice", "Dana")
    assert draft.due_at == (await owed(number))["approval"]["due_at"]
    await move(number, "approve", by=alice)
    assert await numbers(alice) == ([], [])


async def test_nobody_else_reads_it_unless_they_were_asked(alice: Member, bob: Member):
    eve = await make_member("eve")
    await waiting(bob)
    asked = await waiting(bob, reader=eve.id)
    assert await numbers(eve) == ([asked], [])
    assert len((await numbers(alice))[0]) == 2


async def test_the_soonest_due_comes_first(alice: Member, bob: Member):
    first = await waiting(bob)
    urgent = await make_case(bob)
    await move(urgent, "answer", by=bob, severity="s1", stance="fix")
    await move(urgent, "submit_draft", by=bob, text=CALM)
    assert await numbers(alice) == ([urgent, first], [])


async def test_the_lead_with_the_fewest_is_asked_and_never_the_author(alice: Member, bob: Member):
    lea = await make_member("lea", role="lead")
    one, two = await waiting(bob), await waiting(bob)
    asked = {(await owed(number))["approval"]["owner"] for number in (one, two)}
    assert asked == {alice.id, lea.id}
    own = await waiting(alice)
    assert (await owed(own))["approval"]["owner"] == lea.id


async def test_the_deputy_of_an_absent_lead_is_asked_and_may(alice: Member, bob: Member):
    eve = await make_member("eve")
    begins, ends = MONDAY - HOUR, MONDAY + DAY
    await absences.plan(Act(alice, MONDAY), alice.id, begins_at=begins, ends_at=ends, deputy=eve.id)
    number = await waiting(bob)
    assert (await owed(number))["approval"]["owner"] == eve.id
    assert await numbers(eve) == ([number], [])
    assert "approve" in [one.name for one in (await cases.detail(Act(eve, MONDAY), number)).moves]
    assert await numbers(eve, now=ends) == ([], [])
    await move(number, "approve", by=eve)


async def test_a_deputy_does_not_read_their_own(alice: Member, bob: Member):
    begins, ends = MONDAY - HOUR, MONDAY + DAY
    await absences.plan(Act(alice, MONDAY), alice.id, begins_at=begins, ends_at=ends, deputy=bob.id)
    number = await waiting(bob)
    assert (await owed(number))["approval"]["owner"] is None
    assert await numbers(bob) == ([], [number])


async def test_a_team_without_leads_has_its_admins_read(bob: Member):
    ada = await make_member("ada", role="admin")
    number = await waiting(bob)
    assert (await owed(number))["approval"]["owner"] == ada.id
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == ada.id)
    again = await waiting(bob)
    assert (await owed(again))["approval"]["owner"] is None


async def test_the_reading_stays_with_whom_was_asked_when_the_case_is_handed_over(alice: Member, bob: Member):
    eve = await make_member("eve")
    number = await waiting(bob)
    before = (await owed(number))["approval"]
    await case_commands.assign(Act(bob, MONDAY + timedelta(minutes=1)), number, owner=eve.id)
    after = await owed(number)
    assert after["approval"] == before
    assert after["acknowledge"]["owner"] == eve.id
