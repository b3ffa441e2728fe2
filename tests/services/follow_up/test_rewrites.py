"""Does the author of a draft that was sent back hear of it, with the words of who read it?"""

import pytest

from amends.rules.vocabulary import Role
from amends.services.follow_up.follow_ups.requests import AT_ONCE
from amends.services.nudge import nudges
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.world import DAY, MONDAY, lead_to, make_case, move, owed

desk = nudging.desk
DRAFT = {"text": "We are sorry, Dana. Please write to us at care@bakers.example."}


async def sent_back(by: Member, reader: Member, *, now=MONDAY) -> int:
    number = await make_case(by, now=now)
    await lead_to(number, "acknowledge", by=by, now=now)
    await move(number, "submit_draft", by=by, now=now, **DRAFT)
    await move(number, "reject", by=reader, now=now, reason="Too cold: name the cake")
    return number


async def test_its_author_owes_another_one_until_they_write_it(alice: Member, bob: Member):
    number = await sent_back(bob, alice)
    rewrite = (await owed(number))["rewrite"]
    assert (rewrite["owner"], rewrite["words"]) == (bob.id, "Alice: Too cold: name the cake")
    await move(number, "submit_draft", by=bob, **DRAFT)
    assert "rewrite" not in await owed(number)


@pytest.mark.parametrize(
    ("name", "said"), [("keep_draft", DRAFT), ("escalate", {"reason": "A lawyer writes"})]
)
async def test_a_reply_of_who_read_it_ends_it_as_well_and_so_does_another_way(
    alice: Member, bob: Member, name: str, said: dict[str, str]
):
    number = await sent_back(bob, alice)
    await move(number, name, by=alice, **said)
    assert "rewrite" not in await owed(number)


async def test_their_message_says_who_sent_it_back_and_why_on_a_snoozed_case_too(desk: Desk):
    ada, lea = await desk.member("Ada"), await desk.member("Lea", Role.LEAD)
    await desk.target("ada", ada)
    number = await sent_back(ada, lea, now=NOON)
    await case_commands.snooze(Act(lea, NOON), number, until=NOON + DAY, wake_on_reply=True)
    later = NOON + 2 * AT_ONCE
    await nudges.sweep(now=later)
    for one in await nudges.ready(now=later, limit=9):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=later, base_url=BASE_URL)
    [message] = [
        message for _address, message in desk.receiver.received if "sent your draft back" in message.title
    ]
    assert message.title.startswith(f"#{number} · Lea sent your draft back")
    assert "Lea: Too cold: name the cake" in message.body
    assert "Lea: Too cold: name the cake" in message.html
