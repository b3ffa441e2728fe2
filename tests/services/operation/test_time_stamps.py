"""Is the newest anchor stamped once, by an authority that fits, and do admins hear when it is not?"""

from datetime import timedelta

import pytest

from amends import tables
from amends.gateways.time_stamps import Answered
from amends.rules.operation import time_stamps as rules
from amends.services.case import anchors
from amends.services.operation import time_stamps
from amends.services.operation.time_stamps import WrongStampAuthority
from amends.services.team.members import Act, Member, OnlyAdminsMay
from tests.time_authority import self_signed
from tests.world import DAY, MONDAY, make_case, make_member

SELF_SIGNED = self_signed()
ADDRESS = "https://tsa.example.org/tsr"
GOOD = Answered(outcome="stamped", token="AAAA", at=MONDAY, serial="7")


class Answers:
    """An authority that gives these answers, one after the other, and remembers what was stamped."""

    def __init__(self, *answers: Answered) -> None:
        self.answers, self.asked = list(answers), list[str]()

    async def stamp(self, words: str, *, address: str, certificates: str) -> Answered:
        self.asked.append(words)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
async def dora(bob: Member) -> Member:
    await make_case(bob)
    await anchors.make(now=MONDAY)
    return await make_member("dora", role="admin")


@pytest.fixture
async def chosen(dora: Member) -> None:
    await time_stamps.choose(Act(dora, MONDAY), address=ADDRESS, certificates=SELF_SIGNED)


async def test_without_an_authority_nobody_is_asked(dora: Member):
    stamper = Answers(GOOD)
    assert not await time_stamps.ask_for_newest(stamper, now=MONDAY)
    assert stamper.asked == []


async def test_the_newest_anchor_is_stamped_once(chosen: None, bob: Member):
    stamper = Answers(GOOD)
    assert await time_stamps.ask_for_newest(stamper, now=MONDAY)
    assert not await time_stamps.ask_for_newest(stamper, now=MONDAY + DAY)
    stamp = await time_stamps.newest_good()
    assert stamp
    assert (stamp.anchor, stamp.token, stamp.authority) == (1, "AAAA", ADDRESS)
    await make_case(bob)
    await anchors.make(now=MONDAY + DAY)
    assert await time_stamps.ask_for_newest(stamper, now=MONDAY + DAY)
    assert ['"number":1' in one for one in stamper.asked] == [True, False]


async def test_it_is_asked_again_after_a_pause_and_admins_hear_once(chosen: None):
    stamper = Answers(Answered(outcome="untrusted", detail="Nonce mismatch"))
    now = MONDAY
    for tries in range(1, rules.TOLD_AFTER + 3):
        assert await time_stamps.ask_for_newest(stamper, now=now)
        assert not await time_stamps.ask_for_newest(stamper, now=now + timedelta(seconds=1))
        assert await tables.Notice.count() == (1 if tries >= rules.TOLD_AFTER else 0)
        now += rules.pause(tries)
    stamp = await time_stamps.newest()
    assert stamp
    assert (stamp.problem, stamp.detail, stamp.token) == ("untrusted", "Nonce mismatch", "")
    assert await time_stamps.newest_good() is None
    assert await time_stamps.ask_for_newest(Answers(GOOD), now=now)
    assert (await time_stamps.newest_good()) is not None


@pytest.mark.parametrize(
    ("address", "certificates", "field"),
    [
        ("", SELF_SIGNED, "address"),
        ("mailto:tsa@example.org", SELF_SIGNED, "address"),
        ("https://user:word@tsa.example.org", SELF_SIGNED, "address"),
        (ADDRESS, "hello", "certificates"),
    ],
)
async def test_what_cannot_be_asked_is_refused(dora: Member, address: str, certificates: str, field: str):
    with pytest.raises(WrongStampAuthority) as refused:
        await time_stamps.choose(Act(dora, MONDAY), address=address, certificates=certificates)
    assert set(refused.value.fields) == {field}


async def test_admins_alone_choose_and_take_it_back(chosen: None, dora: Member, bob: Member):
    with pytest.raises(OnlyAdminsMay):
        await time_stamps.choose(Act(bob, MONDAY), address="", certificates="")
    await time_stamps.choose(Act(dora, MONDAY), address=" ", certificates="")
    assert await time_stamps.authority() is None
