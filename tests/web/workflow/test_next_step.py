"""One case through its life: Today, its page, the list, the extension and the message name the same step."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.person.customer_links import CheckInAnswer, Purpose
from amends.rules.vocabulary import Audience, FollowUpKind
from amends.services.capture import captures
from amends.services.follow_up import follow_ups
from amends.services.nudge import message_links, nudges, step_words
from amends.services.person import customer_links
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, customers, public_endings
from amends.services.workflow.customers import CheckIn, HandOff
from tests.nudging import BASE_URL, Desk, new_desk
from tests.web.site import Site
from tests.world import DAY, HOUR, MONDAY, case_row, lead_to, make_case, make_member, move, owed, post

REPLY = "https://x.com/bakers/status/1"
TEXT = "We are sorry about the cake. Please write to us, so that we can look into it."
SURFACES = {"Today", "page", "list", "extension's marks", "extension's bar", "message"}
_rungs = count(1)


def the_one(pattern: str, html: str) -> str:
    [step] = re.findall(pattern, html)
    return str(step)


@dataclass
class Walk:
    """A case, and everything that shows its next step to one member or another."""

    site: Site
    desk: Desk
    number: int
    now: datetime = MONDAY
    shown_by: set[str] = field(default_factory=set)

    async def expect(self, step: str, *members: Member) -> None:
        """Every surface that shows the case names this step to each of these members."""
        self.site.clock.at = self.now
        for member in members:
            found = await self._pages(member) | await self._api(member)
            assert set(found.values()) == {step}, f"{member.name} sees {found}"
            self.shown_by |= set(found)
            if told := await self._message(member):
                words = "reviews the draft; due" if step == "await_reader" else step_words.words(step)
                assert words in told, f"the message to {member.name} does not say “{words}”"
                self.shown_by.add("message")

    async def _pages(self, member: Member) -> dict[str, str]:
        visitor = await self.site.visit_as(member)
        today = (await visitor.get("/")).text
        page = (await visitor.get(f"/cases/{self.number}")).text
        table = (await visitor.get("/cases?stage=all")).text
        card = re.search(rf'id="card-{self.number}".*?href="([^"]+)" data-step="(\w+)"', today, re.DOTALL)
        if card:
            opened = await visitor.get(card[1])
            assert opened.status_code == 200, f"{card[1]} answers {opened.status_code}"
        return {
            "page": the_one(r'id="next-step" data-step="(\w+)"', page),
            "list": the_one(r'class="(?:row-step|soft)" data-step="(\w+)"', table),
            **({"Today": card[2]} if card else {}),
        }

    async def _api(self, member: Member) -> dict[str, str]:
        browser = await self.site.paired(member)
        marked = (await browser.get("/api/v1/posts")).json()["posts"]
        reply = (await browser.get(f"/api/v1/cases/{self.number}/reply")).json()
        named = {"extension's marks": {one["next"] for one in marked}.pop(), "extension's bar": reply["next"]}
        return {name: step or "nothing" for name, step in named.items()}

    async def _message(self, member: Member) -> str | None:
        """What a nudge of the case's earliest follow-up says."""
        due = await owed(self.number)
        if not (earliest := due.get((await case_row(self.number))["due_kind"])):
            return None
        target = await self.desk.target(f"{member.name}{next(_rungs)}", member)
        values = {"follow_up": earliest["id"], "generation": earliest["generation"], "rung": next(_rungs)}
        nudge = tables.Nudge(
            id=uuid4(), key=str(uuid4()), audience=Audience.OWNER, member=member.id, target=target,
            run_at=self.now, created_at=self.now, **values,
        )  # fmt: skip
        await tables.Nudge.insert(nudge)
        await nudges.deliver(nudge.id, self.desk.receiver, self.desk.secrets, now=self.now, base_url=BASE_URL)
        if not self.desk.receiver.received:
            return None
        _address, message = self.desk.receiver.received.pop()
        return f"{message.title}\n{message.body}"


@pytest.fixture
async def walk(site: Site) -> Walk:
    ada = await make_member("ada")
    return Walk(site, new_desk(), await make_case(ada, id="17"))


async def awake(*members: Member) -> None:
    """They want messages at every hour, and as many as there are."""
    for member in members:
        row = tables.Member
        changes = {row.quiet_from: 0, row.quiet_until: 0, row.quiet_week_ends: False, row.daily_budget: 999}
        await row.update(changes).where(row.id == member.id)


async def test_every_surface_names_the_same_step_until_the_public_reply_is_posted(walk: Walk):
    ada, lea = await make_member("ann"), await make_member("lea", role="lead")
    await awake(ada, lea)
    number = walk.number
    await walk.expect("decide", ada, lea)
    await move(number, "answer", by=ada, severity="s3", stance="fix")
    await walk.expect("write_reply", ada, lea)
    await move(number, "submit_draft", by=ada, text=TEXT)
    await walk.expect("await_reader", ada)
    await walk.expect("read_draft", lea)
    await move(number, "reject", by=lea, reason="Say when")
    await walk.expect("rewrite_reply", ada, lea)
    await move(number, "submit_draft", by=ada, text=TEXT)
    await move(number, "approve", by=lea)
    await walk.expect("post_acknowledgement", ada, lea)
    await move(number, "post_acknowledgement", by=ada, reply_url=REPLY)
    await walk.expect("contact_in_private", ada)
    assert walk.shown_by == SURFACES


async def test_every_surface_names_the_same_step_from_the_private_message_to_the_remedy(walk: Walk):
    ada = await make_member("ann")
    await awake(ada)
    number = walk.number
    await lead_to(number, "waiting", by=ada)
    await walk.expect("receive_reply", ada)
    walk.now = (await case_row(number))["due_at"]
    await walk.expect("ping", ada)
    code = await customer_links.make(Act(ada, walk.now), number, Purpose.HAND_OFF)
    given = HandOff(name="Dana", contact="dana@example.org", wish="A new cake", consent=True)
    await customers.hand_off(code, given, now=walk.now)
    await walk.expect("finish_step", ada)
    await follow_ups.promise(Act(ada, walk.now), number, words="Call", due_at=walk.now + HOUR)
    await walk.expect("keep_promise", ada)
    promise = (await owed(number))["promise"]["id"]
    await follow_ups.keep(Act(ada, walk.now), promise)
    await move(number, "deliver_remedy", by=ada, now=walk.now, remedy="A new cake")
    await walk.expect("confirm_fix", ada)
    assert walk.shown_by == SURFACES


async def test_every_surface_names_the_same_step_from_the_fix_to_the_end_and_back(walk: Walk):
    ada = await make_member("ann")
    await awake(ada)
    number = walk.number
    walk.now = await lead_to(number, "second_chance", by=ada)
    await walk.expect("write_ending", ada)
    await public_endings.skip(Act(ada, walk.now), number, "They asked us not to")
    await walk.expect("await_day", ada)
    walk.now = (await case_row(number))["due_at"]
    await walk.expect("check_in", ada)
    code = await customer_links.make(Act(ada, walk.now), number, Purpose.CHECK_IN)
    await move(number, "check_in", by=ada, now=walk.now, channel="email")
    await walk.expect("await_answer", ada)
    walk.now += DAY
    await customers.check_in(code, CheckIn(answer=CheckInAnswer.BADLY), now=walk.now)
    await walk.expect("hear_new_problem", ada)
    await move(number, "hear_new_problem", by=ada, now=walk.now, text="Stale again")
    await walk.expect("finish_step", ada)
    await move(number, "deliver_remedy", by=ada, now=walk.now, remedy="Another cake")
    await walk.expect("confirm_and_settle", ada)
    await move(number, "confirm_and_settle", by=ada, now=walk.now, reason="They said so")
    await walk.expect("nothing", ada)
    again = post(id="17", capturedAt=walk.now.isoformat())
    await captures.receive(Act(ada, walk.now), uuid4(), again)
    await walk.expect("reopen", ada)
    assert walk.shown_by == SURFACES


async def test_who_answers_before_we_noted_that_we_asked_is_heard_all_the_same(walk: Walk):
    ada = await make_member("ann")
    await awake(ada)
    number = walk.number
    for name, given in (
        ("answer", {"severity": "s3", "stance": "fix"}),
        ("solve_in_public", {"text": TEXT, "reply_url": REPLY}),
        ("confirm_fix", {}),
    ):
        await move(number, name, by=ada, **given)
    walk.now = (await case_row(number))["due_at"]
    code = await customer_links.make(Act(ada, walk.now), number, Purpose.CHECK_IN)
    await customers.check_in(code, CheckIn(answer=CheckInAnswer.PARTLY), now=walk.now)
    await walk.expect("complain_again", ada)
    await move(number, "check_in", by=ada, now=walk.now, channel="email")
    await walk.expect("hear_new_problem", ada)


async def test_who_is_content_is_won_back(walk: Walk):
    ada = await make_member("ann")
    await awake(ada)
    number = walk.number
    await move(number, "answer", by=ada, severity="s3", stance="fix")
    await move(number, "solve_in_public", by=ada, text=TEXT, reply_url=REPLY)
    await move(number, "confirm_fix", by=ada)
    walk.now = (await case_row(number))["due_at"]
    await move(number, "check_in", by=ada, now=walk.now, channel="email")
    code = await customer_links.make(Act(ada, walk.now), number, Purpose.CHECK_IN)
    await customers.check_in(code, CheckIn(answer=CheckInAnswer.WELL), now=walk.now)
    await walk.expect("win_back", ada)


async def test_a_message_offers_to_settle_only_where_no_answer_came(walk: Walk):
    """What is offered as done from a message is the next step, or nothing."""
    ada = await make_member("ann")
    number = walk.number
    await move(number, "answer", by=ada, severity="s3", stance="fix")
    await move(number, "solve_in_public", by=ada, text=TEXT, reply_url=REPLY)
    await move(number, "confirm_fix", by=ada)
    day = (await case_row(number))["due_at"]
    await move(number, "check_in", by=ada, now=day, channel="email")
    code = await customer_links.make(Act(ada, day), number, Purpose.CHECK_IN)
    await customers.check_in(code, CheckIn(answer=CheckInAnswer.BADLY), now=day)
    walk.site.clock.at = day + HOUR
    due = (await owed(number))[FollowUpKind.CHECK_IN_ANSWER]
    told = {"member": ada.id, "kind": "rung", "follow_up": due["id"], "generation": due["generation"]}
    made = await message_links.make([told], now=walk.site.clock())
    page = (await walk.site.visitor().get(f"/act/{made[due['id']]}")).text
    assert "/done" not in page
    assert "Settle" not in page


async def test_a_snoozed_new_case_is_decided_on_its_own_triage_page(walk: Walk):
    ada = await make_member("ann")
    await make_case(ada)
    await case_commands.snooze(Act(ada, MONDAY), walk.number, until=MONDAY + DAY, wake_on_reply=True)
    visitor = await walk.site.visit_as(ada)
    page = (await visitor.get(f"/triage?case={walk.number}")).text
    assert f'action="/triage/{walk.number}"' in page
