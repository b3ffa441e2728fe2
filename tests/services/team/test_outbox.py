"""Is an event a row for each endpoint that listens, in the transaction of what it tells?"""

from uuid import uuid4

import pytest

from amends import tables
from amends.database import transaction
from amends.rules.vocabulary import EntryKind, ProblemEntry
from amends.services.case import timeline
from amends.services.desk import problems
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, removals
from tests.world import MONDAY, make_case, move


async def listen(events: str = "", *, is_on: bool = True) -> None:
    row = tables.Webhook(
        id=uuid4(),
        name="shop",
        url="https://a.example",
        events=events,
        sealed="x",
        is_on=is_on,
        made_at=MONDAY,
    )
    await tables.Webhook.insert(row)


async def told() -> list[tuple[str, str]]:
    rows = await tables.WebhookDelivery.select().order_by(tables.WebhookDelivery.turn)
    return [(row["subject"], row["kind"]) for row in rows]


async def test_without_an_endpoint_nothing_is_written(bob: Member):
    await listen(is_on=False)
    await make_case(bob)
    assert await told() == []


async def test_a_case_tells_what_happens_to_it_in_its_order(alice: Member):
    await listen()
    number = await make_case(alice)
    await move(number, "answer", by=alice, severity="s3", stance="fix")
    await removals.remove(Act(alice, MONDAY), number, reason="A test")
    events = await told()
    assert {subject for subject, _kind in events} == {f"case:{number}"}
    assert [kind for _subject, kind in events] == [
        "case.captured",
        "follow_up.made",
        "follow_up.settled",
        "follow_up.made",
        "case.moved",
        "case.removed",
    ]


async def test_an_endpoint_gets_only_what_it_chose_and_each_gets_its_own_row(bob: Member):
    await listen("case.noted")
    await listen("case.noted case.captured")
    number = await make_case(bob)
    await case_commands.note(Act(bob, MONDAY), number, text="Dana is angry")
    rows = await tables.WebhookDelivery.select()
    assert sorted(row["kind"] for row in rows) == ["case.captured", "case.noted", "case.noted"]
    assert len({row["event"] for row in rows}) == 2
    assert "Dana" not in str(rows)


async def test_what_is_rolled_back_was_never_told(bob: Member):
    await listen()
    number = await make_case(bob)
    before = await told()
    with pytest.raises(ZeroDivisionError):
        await _note_and_fail(number, bob)
    assert await told() == before


async def _note_and_fail(number: int, bob: Member) -> None:
    async with transaction():
        case = await tables.Case.objects().get(tables.Case.number == number)
        assert case
        await timeline.record(case.id, EntryKind.NOTED, now=MONDAY, by=bob, text="x")
        raise ZeroDivisionError


async def test_a_problem_tells_of_itself(alice: Member):
    await listen("problem.opened problem.changed")
    problem = tables.Problem(
        id=uuid4(), number=1, title="Late cakes", scope="", opened_at=MONDAY, owner=alice.id
    )
    await tables.Problem.insert(problem)
    await problems.commands.record(problem.id, ProblemEntry.OPENED, act=Act(alice, MONDAY))
    assert await told() == [("problem:1", "problem.opened")]
