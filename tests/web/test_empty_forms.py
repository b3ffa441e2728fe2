"""Does every form that is sent empty come back on a page of its own, and never as a bare error?"""

from html.parser import HTMLParser

import httpx
import pytest

from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import RemedyKind
from amends.services.follow_up import follow_ups, remedies
from amends.services.follow_up.follow_ups import reminders
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import DAY, MONDAY, lead_to, make_case, make_member, move

PAGES = (
    "/",
    "/agenda",
    "/approvals",
    "/cases?severity=s3",
    "/cases/new",
    "/people",
    "/replies",
    "/settings",
    "/settings/sign-in",
    "/settings/team",
    "/settings/members",
    "/settings/delivery",
    "/settings/reminders",
    "/settings/reports",
    "/settings/calendar",
    "/settings/rota",
    "/settings/themes",
    "/settings/fields",
    "/settings/locations",
    "/settings/rules",
    "/campaigns/new",
    "/settings/playbooks",
    "/settings/playbooks/new",
    "/triage",
)
STAGES = ("new", "acknowledge", "working", "resolved")


class Forms(HTMLParser):
    """Every form of a page that is sent: its address, its hidden fields, and its first button's value."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str]]]] = []
        self.is_open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_open = given.get("method") == "post"
            if self.is_open:
                self.found.append((given.get("action", ""), []))
        elif self.is_open and given.get("name"):
            kind = given.get("type", "")
            is_typed = tag in ("input", "textarea") and given.get("type") not in (
                "hidden",
                "checkbox",
                "radio",
            )
            if kind == "hidden" or tag == "button":
                self.found[-1][1].append((given["name"], given.get("value", "")))
            elif is_typed or tag == "select":
                self.found[-1][1].append((given["name"], ""))

    def handle_endtag(self, tag: str) -> None:
        self.is_open = self.is_open and tag != "form"


def sendings(fields: list[tuple[str, str]], page: str) -> list[dict[str, str]]:
    """The fields with each value of a button in its turn."""
    names = [name for name, _value in fields]
    several = {name for name in names if names.count(name) > 1}
    usual = {name: value for name, value in fields if name not in several} | {"page": page}
    return [usual | {name: value} for name, value in reversed(fields) if name in several] or [usual]


async def bare(visitor: Visitor, page: str) -> list[str]:
    """The forms of a page that end on a page with nothing but an error when they are sent empty."""
    offenders = []
    shown = await visitor.get(page, follow_redirects=True)
    for action, fields in reversed(Forms(shown.text).found):
        for sent in sendings(fields, page):
            answer = await visitor.post(action or page, data=sent, headers=FROM_OUR_PAGE)
            if is_bare(answer):
                offenders.append(f"{page}: {action} {answer.status_code} {sent}")
    return offenders


def is_bare(answer: httpx.Response) -> bool:
    refused_for_words = answer.status_code == 422
    return answer.status_code >= 500 or (refused_for_words and 'id="problem"' in answer.text)


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="admin")


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


async def everything_on(number: int, alice: Member, bob: Member) -> None:
    """What a case may show: a promise, a reminder, remedies at each step."""
    act = Act(bob, MONDAY)
    await follow_ups.promise(act, number, words="A call", due_at=MONDAY + DAY)
    await reminders.remind(act, number, words="Ring", due_at=MONDAY + DAY, owner=alice.id)
    await case_commands.note(act, number, text="@alice look")
    for cost in (100, 9_000):
        await remedies.offer(act, number, kind=RemedyKind.REFUND, words="Money", cost=cost)


@pytest.mark.parametrize("stage", STAGES)
async def test_those_of_a_case_do(site: Site, alice: Member, bob: Member, stage: str):
    await reply_rules.change(Act(alice, MONDAY), ReplyRules(remedy_ceiling=5_000), after=0)
    number = await make_case(bob)
    await lead_to(number, stage, by=bob)
    await everything_on(number, alice, bob)
    assert await bare(await site.visit_as(alice), f"/cases/{number}") == []


async def test_those_of_a_closed_case_do(site: Site, alice: Member, bob: Member):
    number = await make_case(bob)
    await move(number, "not_ours", by=bob, reason="Another bakery")
    assert await bare(await site.visit_as(alice), f"/cases/{number}") == []


@pytest.mark.parametrize("address", PAGES)
async def test_those_of_every_other_page_do(site: Site, alice: Member, bob: Member, address: str):
    await reply_rules.change(Act(alice, MONDAY), ReplyRules(remedy_ceiling=5_000), after=0)
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    await everything_on(number, alice, bob)
    waiting = await make_case(bob)
    await lead_to(waiting, "acknowledge", by=bob)
    await move(waiting, "submit_draft", by=bob, text="We are sorry. Write to us.")
    await make_case(bob)
    assert await bare(await site.visit_as(alice), address) == []
