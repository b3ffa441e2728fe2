"""Hostile words are folded wherever a case stands: nobody reads them who did not ask to."""

import re

import pytest

from amends.rules.person.customer_links import Purpose
from amends.services.follow_up import calendar_feeds, follow_ups, questions
from amends.services.person import contributors, customer_links
from amends.services.team.members import Act, Member
from amends.services.workflow import customers
from amends.services.workflow.customers import HandOff
from tests.web.site import Site, Visitor
from tests.world import HOUR, case_row, lead_to, make_case, make_member, move

WORDS = "Vermin, all of you"
FOLDED = re.compile(r'<details class="hostile">.*?</details>', re.DOTALL)


def outside(page: str) -> str:
    """A page without what is folded in it."""
    return FOLDED.sub("", page)


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def hostile(site: Site, alice: Member) -> int:
    """A case of harassment, on which they wrote again, with a question and a reminder for Alice."""
    bob = await make_member("bob")
    number = await make_case(bob, text=WORDS, id="9")
    await move(number, "answer", by=bob, severity="s3", stance="answer", nature="harassment")
    now = site.clock()
    code = await customer_links.make(Act(bob, now), number, Purpose.HAND_OFF)
    given = HandOff(contact="dana@example.org", wish=WORDS, consent=True)
    await customers.hand_off(code, given, now=now)
    await questions.ask(Act(bob, now), number, of=alice.id, words="Is that a threat?")
    await follow_ups.remind(Act(bob, now), number, words="Look", due_at=now + HOUR, owner=alice.id)
    return number


async def test_no_list_says_them(desk: Visitor, hostile: int):
    assert (await case_row(hostile))["title"].startswith("Vermin")
    day = (await desk.get("/agenda")).text
    assert "Hostile content" in day
    for address in (
        "/",
        "/cases",
        "/cases/board",
        "/agenda",
        "/agenda?view=list",
        "/people",
        "/commands/find?words=Vermin",
    ):
        page = (await desk.get(address)).text
        assert WORDS not in outside(page), address
        if address in ("/", "/cases", "/cases/board"):
            assert "Hostile content" in page, address


async def test_pages_of_the_case_fold_the_post_and_what_they_wrote_since(desk: Visitor, hostile: int):
    for address in (f"/cases/{hostile}", f"/cases/{hostile}/answer", f"/cases/{hostile}?write=reply"):
        page = (await desk.get(address)).text
        assert WORDS in page, address
        assert WORDS not in outside(page), address


async def test_no_calendar_says_them_but_the_title_of_another_case(site: Site, alice: Member, hostile: int):
    act = Act(alice, site.clock())
    token = await calendar_feeds.make(act)
    await calendar_feeds.change(act, with_titles=True, with_unowned=True)
    await make_case(alice, text="Never again", id="10")
    day = (await site.visitor().get(f"/calendar/{token}.ics")).text
    assert "Hostile content" in day
    assert "Never again" in day
    assert "Vermin" not in day


async def test_changes_of_several_cases_do_not_say_them(desk: Visitor, hostile: int):
    wish = {"number": str(hostile), "deed": "severity", "severity": "s2"}
    done = await desk.send_form("/cases/several", **wish, sure="1")
    page = (await desk.get(done.headers["location"])).text
    assert "Hostile content" in page
    assert WORDS not in page


async def test_whoever_reads_a_draft_or_helps_by_link_is_not_made_to_read_them(
    site: Site, desk: Visitor, hostile: int
):
    bob = await make_member("carl")
    await move(
        hostile, "submit_draft", by=bob, text="Please write to us: care@bakers.example.", reason="Calm"
    )
    queue = (await desk.get("/approvals")).text
    assert "care@bakers.example" in queue
    assert WORDS not in outside(queue)
    token = await contributors.make(Act(bob, site.clock()), hostile, "Marc")
    helped = (await site.visitor().get(f"/contribute?token={token}")).text
    assert WORDS in helped
    assert WORDS not in outside(helped)


async def test_other_words_stand_as_they_were_written(desk: Visitor, alice: Member):
    number = await make_case(alice, text="Never again")
    await lead_to(number, "working", by=alice)
    assert "Never again" in outside((await desk.get("/cases")).text)
