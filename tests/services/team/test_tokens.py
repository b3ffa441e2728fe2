"""Which programs may speak for a member, and how far?"""

from datetime import timedelta

import pytest

from amends import tables
from amends.rules.team.scopes import Scope
from amends.services.team import browsers, members, tokens
from amends.services.team.members import Act, Member
from tests.world import MONDAY, make_member


async def test_a_token_may_what_was_chosen_and_no_more(bob: Member) -> None:
    token = await tokens.make(Act(bob, MONDAY), name="Sheet", scopes=[Scope.CASES_READ], days=30)
    holder = await browsers.member_of(token, now=MONDAY)
    assert holder is not None
    assert holder.scopes == {"cases:read"}
    assert token[16:] not in str(await tables.Browser.select())


async def test_a_token_ends_on_the_day_that_was_chosen(bob: Member) -> None:
    token = await tokens.make(Act(bob, MONDAY), name="Sheet", scopes=[Scope.CASES_READ], days=30)
    assert await browsers.member_of(token, now=MONDAY + timedelta(days=29)) is not None
    assert await browsers.member_of(token, now=MONDAY + timedelta(days=30)) is None


async def test_nothing_is_guessed_of_what_was_not_chosen(bob: Member) -> None:
    act = Act(bob, MONDAY)
    with pytest.raises(tokens.NothingAllowed):
        await tokens.make(act, name="Sheet", scopes=[], days=30)
    with pytest.raises(tokens.LifetimeUnknown):
        await tokens.make(act, name="Sheet", scopes=[Scope.CASES_READ], days=9999)
    with pytest.raises(members.WrongMember):
        await tokens.make(act, name=" ", scopes=[Scope.CASES_READ], days=30)
    assert await tokens.shown_to(act) == []


async def test_a_reader_gives_a_token_nothing_that_changes_something(bob: Member) -> None:
    reader = await make_member("rita", role="reader")
    act = Act(reader, MONDAY)
    assert Scope.CASES_READ in tokens.offered(reader)
    assert Scope.CASES_WRITE not in tokens.offered(reader)
    with pytest.raises(tokens.ScopeNotYours):
        await tokens.make(act, name="Sheet", scopes=[Scope.CASES_WRITE], days=30)
    assert await tokens.make(act, name="Sheet", scopes=[Scope.CASES_READ], days=30)


async def test_a_token_is_revoked_at_once_by_its_member_and_stands_in_the_log(bob: Member) -> None:
    act = Act(bob, MONDAY)
    token = await tokens.make(act, name="Sheet", scopes=[Scope.CASES_READ, Scope.TEAM_READ], days=30)
    [shown] = await tokens.shown_to(act)
    assert (shown.name, shown.scopes, shown.is_program) == ("Sheet", ["cases:read", "team:read"], True)
    eve = await make_member("eve")
    with pytest.raises(browsers.NoSuchBrowser):
        await tokens.revoke(Act(eve, MONDAY), shown.id)
    await tokens.revoke(act, shown.id)
    assert await browsers.member_of(token, now=MONDAY) is None
    told = await tables.AuditEvent.select(tables.AuditEvent.kind).order_by(tables.AuditEvent.at)
    assert {row["kind"] for row in told} == {"token_made", "browser_revoked"}
