"""Server-sent events: an open page hears of what others do, and its stream ends."""

import asyncio
import re

import pytest

from amends.services.desk import watches
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from amends.web.desk import events
from tests.waiting import PATIENCE
from tests.web.site import Listener, Site, Visitor
from tests.world import MONDAY, lead_to, make_case, make_member, move


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


def seen(stream: str) -> list[str]:
    return re.findall(r"event: [\w-]+\r?\ndata: (.*?)\r?\n", stream)


@pytest.fixture
def ends(site: Site, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Streams look around all the time, until this is set."""
    monkeypatch.setattr(events, "EVERY_SECONDS", 0.02)
    end: asyncio.Event = site.app.state["site"].ends
    end.clear()
    return end


async def test_a_case_says_what_changes_and_who_is_writing(
    site: Site, desk: Visitor, alice: Member, ends: asyncio.Event
):
    bob = await make_member("bob")
    other = await site.visit_as(bob)
    number = await make_case(alice)
    page = (await desk.get(f"/cases/{number}")).text
    assert f'<live-case data-number="{number}"' in page
    listener = Listener(site.app)
    stream = asyncio.create_task(site.same(desk, listener).get(f"/events?case={number}"))
    await listener.hears(lambda said: len(seen(said)) == 1)
    assert (await other.send_form(f"/cases/{number}/writing")).status_code == 204
    await listener.hears(lambda said: len(seen(said)) == 2)
    await case_commands.note(Act(bob, MONDAY), number, text="She rang")
    await listener.hears(lambda said: len(seen(said)) == 3)
    ends.set()
    answer = await stream
    assert answer.headers["content-type"].startswith("text/event-stream")
    first, writes, changes, *_rest = seen(answer.text)
    assert '"writing":[]' in first
    assert '"writing":["Bob"]' in writes
    assert '"by":"Bob"' in changes
    assert first != writes != changes


async def test_today_says_that_something_is_another(
    site: Site, desk: Visitor, alice: Member, ends: asyncio.Event
):
    listener = Listener(site.app)
    stream = asyncio.create_task(site.same(desk, listener).get("/events"))
    await listener.hears(lambda said: len(seen(said)) == 1)
    await make_case(alice)
    await listener.hears(lambda said: len(set(seen(said))) > 1)
    ends.set()
    numbers = seen((await stream).text)
    assert len(set(numbers)) > 1  # a look is several reads, and a case may be made between two
    assert all(number.isdecimal() for number in numbers)


async def test_a_stream_ends_after_a_while(
    desk: Visitor, ends: asyncio.Event, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(events, "LASTS_SECONDS", 0.1)
    async with asyncio.timeout(PATIENCE):
        assert seen((await desk.get("/events")).text)


async def test_a_stream_ends_with_the_server_and_needs_a_case(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    assert len(seen((await desk.get(f"/events?case={number}")).text)) == 1
    assert (await desk.get("/cases/4711/events")).status_code == 404


async def test_what_others_change_on_a_watched_case_stands_on_today(desk: Visitor, alice: Member):
    bob = await make_member("bob")
    number = await make_case(bob)
    await desk.send_form(f"/cases/{number}/watch", watch="yes")
    assert "Changed since your last visit" not in (await desk.get("/")).text
    await case_commands.note(Act(bob, MONDAY), number, text="She rang")
    assert "Changed since your last visit" in (await desk.get("/")).text
    assert "Stop watching" in (await desk.get(f"/cases/{number}")).text
    assert "Changed since your last visit" not in (await desk.get("/")).text
    await desk.send_form(f"/cases/{number}/watch", watch="no")
    assert await watches.changed(alice) == []


async def test_hostile_words_are_folded_and_their_owner_may_leave(desk: Visitor, alice: Member):
    for _ in range(3):
        number = await make_case(alice, text="You are all idiots")
        await lead_to(number, "acknowledge", by=alice)
        await move(number, "escalate", by=alice, reason="Threats", nature="threat")
        await case_commands.assign(Act(alice, MONDAY), number, owner=alice.id)
    page = (await desk.get(f"/cases/{number}")).text
    assert "You are all idiots" in page
    assert "You are all idiots" not in re.sub(r'<details class="hostile">.*?</details>', "", page, flags=re.S)
    assert f"<h1>Case #{number}</h1>" in page
    assert "You have had 3 hostile cases this week." in page
    answer = await desk.send_form(f"/cases/{number}/take-off")
    assert answer.headers["location"].endswith("notice=taken-off")
    left = (await desk.get(f"/cases/{number}")).text
    assert "returned the case to the pool" in left
    assert "Take me off" not in left
    assert (await desk.send_form(f"/cases/{number}/take-off")).status_code == 409


async def test_a_case_is_handed_over_with_a_word_on_the_way(desk: Visitor, alice: Member):
    bob = await make_member("bob")
    number = await make_case(alice)
    sent = {"owner": str(bob.id), "note": "She prefers <b>mornings</b>"}
    await desk.send_form(f"/cases/{number}/owner", **sent)
    assert "She prefers &lt;b&gt;mornings&lt;/b&gt;" in (await desk.get(f"/cases/{number}")).text
