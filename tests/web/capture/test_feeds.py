"""The page of feeds: leads add them, members decide on what they propose, and strangers' text stays text."""

import re

import pytest

from amends.gateways.feeds import Fetched
from amends.rules.capture.feed_documents import FeedItem
from amends.services.capture import feeds
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member

HOSTILE = FeedItem(
    id="1",
    link="https://forum.example/t/1",
    title="<b>Late</b> &lt;script&gt;alert(1)&lt;/script&gt;",
    words="Never &lt;img src=x&gt; came",
)


class Answering:
    """A feed reader with one answer."""

    def __init__(self, answer: Fetched) -> None:
        self.answer = answer

    async def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        return self.answer


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def lead(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def agent(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(await make_member("bob"))


async def fetched(alice: Member, answer: Fetched) -> None:
    await feeds.subscribe(Act(alice, MONDAY), "Forum", "https://forum.example/feed.xml")
    await feeds.fetch_next(Answering(answer), now=MONDAY)


ONE = Fetched(outcome="items", address="https://forum.example/feed.xml", items=(HOSTILE,))


async def test_a_lead_adds_a_feed_and_an_agent_may_not(lead: Visitor, agent: Visitor):
    assert "No feed is followed yet." in (await agent.get("/feeds")).text
    form = {"name": "Forum", "address": "https://forum.example/feed.xml"}
    assert (await agent.send_form("/feeds", **form)).status_code == 403
    await lead.get("/feeds")
    assert (await lead.send_form("/feeds", **form)).status_code == 303
    again = await lead.send_form("/feeds", **form)
    assert again.status_code == 409
    assert 'value="https://forum.example/feed.xml"' in again.text
    page = (await agent.get("/feeds")).text
    assert "No answer yet" in page
    assert "Fetch now" not in page


async def test_what_a_feed_proposes_is_text_and_becomes_a_case_in_one_press(agent: Visitor, alice: Member):
    await make_case(alice)
    await fetched(alice, ONE)
    assert "1 post of a feed waits: a case, or not?" in (await agent.get("/")).text
    page = (await agent.get("/feeds")).text
    assert "Never &lt;img src=x&gt; came" in page
    assert "<script>alert" not in page
    [action] = re.findall(r'action="(/feeds/items/[^"]+/open)"', page)
    answer = await agent.send_form(action)
    assert answer.headers["location"] == "/cases/2?notice=opened"
    assert "Nothing is waiting." in (await agent.get("/feeds")).text


async def test_what_was_ignored_can_be_put_back(agent: Visitor, alice: Member):
    await fetched(alice, ONE)
    [action] = re.findall(r'action="(/feeds/items/[^"]+/ignore)"', (await agent.get("/feeds")).text)
    assert (await agent.send_form(action)).headers["location"] == "/feeds?notice=ignored"
    page = (await agent.get("/feeds")).text
    assert "Ignored since yesterday" in page
    second = await agent.send_form(action, again="1")
    assert second.status_code == 409
    [action] = re.findall(r'action="(/feeds/items/[^"]+/put-back)"', page)
    await agent.send_form(action)
    assert "Is it a case?" in (await agent.get("/feeds")).text


async def test_a_lead_reads_why_a_feed_fails_and_can_try_again_or_remove_it(lead: Visitor, alice: Member):
    await fetched(alice, Fetched(outcome="status", status=503))
    page = (await lead.get("/feeds")).text
    assert "Its site refuses it (503)." in page
    [again] = re.findall(r'action="(/feeds/[^"/]+/fetch)"', page)
    await lead.send_form(again)
    assert "refuses" not in (await lead.get("/feeds")).text
    assert (await lead.send_form(again.replace("fetch", "remove"))).status_code == 303
    assert (await lead.send_form(again)).status_code == 404
