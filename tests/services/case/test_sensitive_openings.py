"""Is it told who opened a sensitive case, and of no other?"""

from uuid import uuid4

from amends import tables
from amends.rules.vocabulary.audit import AuditKind
from amends.services.case import sensitive_openings
from amends.services.team import audit
from amends.services.team.audit import Filters
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY, make_case


async def events() -> list[tuple[str, str, str]]:
    found, _ = await audit.page(Filters())
    return [(event.kind.value, event.actor, event.about) for event in found]


async def make_sensitive(number: int) -> None:
    await tables.Case.update({tables.Case.severity: "s1"}).where(tables.Case.number == number)


async def test_an_opening_of_an_s1_is_told_once_a_day_for_each_member(alice: Member, bob: Member):
    number = await make_case(bob)
    await make_sensitive(number)
    for member in (bob, bob, alice):
        assert await sensitive_openings.note_opening(Act(member, MONDAY), number)
    assert await sensitive_openings.note_opening(Act(bob, MONDAY + HOUR), number)
    told = {("case_opened", str(one.id), str(number)) for one in (alice, bob)}
    assert (set(await events()), len(await events())) == (told, 2)
    await sensitive_openings.note_opening(Act(bob, MONDAY + DAY), number)
    assert len(await events()) == 3


async def test_the_opening_of_any_other_case_is_not_told(bob: Member):
    number = await make_case(bob)
    assert not await sensitive_openings.note_opening(Act(bob, MONDAY), number)
    assert not await sensitive_openings.note_opening(Act(bob, MONDAY), 4711)
    assert await events() == []


async def test_who_was_refused_is_told_with_the_page(bob: Member):
    number = await make_case(bob)
    await make_sensitive(number)
    await sensitive_openings.note_refusal(Act(bob, MONDAY), number, f"/cases/{number}/remove")
    [event], _ = await audit.page(Filters())
    assert (event.kind, event.told) == (AuditKind.CASE_REFUSED, {"path": f"/cases/{number}/remove"})


async def test_a_legal_hold_makes_a_case_sensitive_until_it_is_lifted(bob: Member):
    number = await make_case(bob)
    [case] = await tables.Case.select(tables.Case.id).where(tables.Case.number == number)
    hold = tables.LegalHold
    await hold.insert(hold(id=uuid4(), case=case["id"], review_on=MONDAY.date(), placed_at=MONDAY))
    assert await sensitive_openings.note_opening(Act(bob, MONDAY), number)
    await hold.update({hold.lifted_at: MONDAY}, force=True)
    assert not await sensitive_openings.note_opening(Act(bob, MONDAY), number)
