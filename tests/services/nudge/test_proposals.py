"""Is more time proposed from what was really sent, until somebody says no or changes the times?"""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.nudge.figures import Figure
from amends.rules.team.policies import SMALL_SHOP
from amends.rules.team.terms import bh, hours
from amends.rules.vocabulary import FollowUpKind, NudgeState
from amends.services.follow_up import policy_changes
from amends.services.nudge import figures, proposals
from amends.services.nudge.proposals import ProposalUnknown
from amends.services.team import policies
from amends.services.team.members import Act, Member, OnlyAdminsMay
from tests.nudging import new_desk
from tests.world import DAY, MONDAY, make_member

CONTACT = FollowUpKind.CONTACT
AGO = 3 * DAY


@pytest.fixture
async def root(database: str) -> Member:
    return await make_member("root", role="admin")


async def ignored(times: int, *, ago: timedelta = AGO) -> None:
    """So many nudges that were sent and followed by nothing."""
    desk = new_desk()
    desk.numbers = await tables.Case.count()
    target = await desk.target(uuid4().hex)
    for _ in range(times):
        follow_up = await desk.follow_up(None, kind=CONTACT)
        nudge = tables.Nudge(
            id=uuid4(), key=uuid4().hex, follow_up=follow_up, generation=1, rung=1, audience="team",
            target=target, state=NudgeState.SENT, run_at=MONDAY, created_at=MONDAY, settled_at=MONDAY - ago,
        )  # fmt: skip
        await tables.Nudge.insert(nudge)


async def test_ten_ignored_nudges_propose_more_time(root: Member):
    await ignored(9)
    assert await proposals.standing(now=MONDAY) == []
    await ignored(1)
    [found] = await proposals.standing(now=MONDAY)
    assert (found.kind, found.figure) == (CONTACT, Figure(ignored=10))
    assert await proposals.standing(now=MONDAY, told=await figures.told(now=MONDAY)) == [found]


async def test_a_dismissed_proposal_comes_back_after_ninety_days_if_it_is_still_true(root: Member):
    await ignored(10)
    await proposals.dismiss(Act(root, MONDAY), "contact")
    assert await proposals.standing(now=MONDAY) == []
    await ignored(10, ago=-80 * DAY)
    assert await proposals.standing(now=MONDAY + 89 * DAY) == []
    assert len(await proposals.standing(now=MONDAY + 90 * DAY)) == 1
    await proposals.dismiss(Act(root, MONDAY + 90 * DAY), "contact")
    assert await proposals.standing(now=MONDAY + 90 * DAY) == []
    assert await tables.Dismissal.count() == 1


async def test_only_admins_dismiss_and_only_what_there_is(root: Member, alice: Member):
    with pytest.raises(OnlyAdminsMay):
        await proposals.dismiss(Act(alice, MONDAY), "contact")
    with pytest.raises(ProposalUnknown):
        await proposals.dismiss(Act(root, MONDAY), "fortnights")
    assert await tables.Dismissal.count() == 0


async def test_times_that_were_changed_begin_with_a_clean_sheet_and_others_do_not_matter(root: Member):
    await ignored(10)
    triage = (hours(1), bh(2), bh(3), bh(9))
    other = replace(SMALL_SHOP, rows={**SMALL_SHOP.rows, "triage": triage})
    await policy_changes.adopt(Act(root, MONDAY - DAY), other, move=False, after=0)
    assert len(await proposals.standing(now=MONDAY)) == 1
    wider = replace(other, rows={**other.rows, "contact": (hours(2), bh(4), bh(18), bh(45))})
    await policy_changes.adopt(Act(root, MONDAY), wider, move=False, after=1)
    assert await proposals.standing(now=MONDAY + DAY) == []


async def test_the_versions_since_a_date_come_with_the_one_before_them(root: Member):
    made = []
    for version, ago in enumerate((100 * DAY, 95 * DAY, 5 * DAY)):
        contact = (hours(version + 1), bh(4), bh(9), bh(45))
        policy = replace(SMALL_SHOP, name="own", rows={**SMALL_SHOP.rows, "contact": contact})
        await policy_changes.adopt(Act(root, MONDAY - ago), policy, move=False, after=version)
        made.append((policy, MONDAY - ago))
    assert await policies.versions(since=MONDAY - 90 * DAY) == [made[2], made[1]]
    assert await policies.versions(since=MONDAY) == [made[2]]
    assert len(await policies.versions(since=MONDAY - 200 * DAY)) == 3
