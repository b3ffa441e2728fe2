"""Does a member who is named in a note hear of it, and nobody else?"""

import re
from zoneinfo import ZoneInfo

import pytest

from amends import tables
from amends.services.case import timeline
from amends.services.follow_up.follow_ups.requests import AT_ONCE
from amends.services.nudge import nudges
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, message_actions, moves
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.world import DAY, HOUR, MONDAY, case_row, entries, make_case, make_member, make_target, move, owed

desk = nudging.desk


async def mentions() -> list[tuple[str, str]]:
    owed, member = tables.FollowUp, tables.Member
    rows = (
        await owed.select(owed.owner, owed.words)
        .where((owed.kind == "mention") & (owed.state == "due"))
        .order_by(owed.created_at)
    )
    names = {row["id"]: row["name"] for row in await member.select(member.id, member.name)}
    return [(names[row["owner"]], row["words"]) for row in rows]


async def test_who_is_named_is_reminded_at_once_in_their_language(alice: Member, bob: Member):
    await make_member("zoé", language="fr")
    number = await make_case(bob)
    await case_commands.note(Act(bob, MONDAY), number, text="@Alice @zoe @bob ring <her>")
    assert sorted(await mentions()) == [
        ("Alice", "Bob: @Alice @zoe @bob ring <her>"),
        ("Zoé", "Bob\u202f: @Alice @zoe @bob ring <her>"),
    ]
    [due, *_others] = await tables.FollowUp.select(tables.FollowUp.next_at).where(
        tables.FollowUp.kind == "mention"
    )
    assert MONDAY < due["next_at"] <= MONDAY.replace(minute=MONDAY.minute + 1)
    assert await entries(number) == ["captured", "noted"]


@pytest.mark.parametrize(
    ("hour", "due"),
    [(8, "2026-05-04 23:59"), (20, "2026-05-04 23:59"), (21.5, "2026-05-05 23:59")],
    ids=["in the morning", "in the evening", "just before midnight"],
)
async def test_a_mention_is_told_at_once_and_overdue_only_after_the_day_of_who_is_named(
    bob: Member, hour: float, due: str
):
    anna = await make_member("anna")
    number = await make_case(bob)
    now = MONDAY.replace(hour=int(hour), minute=int(hour % 1 * 60))
    await case_commands.note(Act(bob, now), number, text="@anna look")
    row = (await owed(number))["mention"]
    assert f"{row['due_at'].astimezone(ZoneInfo(anna.zone)):%Y-%m-%d %H:%M}" == due
    assert row["next_at"] == now + AT_ONCE


async def test_the_timeline_says_whom_no_reminder_reaches(alice: Member, bob: Member):
    number = await make_case(bob)
    await make_target(alice)
    await make_member("zoe")
    await case_commands.note(Act(bob, MONDAY), number, text="@alice @zoe look")
    said = (await timeline.of_case((await case_row(number))["id"]))[-1].particulars
    assert (said["told"], said["unreached"]) == (["Alice", "Zoe"], ["Zoe"])


async def test_the_timeline_says_who_was_told_and_which_name_reached_nobody(alice: Member, bob: Member):
    number = await make_case(bob)
    gone = await make_member("max")
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == gone.id)
    await case_commands.note(Act(bob, MONDAY), number, text="@Alice and @bob: @max knew, @nobody does")
    case = await case_row(number)
    said = (await timeline.of_case(case["id"]))[-1].particulars
    assert said["told"] == ["Alice"]
    assert said["not_told"] == {"max": "disabled", "nobody": "unknown"}


async def test_on_a_closed_case_a_mention_tells_the_member_all_the_same(alice: Member, bob: Member):
    number = await make_case(bob)
    await move(number, "not_ours", by=bob, reason="Spam")
    await case_commands.note(Act(bob, MONDAY), number, text="@Alice look")
    assert await mentions() == [("Alice", "Bob: @Alice look")]
    assert (await entries(number))[-1] == "noted"


async def test_a_mention_outlives_the_closing_of_its_case_and_its_undoing(alice: Member, bob: Member):
    number = await make_case(bob)
    await case_commands.note(Act(bob, MONDAY), number, text="@Alice look")
    undo_id = await move(number, "not_ours", by=bob, reason="Spam")
    assert await mentions() == [("Alice", "Bob: @Alice look")]
    await moves.undo(Act(bob, MONDAY), number, undo_id)
    assert await mentions() == [("Alice", "Bob: @Alice look")]


async def heard(desk: Desk, now) -> list[str]:
    """The titles of what was sent by then."""
    await nudges.sweep(now=now)
    for one in await nudges.ready(now=now, limit=9):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=now, base_url=BASE_URL)
    return [message.title for _address, message in desk.receiver.received]


@pytest.mark.parametrize("is_closed", [False, True], ids=["snoozed", "closed"])
async def test_a_mention_is_told_though_its_case_is_snoozed_or_closed(desk: Desk, is_closed: bool):
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    await desk.target("alice", alice)
    number = await make_case(bob, now=NOON)
    await case_commands.assign(Act(bob, NOON), number, owner=alice.id)
    if is_closed:
        await move(number, "not_ours", by=bob, now=NOON, reason="Spam")
    else:
        await case_commands.snooze(Act(bob, NOON), number, until=NOON + 9 * DAY, wake_on_reply=True)
    await case_commands.note(Act(bob, NOON), number, text="@Alice ring her, please")
    [title] = await heard(desk, NOON + 2 * AT_ONCE)
    assert f"#{number} · Bob mentioned you in a note" in title


async def test_a_mention_on_a_closed_case_is_ticked_by_the_link_in_its_message(desk: Desk):
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    await desk.target("alice", alice)
    number = await make_case(bob, now=NOON)
    await move(number, "not_ours", by=bob, now=NOON, reason="Spam")
    await case_commands.note(Act(bob, NOON), number, text="@Alice look")
    await heard(desk, NOON + 2 * AT_ONCE)
    [token] = re.findall(r"/act/(\S+)", desk.receiver.received[0][1].body)
    offered = await message_actions.offer(token, now=NOON + HOUR)
    assert (offered.done, offered.may_snooze, offered.others, offered.owner) == ("tick", False, {}, None)
    await message_actions.finish(token, now=NOON + HOUR)
    assert await mentions() == []


async def test_the_message_says_who_named_them_and_why(desk: Desk):
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    await desk.target("alice", alice)
    number = await make_case(bob, now=NOON)
    await case_commands.note(Act(bob, NOON), number, text="@Alice ring her, please")
    later = NOON + 2 * AT_ONCE
    await nudges.sweep(now=later)
    ready = await desk.nudges()
    for one in ready:
        await nudges.deliver(one["id"], desk.receiver, desk.secrets, now=later, base_url=BASE_URL)
    [(_address, message)] = desk.receiver.received
    assert f"#{number} · Bob mentioned you in a note" in message.title
    assert "Bob: @Alice ring her, please" in message.body
