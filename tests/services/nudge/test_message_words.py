"""Do messages say the words of what they tell: of a promise, a reminder, a note, a remedy?"""

from datetime import datetime, timedelta

import pytest

from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import RemedyKind, Role
from amends.services.follow_up import follow_ups, remedies
from amends.services.follow_up.follow_ups import reminders
from amends.services.nudge import digests, nudges
from amends.services.nudge.nudge_messages import ALONE, TOGETHER
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.services.nudge.test_nudges import send_all
from tests.world import make_case

desk = nudging.desk
LATER = NOON + timedelta(hours=1)
HOSTILE = "Send <b>Dana</b> a cake\nbefore noon"


async def promise(lea: Member, ada: Member, number: int, words: str) -> None:
    await follow_ups.promise(Act(ada, NOON), number, words=words, due_at=LATER)


async def reminder(lea: Member, ada: Member, number: int, words: str) -> None:
    await reminders.remind(Act(ada, NOON), number, words=words, due_at=LATER, owner=ada.id)


async def mention(lea: Member, ada: Member, number: int, words: str) -> None:
    await case_commands.note(Act(lea, NOON), number, text=f"{words} @ada")


async def remedy(lea: Member, ada: Member, number: int, words: str) -> None:
    rules, kind = ReplyRules(remedy_ceiling=50_00), RemedyKind.VOUCHER
    await reply_rules.change(Act(ada, NOON), rules, after=0)
    await remedies.offer(Act(lea, NOON), number, kind=kind, words=words, cost=900_00)


OF = {"promise": promise, "reminder": reminder, "mention": mention, "remedy": remedy}
every_kind = pytest.mark.parametrize("asked", OF.values(), ids=OF)


async def asked_of_ada(desk: Desk, asked, words: str) -> Member:
    ada, lea = await desk.member("ada", Role.ADMIN), await desk.member("lea")
    await desk.target("ada", ada)
    number = await make_case(lea, now=NOON)
    await case_commands.assign(Act(lea, NOON), number, owner=ada.id)
    await asked(lea, ada, number, words)
    return ada


async def told(desk: Desk, at: datetime):
    await nudges.sweep(now=at)
    await send_all(desk, at)
    return [message for _address, message in desk.receiver.received]


@every_kind
async def test_a_message_says_them_as_text(desk: Desk, asked):
    await asked_of_ada(desk, asked, HOSTILE)
    messages = await told(desk, LATER)
    assert any("Send <b>Dana</b> a cake before noon" in message.body for message in messages)
    assert any("Send &lt;b&gt;Dana&lt;/b&gt; a cake before noon" in (one.html or "") for one in messages)


@every_kind
async def test_they_are_cut_between_words(desk: Desk, asked):
    await asked_of_ada(desk, asked, "cake " * 380)
    lines = [line for one in await told(desk, LATER) for line in one.body.splitlines() if "cake cake" in line]
    assert lines
    assert all(len(line) <= ALONE and line.endswith("cake…") for line in lines)


async def test_a_list_and_a_digest_say_the_beginning_of_them(desk: Desk):
    ada = await asked_of_ada(desk, promise, "cake " * 380)
    content = await digests.message(ada.id, key="digest:x", base_url=BASE_URL, now=LATER)
    assert content is not None
    [line] = [line for line in content.body.splitlines() if "keep the promise" in line]
    assert "cake cake" in line
    assert len(line) < TOGETHER + 60
