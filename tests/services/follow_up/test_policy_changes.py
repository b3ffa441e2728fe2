"""Which dates would other times move? Only those, together, once, in one transaction."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.rules.team.policies import LIMIT, SMALL_SHOP, SOLO
from amends.rules.team.terms import bh
from amends.services.follow_up import follow_ups, policy_changes
from amends.services.team import policies
from amends.services.team.members import Act, Member, OnlyAdminsMay
from amends.services.team.policies import PolicyChanged
from amends.services.workflow import moves as case_moves
from amends.services.workflow import severities, undo_snapshots
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, make_member, move, owed

QUICK = replace(
    SMALL_SHOP,
    rows={
        **SMALL_SHOP.rows,
        "triage": (bh(1),) * 4,
        "resolve_by": (bh(1),) * 4,
        "acknowledge": (bh(1),) * 4,
        LIMIT: (None,) * 4,
    },
)


@pytest.fixture
async def root(database: str) -> Member:
    """An admin."""
    return await make_member("root", role="admin")


async def adopt(policy, root: Member, *, moving: bool = True, after: int = 0, now=MONDAY) -> int:
    return await policy_changes.adopt(Act(root, now), policy, move=moving, after=after)


async def test_the_preview_says_what_would_move_and_changes_nothing(root: Member):
    number = await make_case(root)
    before = (await owed(number))["triage"]
    seen = await policy_changes.preview(SOLO)
    assert seen.count == 1
    [shift] = seen.first
    assert (shift.number, shift.kind, shift.before) == (number, "triage", before["due_at"])
    assert shift.due.at == before["due_at"] + 2 * HOUR
    assert (await owed(number))["triage"] == before
    assert (await policies.standing()).version == 0


async def test_the_same_times_move_nothing(root: Member):
    await lead_to(await make_case(root), "working", by=root)
    assert (await policy_changes.preview(SMALL_SHOP)).count == 0


async def test_what_moves_has_its_new_date_its_arithmetic_and_one_line_on_the_timeline(root: Member):
    number = await make_case(root)
    await lead_to(number, "working", by=root)
    before, version = await owed(number), (await case_row(number))["version"]
    assert await adopt(SOLO, root) == 2
    after = await owed(number)
    for kind in ("next_step", "resolve_by"):
        assert after[kind]["allotted"] == 2 * before[kind]["allotted"]
        assert after[kind]["next_at"] == after[kind]["due_at"] > before[kind]["due_at"]
        assert (after[kind]["generation"], after[kind]["rung"]) == (before[kind]["generation"] + 1, 0)
        assert after[kind]["steps"][-1]["at"] == after[kind]["due_at"].isoformat()
    assert (await entries(number))[-1:] == ["follow_up_rescheduled"]
    assert (await entries(number)).count("follow_up_rescheduled") == 1
    case = await case_row(number)
    assert case["due_at"] == after["next_step"]["due_at"]
    assert case["version"] > version, "whoever looks at the case is told that it has changed"


async def test_when_they_are_left_only_what_is_new_has_the_new_times(root: Member):
    old = await make_case(root)
    before = await owed(old)
    assert await adopt(SOLO, root, moving=False) == 0
    assert await owed(old) == before
    new = await make_case(root)
    assert (await owed(new))["triage"]["due_at"] == before["triage"]["due_at"] + 2 * HOUR


async def test_dates_that_members_chose_promises_and_paused_ones_stay(root: Member):
    number = await make_case(root)
    await lead_to(number, "working", by=root)
    await follow_ups.promise(Act(root, MONDAY), number, words="A new cake", due_at=MONDAY + 2 * DAY)
    step = (await owed(number))["next_step"]["id"]
    await follow_ups.reschedule(Act(root, MONDAY), step, due_at=MONDAY + DAY, reason="Tomorrow")
    before = await owed(number)
    assert [shift.kind for shift in (await policy_changes.preview(SOLO)).first] == ["resolve_by"]
    await move(number, "ask_them", by=root, channel="email")
    assert [shift.kind for shift in (await policy_changes.preview(SOLO)).first] == ["wait_ping"]
    await move(number, "receive_reply", by=root, now=MONDAY + HOUR, channel="email")
    await adopt(SOLO, root)
    after = await owed(number)
    assert after["promise"] == before["promise"]
    assert after["resolve_by"]["allotted"] == before["resolve_by"]["allotted"], "it ran again after a pause"


async def test_another_severity_does_not_move_what_the_change_leaves_alone(root: Member):
    number = await make_case(root)
    await severities.weigh(Act(root, MONDAY), number, severity="s4")
    changed = replace(QUICK, rows={**SMALL_SHOP.rows, "resolve_by": QUICK.rows["resolve_by"]})
    assert (await policy_changes.preview(changed)).count == 0


async def test_what_is_late_at_once_is_shown_as_late_and_climbs_its_ladder_from_now(root: Member):
    number = await make_case(root)
    now = MONDAY + timedelta(minutes=90)
    await adopt(QUICK, root, now=now)
    triage = (await owed(number))["triage"]
    assert triage["due_at"] == MONDAY + HOUR < now
    assert triage["climbs_from"] == triage["next_at"] == now


async def test_a_closed_case_is_left_alone(root: Member):
    number = await make_case(root)
    await move(number, "not_ours", by=root, reason="Another bakery")
    assert await adopt(SOLO, root) == 0


async def test_a_move_made_before_cannot_be_undone_into_the_old_times(root: Member):
    number = await make_case(root)
    undo = await move(number, "answer", by=root, severity="s3", stance="fix")
    await adopt(SOLO, root)
    with pytest.raises(undo_snapshots.UndoGone):
        await case_moves.undo(Act(root, MONDAY), number, undo)


async def test_nothing_moves_when_somebody_else_was_faster(root: Member):
    number = await make_case(root)
    await adopt(SMALL_SHOP, root)
    before = await owed(number)
    with pytest.raises(PolicyChanged):
        await adopt(SOLO, root)
    assert await owed(number) == before


async def test_only_admins_may(alice: Member):
    with pytest.raises(OnlyAdminsMay):
        await adopt(SOLO, alice)
