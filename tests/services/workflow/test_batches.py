"""Does one wish change many cases, each by itself, and is it taken back without losing anything?"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.vocabulary import Severity, Stage
from amends.rules.workflow.batches import MOST, Deed, Effect, Wish
from amends.services.desk import case_themes, themes
from amends.services.operation import retention
from amends.services.team.members import Act, Member, NoSuchMember
from amends.services.workflow import batches, case_commands, severities
from amends.services.workflow.batches import (
    BatchUndone,
    BatchUnknown,
    NothingChosen,
    TooManyChosen,
    WishIncomplete,
)
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, move, owed

LADDER = ("generation", "climbs_from")
LATER = MONDAY + timedelta(minutes=1)


async def effects(batch_id: Any, by: Member) -> dict[int, Effect]:
    done = await batches.find_done(Act(by, MONDAY), batch_id)
    return {line.number: line.effect for line in done.lines}


async def state(number: int) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """All of a case and of what is owed on it, but for counters and for whose ladder begins anew."""
    row = {name: value for name, value in (await case_row(number)).items() if name != "version"}
    live = {
        kind: {name: value for name, value in one.items() if name not in LADDER}
        for kind, one in (await owed(number)).items()
    }
    return row, live


async def test_looking_first_changes_nothing(alice: Member, bob: Member):
    numbers = [await make_case(bob) for _ in range(2)]
    before = [await case_row(number) for number in numbers]
    lines = await batches.rehearse(Act(alice, MONDAY), numbers, Wish(deed=Deed.ASSIGN, owner=bob.id))
    assert [(line.number, line.effect) for line in lines] == [(one, Effect.CHANGED) for one in numbers]
    assert [await case_row(number) for number in numbers] == before


WISHES = {
    "hand over": lambda bob: Wish(deed=Deed.ASSIGN, owner=bob.id),
    "weigh": lambda bob: Wish(deed=Deed.SEVERITY, severity=Severity.S2),
    "sleep": lambda bob: Wish(deed=Deed.SNOOZE, until=MONDAY + DAY),
    "let go": lambda bob: Wish(deed=Deed.LET_GO, reason="They moved away"),
}


async def test_a_theme_is_added_to_many_and_only_where_it_was_added_taken_back(alice: Member):
    late = await themes.make(Act(alice, MONDAY), "Late")
    numbers = [await make_case(alice) for _ in range(2)]
    await move(numbers[0], "not_ours", by=alice, reason="Spam")
    await case_themes.choose(Act(alice, MONDAY), numbers[1], add_to=[late])
    wish = Wish(deed=Deed.THEME, theme=late)
    batch_id = await batches.carry_out(Act(alice, LATER), numbers, wish)
    assert await effects(batch_id, alice) == {numbers[0]: Effect.CHANGED, numbers[1]: Effect.SAME}
    await batches.undo(Act(alice, LATER), batch_id)
    assert [await case_themes.given_to(number) for number in numbers] == [frozenset(), {late}]
    for missing in (None, uuid4()):
        with pytest.raises(WishIncomplete):
            await batches.rehearse(Act(alice, LATER), numbers, Wish(deed=Deed.THEME, theme=missing))


@pytest.mark.parametrize("name", WISHES)
async def test_what_was_done_to_many_is_taken_back_to_the_second(alice: Member, bob: Member, name: str):
    numbers = [await make_case(alice) for _ in range(3)]
    for number in numbers[:2]:
        await lead_to(number, "working", by=alice)
        await move(number, "finish_step", by=alice, next_step="Ring the baker")
    before = {number: await state(number) for number in numbers}
    batch_id = await batches.carry_out(Act(alice, LATER), numbers, WISHES[name](bob))
    done = await effects(batch_id, alice)
    changed = [number for number, effect in done.items() if effect is Effect.CHANGED]
    assert len(changed) >= 2
    for number in numbers:
        assert (await state(number) != before[number]) == (number in changed)
    await batches.undo(Act(alice, LATER + timedelta(minutes=9)), batch_id)
    assert {number: await state(number) for number in numbers} == before
    assert set((await effects(batch_id, alice)).values()) <= {Effect.SAME, Effect.REFUSED}


async def test_what_one_case_refuses_holds_up_none_of_the_others(alice: Member, bob: Member):
    new, severe, working = [await make_case(bob) for _ in range(3)]
    for number in (severe, working):
        await lead_to(number, "working", by=bob)
    await severities.weigh(Act(bob, MONDAY), severe, severity=Severity.S1)
    wish = Wish(deed=Deed.LET_GO, reason="Old")
    batch_id = await batches.carry_out(Act(bob, MONDAY), [new, severe, working, 4711], wish)
    expected = {new: Effect.REFUSED, severe: Effect.REFUSED, working: Effect.CHANGED}
    assert await effects(batch_id, bob) == expected
    assert (await case_row(working))["stage"] == Stage.CLOSED
    assert (await case_row(severe))["stage"] == Stage.WORKING
    done = await batches.find_done(Act(bob, MONDAY), batch_id)
    assert all(line.sentence for line in done.lines if line.effect is Effect.REFUSED)


async def test_taking_back_leaves_what_somebody_has_changed_since(alice: Member, bob: Member):
    touched, other = [await make_case(bob) for _ in range(2)]
    wish = Wish(deed=Deed.ASSIGN, owner=bob.id)
    batch_id = await batches.carry_out(Act(alice, MONDAY), [touched, other], wish)
    await case_commands.assign(Act(alice, LATER), touched, owner=alice.id)
    await batches.undo(Act(alice, LATER), batch_id)
    assert (await case_row(touched))["owner"] == alice.id
    assert (await case_row(other))["owner"] is None
    assert await effects(batch_id, alice) == {touched: Effect.REFUSED, other: Effect.SAME}
    with pytest.raises(BatchUndone):
        await batches.undo(Act(alice, LATER), batch_id)


async def test_a_closed_case_that_was_reopened_since_is_not_put_back(alice: Member):
    number = await make_case(alice)
    wish = Wish(deed=Deed.NOT_OURS, reason="Spam")
    batch_id = await batches.carry_out(Act(alice, MONDAY), [number], wish)
    await move(number, "reopen", by=alice, now=LATER, reason="It is ours")
    await batches.undo(Act(alice, LATER), batch_id)
    assert (await case_row(number))["stage"] == Stage.WORKING


async def test_each_case_tells_of_it_on_its_own_timeline(alice: Member, bob: Member):
    number = await make_case(bob)
    wish = Wish(deed=Deed.SEVERITY, severity=Severity.S2)
    batch_id = await batches.carry_out(Act(alice, MONDAY), [number, number], wish)
    await batches.undo(Act(alice, LATER), batch_id)
    assert await entries(number) == ["captured", "severity_set", "severity_set"]
    assert (await case_row(number))["severity"] is None


@pytest.mark.parametrize(
    "wish",
    [
        Wish(deed=Deed.SEVERITY),
        Wish(deed=Deed.SNOOZE),
        Wish(deed=Deed.SNOOZE, until=MONDAY - HOUR),
        Wish(deed=Deed.LET_GO, reason="  "),
        Wish(deed=Deed.NOT_OURS),
    ],
)
async def test_a_wish_says_what_it_needs(bob: Member, wish: Wish):
    with pytest.raises(WishIncomplete) as wrong:
        await batches.rehearse(Act(bob, MONDAY), [await make_case(bob)], wish)
    assert len(wrong.value.fields) == 1


async def test_some_cases_have_to_be_chosen_and_not_too_many(bob: Member):
    wish = Wish(deed=Deed.SEVERITY, severity=Severity.S2)
    with pytest.raises(NothingChosen):
        await batches.carry_out(Act(bob, MONDAY), [], wish)
    with pytest.raises(TooManyChosen):
        await batches.carry_out(Act(bob, MONDAY), range(MOST + 1), wish)
    with pytest.raises(NoSuchMember):
        await batches.carry_out(Act(bob, MONDAY), [1], Wish(deed=Deed.ASSIGN, owner=uuid4()))
    assert [line.number for line in await batches.of_numbers([4711, await make_case(bob)], by=bob)] == [1]


async def test_a_batch_is_its_makers_and_is_forgotten_after_a_day(alice: Member, bob: Member):
    wish = Wish(deed=Deed.SEVERITY, severity=Severity.S2)
    batch_id = await batches.carry_out(Act(bob, MONDAY), [await make_case(bob)], wish)
    with pytest.raises(BatchUnknown):
        await batches.find_done(Act(alice, MONDAY), batch_id)
    with pytest.raises(BatchUndone):
        await batches.undo(Act(bob, MONDAY + timedelta(minutes=11)), batch_id)
    await retention.delete_expired(now=MONDAY + 2 * DAY)
    assert not await tables.Batch.exists()
