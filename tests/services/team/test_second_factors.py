"""Does a second factor let in who has the phone or a recovery code, once each, and nobody else?"""

import asyncio
from datetime import timedelta

import pyotp
import pytest

from amends.database import transaction
from amends.gateways.secrets import Secrets, SecretUnreadable, new_key
from amends.rules.vocabulary import Role
from amends.services.team import members, second_factors, sessions
from amends.services.team.codes import CodeIsSpent
from amends.services.team.members import Act, Member, OnlyAdminsMay
from amends.services.team.second_factors import NoSecondFactor, SecondFactorIsNeeded, WrongCode
from amends.services.team.sessions import AwaitsCode, SignedIn, WrongPassword
from amends.services.team.throttle import TooManyTries
from tests.world import MONDAY, make_member

PASSWORD = "seven quiet ovens"
STEP = timedelta(seconds=30)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def secrets() -> Secrets:
    return Secrets([new_key()])


@pytest.fixture
async def dora(database: str) -> Member:
    return await members.add(
        "dora@example.org", name="Dora", role=Role.ADMIN, password=PASSWORD, now=MONDAY, by=None
    )


async def set_up(member: Member, secrets: Secrets) -> tuple[pyotp.TOTP, list[str]]:
    begun = await second_factors.begin(Act(member, MONDAY), secrets)
    phone = pyotp.TOTP(begun.secret)
    return phone, await second_factors.confirm(Act(member, MONDAY), phone.at(MONDAY), secrets)


async def with_password(member: Member, now=LATER) -> SignedIn | AwaitsCode:
    return await sessions.sign_in(member.email, PASSWORD, address="192.0.2.1", program="test", now=now)


async def with_code(awaits: AwaitsCode, code: str, secrets: Secrets, now=LATER) -> SignedIn:
    return await sessions.sign_in_by_code(awaits, code, secrets, address="192.0.2.1", program="test", now=now)


async def awaited(member: Member, now=LATER) -> AwaitsCode:
    awaits = await with_password(member, now)
    assert isinstance(awaits, AwaitsCode)
    return awaits


async def test_until_it_is_confirmed_the_password_is_enough(dora: Member, secrets: Secrets):
    await second_factors.begin(Act(dora, MONDAY), secrets)
    assert isinstance(await with_password(dora), SignedIn)
    with pytest.raises(WrongCode):
        await second_factors.confirm(Act(dora, MONDAY), "000000", secrets)
    assert isinstance(await with_password(dora), SignedIn)


async def test_then_a_code_of_the_phone_is_asked_for_too(dora: Member, secrets: Secrets):
    phone, _codes = await set_up(dora, secrets)
    awaits = await awaited(dora)
    begun = await with_code(awaits, phone.at(LATER), secrets)
    assert await sessions.member_of(begun.token, now=LATER) == dora


@pytest.mark.parametrize(("off", "is_good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_the_clock_of_a_phone_may_be_half_a_minute_off(
    dora: Member, secrets: Secrets, off: int, is_good: bool
):
    phone, _codes = await set_up(dora, secrets)
    awaits, code = await awaited(dora), phone.at(LATER + off * STEP)
    if is_good:
        await with_code(awaits, code, secrets)
    else:
        with pytest.raises(WrongCode):
            await with_code(awaits, code, secrets)


async def test_no_code_is_good_twice_nor_one_before_the_last(dora: Member, secrets: Secrets):
    phone, _codes = await set_up(dora, secrets)
    with pytest.raises(WrongCode):
        await with_code(await awaited(dora, MONDAY), phone.at(MONDAY), secrets, now=MONDAY)
    await with_code(await awaited(dora), phone.at(LATER), secrets)
    for code in (phone.at(LATER), phone.at(LATER - STEP)):
        with pytest.raises(WrongCode):
            await with_code(await awaited(dora), code, secrets)


async def test_of_several_who_send_one_code_at_once_one_gets_in(dora: Member, secrets: Secrets):
    phone, codes = await set_up(dora, secrets)
    for code in (phone.at(LATER), codes[0]):
        tries = [await awaited(dora) for _ in range(4)]
        ends = await asyncio.gather(*(with_code(one, code, secrets) for one in tries), return_exceptions=True)
        assert sum(isinstance(one, SignedIn) for one in ends) == 1


async def test_each_recovery_code_lets_in_once_however_it_is_typed(dora: Member, secrets: Secrets):
    _phone, codes = await set_up(dora, secrets)
    assert len(set(codes)) == second_factors.RECOVERY_CODES
    await with_code(await awaited(dora), f" {codes[0].upper().replace('-', ' ')} ", secrets)
    with pytest.raises(WrongCode):
        await with_code(await awaited(dora), codes[0], secrets)
    assert (await second_factors.shown(dora)).left == 9
    fresh = await second_factors.renew_codes(Act(dora, LATER))
    with pytest.raises(WrongCode):
        await with_code(await awaited(dora), codes[1], secrets)
    await with_code(await awaited(dora), fresh[1], secrets)


async def test_after_five_wrong_codes_it_takes_time(dora: Member, secrets: Secrets):
    phone, _codes = await set_up(dora, secrets)
    for _ in range(5):
        with pytest.raises(WrongCode):
            await with_code(await awaited(dora), "000000", secrets)
    with pytest.raises(TooManyTries):
        await with_code(await awaited(dora), "000000", secrets)
    with pytest.raises(TooManyTries):
        await with_code(await awaited(dora), phone.at(LATER), secrets)


async def test_a_wrong_password_does_not_tell_that_there_is_a_second_factor(dora: Member, secrets: Secrets):
    await set_up(dora, secrets)
    with pytest.raises(WrongPassword):
        await sessions.sign_in(dora.email, "wrong", address="192.0.2.1", program="test", now=LATER)


async def test_what_lets_type_a_code_is_good_once_and_for_ten_minutes(dora: Member, secrets: Secrets):
    phone, codes = await set_up(dora, secrets)
    awaits, late = await awaited(dora), LATER + timedelta(minutes=11)
    with pytest.raises(CodeIsSpent):
        await with_code(awaits, phone.at(late), secrets, now=late)
    again = await awaited(dora)
    await with_code(again, phone.at(LATER), secrets)
    with pytest.raises(CodeIsSpent):
        await with_code(again, codes[0], secrets)


async def test_who_is_disabled_meanwhile_does_not_get_in(dora: Member, secrets: Secrets):
    phone, _codes = await set_up(dora, secrets)
    awaits = await awaited(dora)
    await members.add(
        "carl@example.org", name="Carl", role=Role.ADMIN, password=PASSWORD, now=MONDAY, by=None
    )
    async with transaction():
        await members.disable(dora.id, now=LATER, by=None)
    with pytest.raises(CodeIsSpent):
        await with_code(awaits, phone.at(LATER), secrets)


async def test_another_key_opens_nothing_and_the_code_is_not_called_wrong(dora: Member, secrets: Secrets):
    phone, _codes = await set_up(dora, secrets)
    with pytest.raises(SecretUnreadable):
        await with_code(await awaited(dora), phone.at(LATER), Secrets([new_key()]))


async def test_a_second_one_does_not_take_the_place_of_one_at_work(dora: Member, secrets: Secrets):
    phone, _codes = await set_up(dora, secrets)
    await second_factors.begin(Act(dora, LATER), secrets)
    assert await second_factors.begun(dora, secrets) is None
    await with_code(await awaited(dora), phone.at(LATER), secrets)


async def test_turned_off_or_removed_the_password_is_enough_again(dora: Member, secrets: Secrets):
    await set_up(dora, secrets)
    await second_factors.turn_off(Act(dora, LATER))
    assert isinstance(await with_password(dora), SignedIn)
    await set_up(dora, secrets)
    assert await second_factors.remove(dora.id, now=MONDAY)
    assert not await second_factors.remove(dora.id, now=MONDAY)
    assert isinstance(await with_password(dora), SignedIn)


async def test_a_team_may_want_one_of_leads_and_admins(dora: Member, secrets: Secrets):
    agent, lead = await make_member("eve"), await make_member("lea", role="lead")
    with pytest.raises(OnlyAdminsMay):
        await second_factors.want(Act(lead, MONDAY), True)
    with pytest.raises(NoSecondFactor):
        await second_factors.want(Act(dora, MONDAY), True)
    await set_up(dora, secrets)
    await second_factors.want(Act(dora, MONDAY), True)
    found = {one.name: one.lacks_factor for one in await members.everyone()}
    assert found == {dora.name: False, agent.name: False, lead.name: True}
    with pytest.raises(SecondFactorIsNeeded):
        await second_factors.turn_off(Act(dora, MONDAY))
