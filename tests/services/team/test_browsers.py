"""Which browsers may speak for a member?"""

import re
from datetime import timedelta

import pytest

from amends import tables
from amends.services.follow_up import calendar_feeds
from amends.services.team import browsers, codes, members
from amends.services.team.members import Act, Member
from tests.world import MONDAY, make_member


async def test_a_token_has_a_shape_that_scanners_find_and_is_kept_as_a_hash(bob: Member) -> None:
    token = await browsers.create(bob.email, name="Script", now=MONDAY)
    assert re.fullmatch("amends_[a-z0-9]{8}_[A-Za-z0-9_-]{43}", token)
    assert token[16:] not in str(await tables.Browser.select())
    holder = await browsers.member_of(token, now=MONDAY)
    assert holder is not None
    assert (holder.member, holder.scopes) == (bob, {"capture:write", "cases:read", "cases:reply"})


async def test_another_letter_is_another_token(bob: Member) -> None:
    token = await browsers.create(bob.email, name="Script", now=MONDAY)
    for wrong in (token[:-1], token + "x", token.upper(), "", "amends__"):
        assert await browsers.member_of(wrong, now=MONDAY) is None


async def test_a_token_is_good_for_a_year(bob: Member) -> None:
    token = await browsers.create(bob.email, name="Script", now=MONDAY)
    assert await browsers.member_of(token, now=MONDAY + timedelta(days=364)) is not None
    assert await browsers.member_of(token, now=MONDAY + timedelta(days=365)) is None
    assert await browsers.of_member(bob.id, now=MONDAY + timedelta(days=365)) == []


async def test_a_disabled_member_has_no_live_token_and_gets_none(bob: Member) -> None:
    token = await browsers.create(bob.email, name="Script", now=MONDAY)
    code = await codes.make("pair", bob.id, now=MONDAY)
    await members.disable(bob.id, by=None, now=MONDAY)
    assert await browsers.member_of(token, now=MONDAY) is None
    with pytest.raises(codes.CodeIsSpent):
        await browsers.pair(code, name="Chrome", now=MONDAY)
    with pytest.raises(members.MemberIsDisabled):
        await browsers.create(bob.email, name="Another", now=MONDAY)


async def test_a_token_that_ended_with_its_member_does_not_live_again(bob: Member) -> None:
    token = await browsers.create(bob.email, name="Script", now=MONDAY)
    await members.disable(bob.id, by=None, now=MONDAY)
    await members.enable(bob.id, by=None, now=MONDAY)
    assert await browsers.member_of(token, now=MONDAY) is None


async def test_a_new_password_ends_the_tokens_and_the_calendar_link(bob: Member) -> None:
    for change in (
        lambda: members.set_password(bob.id, "violet umbrella sings", now=MONDAY),
        lambda: choose(bob),
    ):
        token = await browsers.create(bob.email, name="Script", now=MONDAY)
        feed = await calendar_feeds.make(Act(bob, MONDAY))
        await change()
        assert await browsers.member_of(token, now=MONDAY) is None
        assert await calendar_feeds.read(feed, now=MONDAY) is None


async def choose(bob: Member) -> None:
    code = await codes.make("reset", bob.id, now=MONDAY)
    await members.choose_password("reset", code, "seven green bicycles", now=MONDAY)


async def test_members_revoke_their_own_and_admins_all(alice: Member, bob: Member) -> None:
    admin = await make_member("root", role="admin")
    tokens = [await browsers.create(bob.email, name="Script", now=MONDAY) for _ in range(2)]
    with pytest.raises(browsers.NoSuchBrowser):
        await browsers.revoke(tokens[0].split("_")[1], by=alice, now=MONDAY)
    await browsers.revoke(tokens[0].split("_")[1], by=bob, now=MONDAY)
    [left] = await browsers.shown_to(admin, now=MONDAY)
    await browsers.revoke(left.id, by=admin, now=MONDAY)
    assert [await browsers.member_of(token, now=MONDAY) for token in tokens] == [None, None]


async def test_a_code_whose_name_is_refused_is_not_spent(bob: Member) -> None:
    code = await codes.make("pair", bob.id, now=MONDAY)
    with pytest.raises(members.WrongMember):
        await browsers.pair(code, name="\n", now=MONDAY)
    assert (await browsers.pair(code, name="Chrome", now=MONDAY)).member == bob


async def test_an_agent_sees_only_their_own_browsers(alice: Member, bob: Member) -> None:
    await browsers.create(alice.email, name="Hers", now=MONDAY)
    await browsers.create(bob.email, name="His", now=MONDAY)
    assert [shown.name for shown in await browsers.shown_to(bob, now=MONDAY)] == ["His"]
