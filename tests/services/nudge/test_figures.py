"""Are nudges found with the first thing that somebody did about each, and nothing counted that is none?"""

from datetime import timedelta
from uuid import uuid4

import pytest

from amends import tables
from amends.gateways.notifier import Outcome, Result
from amends.rules.nudge.figures import Figure, figure
from amends.rules.team.policies import SOLO
from amends.rules.vocabulary import Channel, FollowUpKind, Severity
from amends.services.case import timeline
from amends.services.follow_up import follow_ups, policy_changes
from amends.services.nudge import figures, nudges, targets, trials
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.nudging import BASE_URL, Desk, new_desk
from tests.world import DAY, HOUR, MONDAY, case_row, make_case, make_member, move

MINUTE = timedelta(minutes=1)
DUE = MONDAY + 2 * HOUR
"""When what was captured on Monday at ten is to be looked at."""
LATER = DUE + 3 * DAY


@pytest.fixture
async def desk(alice: Member) -> Desk:
    """The small world, with a place where Alice is told."""
    found = new_desk()
    await found.target("alice", alice)
    return found


async def nudged(desk: Desk, *, now=DUE) -> None:
    await nudges.sweep(now=now)
    for one in await nudges.ready(now=now, limit=20):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=now, base_url=BASE_URL)


async def owned(by: Member, **particulars) -> int:
    number = await make_case(by, **particulars)
    await case_commands.assign(Act(by, MONDAY), number, owner=by.id)
    return number


async def figure_of(now=LATER) -> Figure:
    return figure(await figures.told(now=now), now=now)


DEEDS = {
    "a note": lambda number, by, now: case_commands.note(Act(by, now), number, text="Called them"),
    "a snooze": lambda number, by, now: case_commands.snooze(
        Act(by, now), number, until=now + DAY, wake_on_reply=True
    ),
    "handing over": lambda number, by, now: case_commands.assign(Act(by, now), number, owner=None),
    "a move": lambda number, by, now: move(
        number, "answer", by=by, now=now, severity="s3", stance="fix", nature="complaint"
    ),
    "contact": lambda number, by, now: case_commands.record_touchpoint(
        Act(by, now), number, channel=Channel.PHONE, direction="out", text="Rang them"
    ),
    "a promise": lambda number, by, now: follow_ups.promise(
        Act(by, now), number, words="A new cake", due_at=now + DAY
    ),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
async def test_whatever_a_member_does_to_the_case_within_a_day_acts_on_the_nudge(
    desk: Desk, alice: Member, deed
):
    number = await owned(alice)
    await nudged(desk)
    await deed(number, alice, DUE + 23 * HOUR)
    assert await figure_of() == Figure(acted=1)


async def test_another_date_for_what_is_owed_is_an_act_too(desk: Desk, alice: Member):
    await owned(alice)
    await nudged(desk)
    [owed] = await tables.FollowUp.select(tables.FollowUp.id)
    then = DUE + HOUR
    await follow_ups.reschedule(Act(alice, then), owed["id"], due_at=then + DAY, reason="Away")
    assert await figure_of() == Figure(acted=1)


@pytest.mark.parametrize(
    ("acted", "expected"),
    [(DAY, Figure(acted=1)), (DAY + MINUTE, Figure(ignored=1)), (-MINUTE, Figure(ignored=1))],
)
async def test_what_was_done_before_or_a_day_later_is_none(desk: Desk, alice: Member, acted, expected):
    number = await owned(alice)
    if acted < timedelta(0):
        await case_commands.note(Act(alice, DUE + acted), number, text="Called them")
    await nudged(desk)
    if acted > timedelta(0):
        await case_commands.note(Act(alice, DUE + acted), number, text="Called them")
    assert await figure_of() == expected


async def test_what_happens_by_itself_or_to_another_case_is_no_act(desk: Desk, alice: Member):
    number, other = await owned(alice), await make_case(alice)
    await case_commands.snooze(Act(alice, MONDAY), number, until=DUE + MINUTE, wake_on_reply=True)
    await nudged(desk, now=DUE)
    await case_commands.wake_due(now=DUE + HOUR)
    await nudged(desk, now=DUE + HOUR)
    await case_commands.note(Act(alice, DUE + 2 * HOUR), other, text="Called them")
    assert await figure_of() == Figure(ignored=1)


async def test_other_times_for_the_team_act_on_no_case(desk: Desk, alice: Member):
    root = await make_member("root", role="admin")
    await owned(alice)
    await nudged(desk)
    moved = await policy_changes.adopt(Act(root, DUE + HOUR), SOLO, move=True, after=0)
    assert moved == 1
    assert await figure_of() == Figure(ignored=1)


async def test_a_nudge_to_two_places_is_one_and_each_rung_is_another(desk: Desk, alice: Member):
    await desk.target("team")
    number = await owned(alice)
    await nudged(desk)
    for late in (2 * HOUR, 3 * HOUR):
        await nudged(desk, now=DUE + late)
    assert await tables.Nudge.count().where(tables.Nudge.state == "sent") > 2
    found = await figures.told(now=LATER)
    entries = await timeline.of_case((await case_row(number))["id"])
    told = [entry.particulars for entry in entries if entry.kind == "nudged"]
    assert len(found) == len({one["rung"] for one in told}) < len(told), "an entry for each audience"
    assert min(told.sent_at for told in found) == DUE


async def test_digests_trials_and_what_did_not_arrive_are_not_counted(desk: Desk, alice: Member):
    [target] = await targets.of_member(alice.id)
    trial = await trials.begin(Act(alice, DUE), target.id)
    await nudges.deliver(trial, desk.receiver, desk.secrets, now=DUE, base_url=BASE_URL)
    digest = tables.Nudge(
        id=uuid4(), kind="digest", key="digest", audience="owner", member=alice.id, target=target.id,
        state="sent", run_at=DUE, created_at=DUE, settled_at=DUE,
    )  # fmt: skip
    await tables.Nudge.insert(digest)
    desk.receiver.answers["json://alice.example.org/"] = [Result(Outcome.refused, "not allowed")]
    await owned(alice)
    await nudged(desk)
    assert await figures.told(now=LATER) == []


async def test_each_tells_its_kind_severity_and_line_of_the_policy(desk: Desk, alice: Member):
    await owned(alice)
    await nudged(desk)
    [told] = await figures.told(now=LATER)
    assert (told.kind, told.severity, told.row) == (FollowUpKind.TRIAGE, Severity.S3, "triage")
    review = await owned(alice, platform="trustpilot", kind="review")
    answer = {"severity": "s2", "stance": "fix", "nature": "complaint"}
    await move(review, "answer", by=alice, now=MONDAY, **answer)
    await nudged(desk, now=MONDAY + 2 * DAY)
    found = {told.row: told.severity for told in await figures.told(now=LATER)}
    assert found["acknowledge_review"] is Severity.S2


async def test_an_unknown_platform_counts_as_a_place_of_posts(desk: Desk, alice: Member):
    number = await owned(alice, platform="mynewsite", kind="review")
    answer = {"severity": "s2", "stance": "fix", "nature": "complaint"}
    await move(number, "answer", by=alice, now=MONDAY, **answer)
    await nudged(desk, now=MONDAY + 2 * DAY)
    rows = {told.row for told in await figures.told(now=LATER)}
    assert "acknowledge" in rows
    assert "acknowledge_review" not in rows


async def test_a_date_that_a_member_chose_has_no_line(desk: Desk, alice: Member):
    number = await owned(alice)
    await follow_ups.promise(Act(alice, MONDAY), number, words="A new cake", due_at=DUE)
    [triage] = await tables.FollowUp.select(tables.FollowUp.id).where(tables.FollowUp.kind == "triage")
    await follow_ups.reschedule(Act(alice, MONDAY), triage["id"], due_at=DUE + MINUTE, reason="")
    await nudged(desk, now=DUE + MINUTE)
    assert {(told.kind, told.row) for told in await figures.told(now=LATER)} == {
        (FollowUpKind.PROMISE, ""),
        (FollowUpKind.TRIAGE, ""),
    }


async def test_only_the_newest_of_ninety_days_are_counted(desk: Desk, alice: Member):
    for _ in range(3):
        await owned(alice)
    await nudged(desk)
    assert len(await figures.told(now=DUE + 90 * DAY)) == 3
    assert await figures.told(now=DUE + 90 * DAY + MINUTE) == []
    assert len(await figures.told(now=LATER, most=2)) == 2
