"""The rules of answering are kept version by version, and only an admin changes them."""

import asyncio

import pytest

from amends.rules.team.reply_rules import ApprovalRule, ReplyRules
from amends.rules.vocabulary import Language, Nature, Role, Severity
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member, OnlyAdminsMay
from amends.services.team.reply_rules import ReplyRulesChanged
from tests.world import MONDAY, make_member

OURS = ReplyRules(
    budget=3,
    approval=ApprovalRule(
        severities=frozenset(Severity),
        natures=frozenset({Nature.THREAT}),
        roles=frozenset({Role.AGENT, Role.LEAD}),
        first_too=True,
    ),
    places={Language.ENGLISH: "care@bakers.example"},
    product="cakes",
)


async def test_an_installation_that_never_chose_has_the_usual_ones(database: str):
    standing = await reply_rules.standing()
    assert (standing.version, standing.rules) == (0, ReplyRules())


async def test_what_an_admin_changed_counts_and_tells_who_did(database: str):
    admin = await make_member("ada", role="admin")
    await reply_rules.change(Act(admin, MONDAY), OURS, after=0)
    standing = await reply_rules.standing()
    assert standing.rules == OURS
    assert (standing.version, standing.made_by, standing.made_at) == (1, "Ada", MONDAY)


async def test_only_an_admin_changes_them(alice: Member):
    with pytest.raises(OnlyAdminsMay):
        await reply_rules.change(Act(alice, MONDAY), OURS, after=0)


async def test_of_two_who_change_them_at_once_one_is_told(database: str):
    admin = await make_member("ada", role="admin")
    done = await asyncio.gather(
        *(reply_rules.change(Act(admin, MONDAY), OURS, after=0) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one) for one in done if one) == [ReplyRulesChanged]
    assert (await reply_rules.standing()).version == 1
