"""A drill as a team lives it: the press, the storm, what is done, the score; and nothing of it elsewhere."""

import re
from datetime import timedelta

import pytest

from amends import tables
from amends.rules.vocabulary import IncidentKind
from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import make_case, make_member

SHOWN = "/incidents/drills/1"
MARK = "Every post and person here is invented."


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def lead(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def sent(visitor: Visitor, path: str, status: int = 303, **form: str) -> str:
    answer = await visitor.send_form(path, **form)
    assert answer.status_code == status, answer.text
    return answer.text if status != 303 else answer.headers["location"]


async def test_before_the_first_drill_the_page_says_what_a_drill_is(lead: Visitor):
    page = (await lead.get("/incidents/drills")).text
    assert "An invented storm breaks out" in page
    assert "No other drill yet." in page
    assert MARK in page
    assert 'href="/incidents/drills"' in (await lead.get("/incidents")).text
    assert (await lead.get("/incidents/drills/9")).status_code == 404


async def test_a_drill_from_the_press_to_the_score(lead: Visitor, alice: Member, site: Site):
    start = {"kind": "defective_product", "posts": "24", "minutes": "15"}
    assert await sent(lead, "/incidents/drills", **start) == SHOWN
    again = await sent(lead, "/incidents/drills", 409, **start)
    assert "Drill 1 is running." in again
    site.clock.move(timedelta(minutes=6))
    page = (await lead.get(SHOWN)).text
    assert MARK in page
    assert "6:00" in page
    assert "to be told: Alice" in page
    assert "we warn from 5" in page
    assert "Stop selling what may be defective" in page

    await sent(lead, f"{SHOWN}/acknowledge")
    await sent(lead, f"{SHOWN}/hold", on="true")
    await sent(lead, f"{SHOWN}/roles", lead=str(alice.id), spokesperson=str(alice.id))
    await sent(lead, f"{SHOWN}/steps", step="stop_sale", state="done")
    await sent(lead, f"{SHOWN}/posts/4")
    await sent(lead, f"{SHOWN}/updates", text="<b>Next</b> at eleven")
    await sent(lead, f"{SHOWN}/statement", line_en="Please unplug it.", line_fr="Débranchez-le.")
    page = (await lead.get(SHOWN)).text
    for words in (
        "Acknowledged",
        "End the hold",
        "handled first",
        "&lt;b&gt;Next",
        "Please unplug it.",
        "4 of 11",
    ):
        assert words in page, words
    part = (await lead.get(SHOWN, headers={"HX-Request": "true"})).text
    assert "Stopwatch" in part
    assert "<html" not in part

    site.clock.move(timedelta(minutes=10))
    await sent(lead, f"{SHOWN}/stop")
    score = (await lead.get(SHOWN)).text
    for words in (
        MARK,
        "6 of 6 in time",
        "Decide on repair, refund or recall",
        "1 of 3",
        "Read the plan aloud",
    ):
        assert words in score, words
    assert "Stop selling what may be defective" not in score
    assert "See the score" in (await lead.get(SHOWN, headers={"HX-Request": "true"})).text
    assert "Drill 1: Defective product" in (await lead.get("/incidents/drills")).text


async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(lead: Visitor):
    page = await sent(lead, "/incidents/drills", 422, kind="outage", posts="9000", minutes="5")
    assert "Choose one of these." in page
    assert 'value="outage" selected' in page
    await sent(lead, "/incidents/drills", kind="outage", posts="12", minutes="5")
    page = await sent(lead, f"{SHOWN}/statement", 422, line_en=" ", line_fr=" ")
    assert "Write it in one language at least." in page


async def test_a_drill_left_alone_ends_by_itself_and_one_started_by_mistake_is_deleted(
    lead: Visitor, site: Site
):
    await sent(lead, "/incidents/drills", kind="outage", posts="12", minutes="5")
    site.clock.move(timedelta(hours=2))
    assert "Score" in (await lead.get(SHOWN)).text
    assert "This drill is over." in await sent(lead, f"{SHOWN}/hold", 409, on="true")
    await sent(lead, f"{SHOWN}/remove")
    assert (await lead.get(SHOWN)).status_code == 404


PLACES = (
    "/",
    "/cases",
    "/cases?q=invented",
    "/cases/export.csv",
    "/cases/board",
    "/problems",
    "/incidents",
    "/insights",
    "/people",
    "/agenda",
    "/triage",
    "/settings/reminders",
)


def without_tokens(page: str) -> str:
    return re.sub(r"[A-Za-z0-9_-]{22,}|[0-9a-f]{16}-\d+", "", page)


async def test_no_other_page_changes_by_a_drill_of_any_kind(lead: Visitor, site: Site, alice: Member):
    await make_case(alice)
    before = [without_tokens((await lead.get(place)).text) for place in PLACES]
    for number, kind in enumerate(IncidentKind, start=1):
        await sent(lead, "/incidents/drills", kind=kind, posts="48", minutes="5")
        await sent(lead, f"/incidents/drills/{number}/hold", on="true")
        await sent(lead, f"/incidents/drills/{number}/updates", text="Nothing of this is real")
        for place, was in zip(PLACES, before, strict=True):
            assert without_tokens((await lead.get(place)).text).splitlines() == was.splitlines(), place
        await sent(lead, f"/incidents/drills/{number}/stop")
    assert await tables.Notice.count() == 0
    site.clock.move(timedelta(minutes=5))
    assert not [place for place in PLACES if "invented_" in (await lead.get(place)).text]
