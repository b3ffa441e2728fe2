"""Which times count: a small shop's until an admin adopts others, version after version."""

import asyncio
from dataclasses import replace

import pytest

from amends import tables
from amends.database import transaction
from amends.rules.team.policies import REGULATED_FR, SMALL_SHOP, SOLO
from amends.rules.vocabulary import Severity
from amends.services.team import policies
from amends.services.team.members import Act, Member
from amends.services.team.policies import PolicyChanged
from tests.world import MONDAY, make_case, move, owed

OWN = replace(SOLO, second_chance_days=frozenset({0}))


async def write(policy, after: int, by: Member):
    async with transaction():
        return await policies.write(Act(by, MONDAY), policy, after=after)


async def test_a_team_that_never_chose_has_the_times_of_a_small_shop(database: str):
    standing = await policies.standing()
    assert (standing.policy, standing.version, standing.made_by) == (SMALL_SHOP, 0, None)


async def test_the_last_version_counts_and_says_who_made_it(alice: Member):
    await write(SOLO, 0, alice)
    await write(OWN, 1, alice)
    standing = await policies.standing()
    assert (standing.policy, standing.version, standing.made_by, standing.made_at) == (
        replace(OWN, name="own"),
        2,
        "Alice",
        MONDAY,
    )
    assert await policies.current() == standing.policy


async def test_a_version_that_somebody_else_made_meanwhile_is_not_overwritten(alice: Member):
    await write(SOLO, 0, alice)
    with pytest.raises(PolicyChanged):
        await write(OWN, 0, alice)
    assert await policies.current() == SOLO


async def test_of_two_who_adopt_together_one_succeeds(alice: Member):
    answers = await asyncio.gather(write(SOLO, 0, alice), write(OWN, 0, alice), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Policy", "PolicyChanged"]


async def test_a_duty_that_a_stored_policy_does_not_know_has_the_time_of_a_small_shop(alice: Member):
    await write(SOLO, 0, alice)
    [row] = await tables.Policy.select()
    del row["terms"]["rows"]["triage"]
    row["terms"]["rows"]["gone"] = row["terms"]["rows"]["contact"]
    await tables.Policy.update({tables.Policy.terms: row["terms"]}).where(tables.Policy.id == row["id"])
    found = await policies.current()
    assert found.rows["triage"] == SMALL_SHOP.rows["triage"]
    assert found.rows["contact"] == SOLO.rows["contact"]
    assert "gone" not in found.rows


async def test_what_is_owed_from_now_on_has_the_times_of_the_policy(alice: Member):
    await write(REGULATED_FR, 0, alice)
    number = await make_case(alice)
    await move(number, "answer", by=alice, severity=Severity.S3, stance="fix")
    [steps] = [row["steps"] for row in (await owed(number)).values()]
    assert sum(step.get("seconds", 0) for step in steps) == 10 * 9 * 3600
