"""Can a member act from a message, once, as themselves, and nobody else by guessing or by looking?"""

import asyncio
import re
from datetime import timedelta

import pytest

from amends import tables
from amends.gateways.notifier import Message
from amends.rules.vocabulary import FollowUpKind
from amends.services.desk import problems
from amends.services.desk.problems import Given
from amends.services.follow_up import follow_ups
from amends.services.nudge import message_links, nudges
from amends.services.nudge.message_links import LinkIsSpent
from amends.services.operation import retention
from amends.services.team import codes, members
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, message_actions
from amends.services.workflow.case_commands import SnoozedOften
from amends.services.workflow.message_actions import NobodyChosen
from amends.services.workflow.moves import MoveRefused
from tests.nudging import BASE_URL, Desk, new_desk
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, make_member, move, owed

MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(database: str) -> Desk:
    return new_desk()


async def told(desk: Desk, now) -> list[Message]:
    """The messages that leave at this instant."""
    before = len(desk.receiver.received)
    await nudges.sweep(now=now)
    for one in await nudges.ready(now=now, limit=50):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=now, base_url=BASE_URL)
    return [message for _address, message in desk.receiver.received[before:]]


def tokens(message: Message) -> list[str]:
    return re.findall(rf"{BASE_URL}/act/([\w-]{{43}})", message.body)


async def nudged(desk: Desk, member: Member, stage: str = "acknowledge") -> tuple[int, str, object]:
    """A case of this member's that is late, the secret of the link they were sent, and when that was."""
    await tables.Member.update({tables.Member.quiet_from: 0, tables.Member.quiet_until: 0}).where(
        tables.Member.id == member.id
    )
    await desk.target(member.name, member)
    number = await make_case(member)
    await lead_to(number, stage, by=member)
    now = (await case_row(number))["due_at"] + MINUTE
    messages = await told(desk, now)
    return number, tokens(messages[-1])[0], now


async def test_a_nudge_to_a_member_bears_one_link_and_only_its_hash_is_kept(desk: Desk, bob: Member):
    _number, token, _now = await nudged(desk, bob)
    rows = await tables.MessageLink.select()
    assert [row["token_hash"] for row in rows] == [codes.hash_of(token)]
    assert token not in str(rows)
    assert token not in str(await tables.Nudge.select()) + str(await tables.Delivery.select())


async def test_a_bundle_bears_a_link_for_each_follow_up_and_the_team_gets_none(desk: Desk, bob: Member):
    await tables.Member.update({tables.Member.quiet_from: 0, tables.Member.quiet_until: 0}, force=True)
    await desk.target("bob", bob)
    await desk.target("team")
    for _ in range(2):
        await lead_to(await make_case(bob), "acknowledge", by=bob)
    messages = await told(desk, MONDAY + 3 * DAY)
    found = {address: tokens(message) for address, message in desk.receiver.received}
    assert len(messages) == 2
    assert len(set(found["json://bob.example.org/"])) == 2
    assert found["json://team.example.org/"] == []


async def test_looking_changes_nothing_however_often(desk: Desk, bob: Member):
    number, token, now = await nudged(desk, bob)
    before = await case_row(number)
    for _ in range(3):
        offered = await message_actions.offer(token, now=now)
    assert (offered.number, offered.kind, offered.member.id) == (number, FollowUpKind.ACKNOWLEDGE, bob.id)
    assert await case_row(number) == before


async def test_a_case_is_snoozed_for_a_day_by_the_member_of_the_link(desk: Desk, bob: Member):
    number, token, now = await nudged(desk, bob)
    await message_actions.snooze(token, now=now)
    assert (await case_row(number))["snoozed_until"] == now + DAY
    assert (await entries(number))[-1] == "snoozed"
    actors = await tables.Entry.select(tables.Entry.actor).where(tables.Entry.kind == "snoozed")
    assert [row["actor"] for row in actors] == [str(bob.id)]


async def test_a_link_is_good_for_one_deed(desk: Desk, bob: Member):
    _number, token, now = await nudged(desk, bob)
    await message_actions.snooze(token, now=now)
    for again in (message_actions.offer(token, now=now), message_actions.hand_over(token, to=None, now=now)):
        with pytest.raises(LinkIsSpent):
            await again


async def test_of_several_who_press_at_once_one_acts(desk: Desk, bob: Member):
    number, token, now = await nudged(desk, bob)
    ends = await asyncio.gather(
        *(message_actions.snooze(token, now=now) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(end, LinkIsSpent) for end in ends) == 4
    assert (await entries(number)).count("snoozed") == 1


async def test_a_case_is_handed_over_or_back_to_the_pool(desk: Desk, alice: Member, bob: Member):
    number, token, now = await nudged(desk, bob)
    done = await message_actions.hand_over(token, to=alice.id, now=now)
    assert done.others[alice.id] == "Alice"
    assert (await case_row(number))["owner"] == alice.id
    other, token, now = await nudged(desk, bob)
    await message_actions.hand_over(token, to=None, now=now)
    assert (await case_row(other))["owner"] is None


async def test_what_could_not_be_done_leaves_the_link_as_it_was(desk: Desk, alice: Member, bob: Member):
    _number, token, now = await nudged(desk, bob)
    gone = await make_member("gone")
    await members.disable(gone.id, by=await make_member("admin", role="admin"), now=now)
    with pytest.raises(NobodyChosen):
        await message_actions.hand_over(token, to=gone.id, now=now)
    await message_actions.hand_over(token, to=alice.id, now=now)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("unknown", "or has expired"),
        ("used", "was already used"),
        ("old", "expired after seven days"),
        ("disabled", "or has expired"),
        ("moved", "has moved on"),
        ("settled", "has moved on"),
    ],
)
async def test_a_link_that_is_not_good_says_why_to_whoever_holds_it(
    desk: Desk, bob: Member, what: str, words: str
):
    number, token, now = await nudged(desk, bob)
    follow_up = (await owed(number))["acknowledge"]["id"]
    match what:
        case "unknown":
            token = "x" * 43
        case "used":
            await message_actions.hand_over(token, to=None, now=now)
        case "old":
            now += message_links.GOOD_FOR
        case "disabled":
            await members.disable(bob.id, by=await make_member("admin", role="admin"), now=now)
        case "moved":
            await follow_ups.reschedule(Act(bob, now), follow_up, due_at=now + DAY, reason="")
        case "settled":
            await move(number, "post_acknowledgement", by=bob, reply_url="https://x.com/bakers/status/1")
    for attempt in (message_actions.offer(token, now=now), message_actions.snooze(token, now=now)):
        with pytest.raises(LinkIsSpent) as refused:
            await attempt
        assert words in refused.value.detail
        assert (f"#{number}" in refused.value.detail) == (words != "or has expired")
    assert (await case_row(number))["snoozed_until"] is None


async def test_a_duty_that_takes_one_press_is_done_from_the_message(desk: Desk, bob: Member):
    number, token, now = await nudged(desk, bob, "resolved")
    assert (await message_actions.offer(token, now=now)).done == "confirm_fix"
    await message_actions.finish(token, now=now)
    assert (await case_row(number))["stage"] == "second_chance"


async def test_a_duty_that_asks_for_more_is_left_to_the_page_of_the_case(desk: Desk, bob: Member):
    _number, token, now = await nudged(desk, bob)
    assert (await message_actions.offer(token, now=now)).done is None
    with pytest.raises(message_actions.moves.MoveRefused):
        await message_actions.finish(token, now=now)


async def test_a_promise_is_kept_from_the_message_and_cannot_be_snoozed(desk: Desk, bob: Member):
    number = await make_case(bob)
    await desk.target("bob", bob)
    await tables.Member.update({tables.Member.quiet_from: 0, tables.Member.quiet_until: 0}, force=True)
    await follow_ups.promise(Act(bob, MONDAY), number, words="A refund", due_at=MONDAY + MINUTE)
    await follow_ups.hand_over((await case_row(number))["id"], owner=bob.id, now=MONDAY)
    messages = await told(desk, MONDAY + HOUR)
    token = next(found[0] for one in messages if "keep the promise" in one.title and (found := tokens(one)))
    offered = await message_actions.offer(token, now=MONDAY + HOUR)
    assert (offered.done, offered.may_snooze) == ("keep", False)
    await message_actions.finish(token, now=MONDAY + HOUR)
    assert list(await owed(number, state="done")) == ["promise"]


async def test_the_third_snooze_asks_why_here_too_and_the_link_stays_good(desk: Desk, bob: Member):
    number, token, now = await nudged(desk, bob)
    for _ in range(2):
        await case_commands.snooze(Act(bob, now), number, until=now + HOUR, wake_on_reply=True)
    assert (await message_actions.offer(token, now=now)).asks_why
    with pytest.raises(SnoozedOften):
        await message_actions.snooze(token, now=now)
    await message_actions.snooze(token, reason="The baker is away", now=now)


async def test_old_links_are_forgotten(desk: Desk, bob: Member):
    _number, _token, now = await nudged(desk, bob)
    await retention.delete_expired(now=now + 7 * DAY)
    assert await tables.MessageLink.count() == 1
    await retention.delete_expired(now=now + 9 * DAY)
    assert await tables.MessageLink.count() == 0


async def due_elsewhere(kind: FollowUpKind, by: Member) -> int:
    """A case on which this is owed, by its owner."""
    number = await make_case(by)
    await lead_to(number, "second_chance", by=by)
    if kind is FollowUpKind.CORRECTION:
        problem = await problems.open_problem(Act(by, MONDAY), "Parcels are lost", numbers=[number])
        given = Given(title="Parcels are lost", owner=by.id, due_at=MONDAY + 2 * DAY)
        version = (await problems.find(problem)).version
        await problems.change(Act(by, MONDAY), problem, given, version=version)
    return number


@pytest.mark.parametrize("kind", [FollowUpKind.PUBLIC_ENDING, FollowUpKind.CORRECTION])
async def test_what_is_done_on_a_page_of_its_own_is_told_and_neither_done_nor_silenced_by_the_link(
    desk: Desk, bob: Member, kind: FollowUpKind
):
    await tables.Member.update({tables.Member.quiet_from: 0, tables.Member.quiet_until: 0}, force=True)
    await desk.target("bob", bob)
    number = await due_elsewhere(kind, bob)
    now = (await owed(number))[kind]["due_at"] + MINUTE
    sent = [token for message in await told(desk, now) for token in tokens(message)]
    offers = {(await message_actions.offer(token, now=now)).kind: token for token in sent}
    offered = await message_actions.offer(offers[kind], now=now)
    assert (offered.done, offered.may_snooze) == (None, False)
    with pytest.raises(MoveRefused):
        await message_actions.finish(offers[kind], now=now)
    assert kind in await owed(number)
