"""Counting for reports: each changed case once, removed ones not at all, and always what a recount gives."""

import asyncio
import random
from datetime import date, timedelta
from typing import Any

import pytest

from amends import tables
from amends.database import run
from amends.errors import AmendsError
from amends.rules.insight.case_facts import Event, Flag
from amends.rules.insight.day_figures import Dimension, Figures, total
from amends.rules.workflow.moves import BY_NAME, MOVES
from amends.services.insight import counting, daily
from amends.services.insight.kept_facts import figures_of
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act, Member
from amends.services.workflow import case_locations, moves, removals
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case, move

FIRST = date(2026, 5, 4)
KEPT = """
SELECT dimension, value, day, CAST(flags AS TEXT) AS flags, CAST(events AS TEXT) AS events,
    CAST(times AS TEXT) AS times
FROM day_figure
"""
Kept = dict[tuple[str, str, date], Figures]


async def work() -> None:
    """What a worker does, until nothing is left that another one does not hold."""
    while await counting.count_changed():
        pass
    while await daily.add_up_days():
        pass


async def count() -> None:
    """What the only worker does, until nothing is left to count."""
    await work()
    assert await run("SELECT day FROM stale_day") == []


async def kept() -> Kept:
    return {(row["dimension"], row["value"], row["day"]): figures_of(row) for row in await run(KEPT)}


async def everything() -> Figures:
    return total(figures for key, figures in (await kept()).items() if key[0] == Dimension.ALL)


async def test_a_case_counts_on_its_day_in_every_dimension(alice: Member):
    number = await make_case(alice)
    await lead_to(number, "contact", by=alice, now=MONDAY + HOUR)
    await count()
    found = await kept()
    assert set(found) == {
        ("all", "", FIRST),
        ("platform", "x", FIRST),
        ("severity", "s3", FIRST),
        ("lang", "en", FIRST),
    }
    assert all(one.flags == {Flag.CAPTURED: 1, Flag.ANSWERED: 1, Flag.IN_TERM: 1} for one in found.values())


async def test_a_case_counts_at_its_location_and_no_longer_at_the_one_before(alice: Member):
    act = Act(alice, MONDAY)
    rennes = await locations.make(act, NewLocation(name="Rennes"))
    nantes = await locations.make(act, NewLocation(name="Nantes"))
    number = await make_case(alice, location=rennes)
    await count()
    assert ("location", str(rennes), FIRST) in await kept()
    await case_locations.locate(act, number, nantes)
    await count()
    found = [value for dimension, value, _day in await kept() if dimension == Dimension.LOCATION]
    assert found == [str(nantes)]


async def test_a_case_that_goes_on_is_counted_again_and_never_twice(alice: Member):
    number = await make_case(alice)
    await count()
    assert (await everything()).flags == {Flag.CAPTURED: 1}
    end = await lead_to(number, "checked_in", by=alice)
    await move(number, "win_back", by=alice, now=end, reason="She said so herself")
    await count()
    figures = await everything()
    assert figures.flags[Flag.CAPTURED] == figures.flags[Flag.RESOLVED] == 1
    assert figures.events == {Event.SECOND_CHANCE_ASKED: 1, Event.WON_BACK: 1}
    [row] = await run("SELECT day FROM case_event WHERE event = 'won_back'")
    assert row["day"] == end.date()


async def test_a_removed_case_is_counted_no_more(alice: Member):
    number = await make_case(alice)
    await make_case(alice, now=MONDAY + HOUR)
    await count()
    assert (await everything()).flags[Flag.CAPTURED] == 2
    await removals.remove(Act(alice, MONDAY + HOUR), number, reason="A wrong post")
    await count()
    assert (await everything()).flags[Flag.CAPTURED] == 1
    assert len(await run("SELECT number FROM case_fact")) == 1


async def test_a_duplicate_counts_with_the_case_that_it_was_joined_to(alice: Member):
    kept_case, other = await make_case(alice), await make_case(alice, now=MONDAY + HOUR)
    await move(other, "join", by=alice, now=MONDAY + HOUR, duplicate_of=kept_case)
    await count()
    assert (await everything()).flags == {Flag.CAPTURED: 1}


@pytest.mark.parametrize("seed", range(3))
async def test_counting_as_cases_change_is_the_same_as_counting_all_again(alice: Member, seed: int):
    chance = random.Random(seed)
    numbers: list[int] = []
    now = MONDAY
    places = [
        await locations.make(Act(alice, MONDAY), NewLocation(name=name)) for name in ("Rennes", "Nantes")
    ]
    for _step in range(40):
        now += timedelta(hours=chance.randint(1, 30))
        if len(numbers) < 3 or chance.random() < 0.2:
            numbers.append(await make_case(alice, now=now, lang=chance.choice(["en", "fr"])))
        await _something(chance, alice, chance.choice(numbers), now)
        if chance.random() < 0.3:
            place = chance.choice([None, *places])
            await case_locations.locate(Act(alice, now), chance.choice(numbers), place)
        if chance.random() < 0.2:
            await count()
    await count()
    as_they_changed = await kept()
    await counting.count_all_again()
    await run("DELETE FROM day_figure")
    await count()
    assert as_they_changed == await kept()
    assert (await everything()).flags[Flag.CAPTURED] == len(
        await run("SELECT id FROM case_file WHERE outcome IS NULL OR outcome <> 'duplicate'")
    )


async def _something(chance: random.Random, by: Member, number: int, now: Any) -> None:
    """A move that the rules allow, taken back now and then."""
    given = {
        "severity": chance.choice(["s2", "s3"]),
        "stance": "fix",
        "reason": "So it was decided",
        "reply_url": f"https://x.com/bakers/status/{chance.randint(1, 10**9)}",
        "channel": "email",
        "next_step": "Ring the shop",
        "remedy": "A new cake",
        "review_on": (now + 9 * DAY).date(),
        "text": "We looked at it.",
        "proof_url": "https://x.com/dana",
    }
    names = [one.name for one in MOVES if "duplicate_of" not in one.asks]
    for name in chance.sample(names, len(names)):
        one = BY_NAME[name]
        try:
            said = {key: given[key] for key in one.asks if key in given}
            undo = await move(number, name, by=by, now=now, **said)
        except AmendsError:
            continue
        if chance.random() < 0.3:
            await moves.undo(Act(by, now), number, undo)
        return


async def test_two_workers_at_once_count_nothing_twice(alice: Member):
    for _case in range(5):
        await make_case(alice)
    await asyncio.gather(work(), work())
    await count()  # what one skipped because the other held it
    assert (await everything()).flags == {Flag.CAPTURED: 5}


async def test_a_case_changed_while_its_day_is_added_up_is_counted_in_the_end(alice: Member):
    for _case in range(3):
        number = await make_case(alice)
        await counting.count_changed()
        await lead_to(number, "contact", by=alice)
        await count()
    assert (await everything()).flags[Flag.ANSWERED] == 3
    assert (await tables.Case.count()) == 3
