"""Does a member who is named in a note hear of it, and nobody else?"""

from amends import tables
from amends.services.follow_up.follow_ups.requests import AT_ONCE
from amends.services.nudge import nudges
from amends.services.team.members import Member
from amends.services.workflow import case_commands
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.world import MONDAY, entries, make_case, make_member, move

desk = nudging.desk


async def reminders() -> list[tuple[str, str]]:
    owed, member = tables.FollowUp, tables.Member
    rows = await owed.select(owed.owner, owed.words).where(owed.kind == "reminder").order_by(owed.created_at)
    names = {row["id"]: row["name"] for row in await member.select(member.id, member.name)}
    return [(names[row["owner"]], row["words"]) for row in rows]


async def test_who_is_named_is_reminded_at_once_in_their_language(alice: Member, bob: Member):
    await make_member("zoé", language="fr")
    number = await make_case(bob)
    await case_commands.note(number, text="@Alice @zoe @bob ring <her>", by=bob, now=MONDAY)
    assert sorted(await reminders()) == [
        ("Alice", "Bob to you: @Alice @zoe @bob ring <her>"),
        ("Zoé", "Bob à vous\u202f: @Alice @zoe @bob ring <her>"),
    ]
    [due, *_others] = await tables.FollowUp.select(tables.FollowUp.next_at).where(
        tables.FollowUp.kind == "reminder"
    )
    assert MONDAY < due["next_at"] <= MONDAY.replace(minute=MONDAY.minute + 1)
    assert await entries(number) == ["captured", "noted"]


async def test_on_a_closed_case_a_note_is_a_note(alice: Member, bob: Member):
    number = await make_case(bob)
    await move(number, "not_ours", by=bob, reason="Spam")
    await case_commands.note(number, text="@Alice look", by=bob, now=MONDAY)
    assert await reminders() == []
    assert (await entries(number))[-1] == "noted"


async def test_the_message_says_who_named_them(desk: Desk):
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    await desk.target("alice", alice)
    number = await make_case(bob, now=NOON)
    await case_commands.note(number, text="@Alice ring her, please", by=bob, now=NOON)
    later = NOON + 2 * AT_ONCE
    await nudges.sweep(now=later)
    ready = await desk.nudges()
    for one in ready:
        await nudges.deliver(one["id"], desk.receiver, desk.secrets, now=later, base_url=BASE_URL)
    [(_address, message)] = desk.receiver.received
    assert f"#{number} · Bob named you in a note" in message.title
    assert "ring her" not in message.body
