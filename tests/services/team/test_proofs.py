"""Is a member asked again who they are, by what they have, and for five minutes no more (R-19)?"""

from datetime import timedelta

import pyotp
import pytest

from amends.gateways.secrets import Secrets, new_key
from amends.rules.vocabulary import Role
from amends.services.team import members, proofs, second_factors, sessions
from amends.services.team.members import Act, Member
from amends.services.team.proofs import Ways
from amends.services.team.second_factors import WrongCode
from amends.services.team.sessions import WrongPassword
from amends.services.team.throttle import TooManyTries
from tests.world import MONDAY, make_member

PASSWORD = "seven quiet ovens"
LATER = MONDAY + timedelta(hours=1)
SOON, LATE = LATER + timedelta(minutes=4, seconds=59), LATER + timedelta(minutes=5)


@pytest.fixture
def secrets() -> Secrets:
    return Secrets([new_key()])


@pytest.fixture
async def dora(database: str) -> Member:
    return await members.add(
        "dora@example.org", name="Dora", role=Role.ADMIN, password=PASSWORD, now=MONDAY, by=None
    )


async def session_of(member: Member) -> str:
    begun = await sessions.begin_for(member, address="192.0.2.1", program="test", now=MONDAY)
    return begun.token


async def test_signing_in_counts_and_then_the_password_for_five_minutes_in_this_session(dora: Member) -> None:
    here, there = await session_of(dora), await session_of(dora)
    assert await proofs.is_fresh(here, now=MONDAY + timedelta(minutes=4))
    assert not await proofs.is_fresh(here, now=LATER)
    await proofs.by_password(dora, PASSWORD, now=LATER, token=here)
    assert await proofs.is_fresh(here, now=SOON)
    assert not await proofs.is_fresh(here, now=LATE)
    assert not await proofs.is_fresh(there, now=SOON)
    assert not await proofs.is_fresh("", now=SOON)


async def test_a_code_of_the_second_factor_shows_it_too_once(dora: Member, secrets: Secrets) -> None:
    begun = await second_factors.begin(Act(dora, MONDAY), secrets)
    phone = pyotp.TOTP(begun.secret)
    recovery = await second_factors.confirm(Act(dora, MONDAY), phone.at(MONDAY), secrets)
    here = await session_of(dora)
    for code in (phone.at(LATER), recovery[0]):
        await proofs.by_code(dora, code, secrets, now=LATER, token=here)
        assert await proofs.is_fresh(here, now=SOON)
        with pytest.raises(WrongCode):
            await proofs.by_code(dora, code, secrets, now=LATER, token=here)


async def test_the_ways_are_those_that_the_member_has(dora: Member, secrets: Secrets) -> None:
    assert await proofs.ways(dora) == Ways(password=True, code=False)
    begun = await second_factors.begin(Act(dora, MONDAY), secrets)
    assert not (await proofs.ways(dora)).code, "not confirmed yet"
    await second_factors.confirm(Act(dora, MONDAY), pyotp.TOTP(begun.secret).at(MONDAY), secrets)
    assert await proofs.ways(dora) == Ways(password=True, code=True)
    assert await proofs.ways(await make_member("eve")) == Ways(password=False, code=False)


async def test_failures_at_the_door_do_not_count_where_the_password_is_typed_again(
    dora: Member,
) -> None:
    for _ in range(30):
        with pytest.raises((WrongPassword, TooManyTries)):
            await sessions.sign_in(dora.email, "wrong", address="198.51.100.7", program="test", now=MONDAY)
    await proofs.by_password(dora, PASSWORD, now=MONDAY)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            await proofs.by_password(dora, "wrong wrong wrong", now=MONDAY)
    with pytest.raises(TooManyTries):
        await proofs.by_password(dora, PASSWORD, now=MONDAY)


async def test_who_has_no_password_shows_it_by_none(database: str) -> None:
    eve = await make_member("eve")
    with pytest.raises(WrongPassword):
        await proofs.by_password(eve, "", now=MONDAY)
