"""Does a lead keep a story with plain forms, and does the list show it escaped and without names?"""

import re

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import lead_to, make_case, make_member, move

WORDS = {
    "title": "A cake for Dana",
    "said": "<b>Never</b> came, says @dana",
    "did": "We replied.\nA new cake.",
    "ended": "All is <i>well</i>",
}


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def lead(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def agent(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(await make_member("bob"))


@pytest.fixture
async def case(alice: Member) -> int:
    number = await make_case(alice, text="Dana says: it <u>never</u> came")
    await lead_to(number, "resolved", by=alice)
    return number


async def sent(visitor: Visitor, path: str, status: int = 303, **form: str) -> str:
    answer = await visitor.send_form(path, **form)
    assert answer.status_code == status, answer.text
    return answer.text if status != 303 else answer.headers["location"]


async def test_the_form_is_reached_from_a_case_that_has_ended_by_leads_alone(
    lead: Visitor, agent: Visitor, alice: Member, case: int
):
    assert "Keep its story" in (await lead.get(f"/cases/{case}")).text
    assert "Keep its story" not in (await agent.get(f"/cases/{case}")).text
    early = await make_case(alice)
    assert "Keep its story" not in (await lead.get(f"/cases/{early}")).text
    refused = await lead.get(f"/stories/{early}")
    assert refused.status_code == 409
    assert "resolve it first" in refused.text
    assert (await lead.get("/stories/999")).status_code == 404


async def test_a_story_begins_with_a_proposal_and_is_kept_in_other_words(
    lead: Visitor, agent: Visitor, case: int
):
    assert "No story yet" in (await agent.get("/stories")).text
    page = (await lead.get(f"/stories/{case}")).text
    assert "[…] says: it &lt;u&gt;never&lt;/u&gt; came" in page
    assert "To put it right: Refunded, and a new cake" in page
    assert "We were in touch in private." in page
    assert "Agreement of the person" not in page, "it is kept first"

    assert await sent(lead, f"/stories/{case}", **WORDS) == f"/stories/{case}?notice=story-kept"
    listed = (await agent.get("/stories")).text
    for words in (
        "A cake for […]",
        "&lt;b&gt;Never&lt;/b&gt; came, says […]",
        "All is &lt;i&gt;well",
        "Anonymous",
    ):
        assert words in listed
    main = listed[listed.index("<main") :]
    assert "Dana" not in main
    assert f"/stories/{case}" not in main, "only leads change it"
    history = (await agent.get(f"/cases/{case}")).text
    assert "kept a story of this case, without names" in history


async def test_what_is_missing_is_said_and_nothing_typed_is_lost(lead: Visitor, case: int):
    page = await sent(lead, f"/stories/{case}", 422, **{**WORDS, "ended": ""})
    assert "Write this part." in page
    assert "A cake for Dana" in page
    await sent(lead, f"/stories/{case}", **WORDS)
    page = await sent(lead, f"/stories/{case}", 409, **WORDS)
    assert "Someone else has changed this story" in page
    page = await sent(
        lead, f"/stories/{case}/agreement", 422, name="Dana <b>", on="", how="By mail", version="1"
    )
    assert "Choose the day on which they agreed" in page
    assert "Dana &lt;b&gt;" in page


async def test_an_agreement_names_the_person_until_they_withdraw(
    lead: Visitor, agent: Visitor, site: Site, case: int
):
    await sent(lead, f"/stories/{case}", **WORDS)
    day = str(site.clock().date())
    await sent(lead, f"/stories/{case}/agreement", name="Dana S.", on=day, how="By <b> mail", version="1")
    await sent(lead, f"/stories/{case}", **WORDS, version="2")
    listed = (await agent.get("/stories")).text
    assert "Dana S." in listed
    assert "A cake for Dana" in listed
    assert "By &lt;b&gt; mail" in (await lead.get(f"/stories/{case}")).text

    assert await sent(lead, f"/stories/{case}/withdraw") == f"/stories/{case}?notice=story-anonymous"
    for page in ((await agent.get("/stories")).text, (await lead.get(f"/stories/{case}")).text):
        kept = re.sub(r'<input [^>]*name="name"[^>]*>', "", page)
        assert "Dana" not in kept[kept.index("<main") :]
    history = (await agent.get(f"/cases/{case}")).text
    assert "made its story anonymous again" in history


async def test_a_story_is_deleted_and_its_case_stays(lead: Visitor, agent: Visitor, case: int):
    await sent(lead, f"/stories/{case}", **WORDS)
    assert await sent(lead, f"/stories/{case}/remove") == "/stories?notice=removed"
    assert "No story yet" in (await agent.get("/stories")).text
    assert (await agent.get(f"/cases/{case}")).status_code == 200
    assert (await lead.send_form(f"/stories/{case}/remove")).status_code == 404


async def test_the_story_of_a_case_that_was_opened_again_says_so(lead: Visitor, alice: Member, case: int):
    await lead.send_form(f"/stories/{case}", **WORDS)
    assert "has gone on since" not in (await lead.get("/stories")).text
    await move(case, "report_not_fixed", by=alice, text="It broke again")
    assert "Its case has gone on since: In progress." in (await lead.get("/stories")).text
