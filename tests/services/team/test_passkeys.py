"""Does a passkey let in its own member, once for each question, here and for the purpose that was asked?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends import tables
from amends.database import transaction
from amends.errors import Invalid
from amends.rules.team.passkey_sites import PasskeySite
from amends.rules.vocabulary import Role
from amends.services.team import members, passkeys, second_factors, sessions
from amends.services.team.members import Act, Member, MemberIsDisabled
from amends.services.team.passkey_answers import PasskeyRefused
from amends.services.team.passkeys import ChallengeIsSpent, NoSuchPasskey, PasskeyIsKnown, TooManyPasskeys
from amends.services.team.second_factors import SecondFactorIsNeeded
from amends.services.team.sessions import AwaitsCode
from tests.passkey_device import Device
from tests.world import MONDAY, make_member

SITE = PasskeySite("amends.example.org", "https://amends.example.org")
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
async def dora(database: str) -> Member:
    """She has a password besides: who has no other way in keeps their last passkey."""
    member = await make_member("dora", role="admin")
    await tables.Member.update({tables.Member.password_hash: "a hash"}).where(tables.Member.id == member.id)
    return member


async def added(
    member: Member, device: Device | None = None, name: str = "Phone"
) -> tuple[Device, list[str]]:
    device, act = device or Device(), Act(member, MONDAY)
    answer = device.make(await passkeys.ask_for_one(act, SITE))
    return device, await passkeys.add(act, answer, name, SITE)


async def signed_in(device: Device, **changes: str) -> Member:
    asked = await passkeys.ask_to_sign("sign-in", SITE, now=LATER)
    return await passkeys.verified(device.sign(asked, **changes), "sign-in", SITE, now=LATER)


async def test_it_signs_in_by_itself_and_the_list_says_when_it_was_used(dora: Member) -> None:
    device, _codes = await added(dora)
    [before] = await passkeys.of_member(dora.id)
    assert (before.name, before.used_at) == ("Phone", None)
    assert await signed_in(device) == dora
    [after] = await passkeys.of_member(dora.id)
    assert after.used_at == LATER


async def test_with_the_first_one_come_recovery_codes_and_the_password_alone_is_no_more_enough(
    database: str,
) -> None:
    password = "seven quiet ovens"
    eve = await members.add(
        "eve@example.org", name="Eve", role=Role.AGENT, password=password, now=MONDAY, by=None
    )
    _device, told = await added(eve)
    assert len(told) == second_factors.RECOVERY_CODES
    awaits = await sessions.sign_in(eve.email, password, address="192.0.2.1", program="test", now=LATER)
    assert isinstance(awaits, AwaitsCode)
    assert (await added(eve, name="Key"))[1] == [], "those codes stay good"


@pytest.mark.parametrize(
    "wrong",
    [
        Device(origin="https://evil.example"),
        Device(origin="https://amends.example.org:8443"),
        Device(relying_party="evil.example"),
        Device(relying_party="example.org"),
        Device(verifies=False),
    ],
    ids=lambda one: f"{one.origin} {one.relying_party} {one.verifies}",
)
async def test_another_origin_another_site_or_nobody_verified_neither_makes_nor_signs(
    dora: Member, wrong: Device
) -> None:
    with pytest.raises(PasskeyRefused):
        await added(dora, replace(wrong))
    good, _codes = await added(dora)
    bad = replace(good, origin=wrong.origin, relying_party=wrong.relying_party, verifies=wrong.verifies)
    with pytest.raises(PasskeyRefused):
        await signed_in(bad)
    assert await signed_in(good) == dora


async def test_an_answer_is_good_once_and_for_five_minutes(dora: Member) -> None:
    device, _codes = await added(dora)
    answer = device.sign(await passkeys.ask_to_sign("sign-in", SITE, now=LATER))
    assert await passkeys.verified(answer, "sign-in", SITE, now=LATER) == dora
    with pytest.raises(ChallengeIsSpent):
        await passkeys.verified(answer, "sign-in", SITE, now=LATER)
    late = device.sign(await passkeys.ask_to_sign("sign-in", SITE, now=LATER))
    with pytest.raises(ChallengeIsSpent):
        await passkeys.verified(late, "sign-in", SITE, now=LATER + passkeys.GOOD_FOR)


async def test_a_try_that_fails_uses_the_question_up(dora: Member) -> None:
    device, _codes = await added(dora)
    asked = await passkeys.ask_to_sign("sign-in", SITE, now=LATER)
    with pytest.raises(PasskeyRefused):
        await passkeys.verified(device.sign(asked, signature="AAAA"), "sign-in", SITE, now=LATER)
    with pytest.raises(ChallengeIsSpent):
        await passkeys.verified(device.sign(asked), "sign-in", SITE, now=LATER)


async def test_what_was_asked_for_one_purpose_or_member_is_worth_nothing_for_another(dora: Member) -> None:
    device, _codes = await added(dora)
    eve = await make_member("eve")
    eves, _codes = await added(eve)
    asked = await passkeys.ask_to_sign("confirm", SITE, member=dora, now=LATER)
    for purpose, whose in (("sign-in", None), ("second", dora), ("confirm", eve)):
        with pytest.raises(ChallengeIsSpent):
            await passkeys.verified(device.sign(asked), purpose, SITE, member=whose, now=LATER)
    with pytest.raises(PasskeyRefused):
        await passkeys.verified(eves.sign(asked), "confirm", SITE, member=dora, now=LATER)
    again = await passkeys.ask_to_sign("confirm", SITE, member=dora, now=LATER)
    assert await passkeys.verified(device.sign(again), "confirm", SITE, member=dora, now=LATER) == dora


async def test_a_count_that_goes_back_is_refused_and_one_that_is_always_zero_is_not(dora: Member) -> None:
    device, _codes = await added(dora)
    copy = replace(device)
    assert await signed_in(device) == dora
    with pytest.raises(PasskeyRefused):
        await signed_in(copy)
    synced, _codes = await added(dora, Device(counts=False), "Manager")
    assert await signed_in(synced) == await signed_in(synced) == dora


async def test_another_handle_an_unknown_passkey_and_what_no_browser_sends_are_refused(dora: Member) -> None:
    device, _codes = await added(dora)
    with pytest.raises(PasskeyRefused):
        await signed_in(device, userHandle="")
    with pytest.raises(PasskeyRefused):
        await signed_in(replace(device, credential=b"unknown"))
    for answer in (
        "",
        "{}",
        "[]",
        "null",
        "\ud800",
        '{"id": 1, "response": {"clientDataJSON": 7}}',
        "x" * 30_000,
    ):
        with pytest.raises((PasskeyRefused, ChallengeIsSpent)):
            await passkeys.verified(answer, "sign-in", SITE, now=LATER)


@pytest.mark.parametrize("field", ["authenticatorData", "signature", "clientDataJSON"])
async def test_a_broken_part_is_a_refusal_and_no_fault_of_ours(dora: Member, field: str) -> None:
    device, _codes = await added(dora)
    for broken in ("", "AA", "é", "A" * 5_000):
        with pytest.raises((PasskeyRefused, ChallengeIsSpent)):
            await signed_in(device, **{field: broken})


async def test_one_passkey_is_registered_once_and_a_member_has_twenty_at_most(dora: Member) -> None:
    device, _codes = await added(dora)
    with pytest.raises(PasskeyIsKnown):
        await added(await make_member("eve"), device)
    for number in range(passkeys.MOST - 1):
        await added(dora, name=f"Key {number}")
    with pytest.raises(TooManyPasskeys):
        await added(dora)


async def test_it_is_renamed_and_removed_by_its_own_member_alone(dora: Member) -> None:
    device, _codes = await added(dora)
    [shown] = await passkeys.of_member(dora.id)
    eve = Act(await make_member("eve"), LATER)
    for refused in (passkeys.rename(eve, shown.id, "Mine"), passkeys.remove(eve, shown.id)):
        with pytest.raises(NoSuchPasskey):
            await refused
    with pytest.raises(Invalid):
        await passkeys.rename(Act(dora, LATER), shown.id, " ")
    await passkeys.rename(Act(dora, LATER), shown.id, "Blue key")
    assert [one.name for one in await passkeys.of_member(dora.id)] == ["Blue key"]
    await passkeys.remove(Act(dora, LATER), shown.id)
    assert not await second_factors.is_on(dora.id)
    assert (await second_factors.shown(dora)).left == 0, "recovery codes of nothing"
    with pytest.raises(PasskeyRefused):
        await signed_in(device)


async def test_where_the_team_wants_a_second_factor_a_passkey_is_one_and_the_last_stays(dora: Member) -> None:
    await added(dora)
    await second_factors.want(Act(dora, LATER), True)
    assert not (await members.find(dora.id)).lacks_factor
    [shown] = await passkeys.of_member(dora.id)
    with pytest.raises(SecondFactorIsNeeded):
        await passkeys.remove(Act(dora, LATER), shown.id)
    assert len(await passkeys.of_member(dora.id)) == 1


async def test_who_is_disabled_or_whose_factors_were_removed_does_not_get_in(dora: Member) -> None:
    eve = await make_member("eve")
    device, _codes = await added(eve)
    async with transaction():
        await members.disable(eve.id, now=LATER, by=None)
    with pytest.raises(MemberIsDisabled):
        await signed_in(device)
    doras, _codes = await added(dora)
    assert await second_factors.remove(dora.id, now=LATER)
    with pytest.raises(PasskeyRefused):
        await signed_in(doras)


async def test_questions_that_nobody_answered_are_forgotten(dora: Member) -> None:
    for _ in range(3):
        await passkeys.ask_to_sign("sign-in", SITE, now=MONDAY)
    await passkeys.ask_to_sign("sign-in", SITE, now=LATER)
    assert await tables.PasskeyChallenge.count() == 1
