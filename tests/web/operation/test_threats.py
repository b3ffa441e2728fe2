"""The threat of a case by its pages: one press, who was told, a link to the dossier, the hold."""

import io
import re
import zipfile
from uuid import uuid4

import pytest

from amends import tables
from amends.services.capture import captures
from amends.services.follow_up import playbooks, threat_plans
from amends.services.team.members import Act, Member
from amends.services.workflow import threats
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member, make_target, move, post


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def sent(desk: Visitor, path: str, **fields: str) -> str:
    """The page to which a form leads."""
    answer = await desk.send_form(path, **fields)
    assert answer.status_code == 303, answer.text
    return (await desk.get(answer.headers["location"])).text


@pytest.fixture
async def flagged(alice: Member) -> int:
    number = await make_case(alice)
    await threats.flag(Act(alice, MONDAY), number)
    return number


async def test_one_press_flags_a_case_and_can_be_taken_back(desk: Visitor, alice: Member):
    number = await make_case(alice)
    assert "This is a threat" in (await desk.get(f"/cases/{number}")).text
    page = await sent(desk, f"/cases/{number}/threat")
    assert "Replies and drafts are held until a lead lifts that." in page
    assert "Keep a copy of the post" in page
    assert "flagged the case as a threat; its replies are held. Next: " in page
    assert "This is a threat" not in page


async def test_triage_has_the_press_too(desk: Visitor, alice: Member):
    await make_case(alice)
    assert "This is a threat" in (await desk.get("/triage")).text


async def test_a_case_that_is_no_threat_has_no_page_for_it(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.get(f"/cases/{number}/threat")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{number}")


async def test_the_page_has_the_plan_with_numbers_and_who_was_told(desk: Visitor, flagged: int):
    page = (await desk.get(f"/cases/{flagged}/threat")).text
    assert '<a href="tel:112">112</a>' in page
    assert "no number yet" in page
    fields = {"name": "Police", "how": "phone", "dossier": "attached", "words": "Reference <b>12</b>"}
    page = await sent(desk, f"/cases/{flagged}/threat/told", **fields)
    assert "dossier handed over as a file" in page
    assert "Reference &lt;b&gt;12&lt;/b&gt;" in page
    assert "told Police about the threat" in (await desk.get(f"/cases/{flagged}")).text


async def test_the_words_of_a_threat_are_folded_on_its_page(desk: Visitor, alice: Member):
    number = await make_case(alice, text="I know where you live")
    await threats.flag(Act(alice, MONDAY), number)
    for path in (f"/cases/{number}", f"/cases/{number}/threat"):
        page = (await desk.get(path)).text
        assert "I know where you live" in page
        shown = re.sub(r'<details class="hostile">.*?</details>', "", page, flags=re.DOTALL)
        assert "I know where you live" not in shown


async def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(desk: Visitor, flagged: int):
    answer = await desk.send_form(f"/cases/{flagged}/threat/told", name=" ", words="They come at six")
    assert answer.status_code == 422
    assert "Say who was told." in answer.text
    assert "They come at six" in answer.text
    answer = await desk.send_form(f"/cases/{flagged}/threat/lift", reason="")
    assert (answer.status_code, "it stays on the timeline" in answer.text) == (422, True)


async def test_a_link_opens_the_dossier_without_an_account_until_it_is_revoked(
    site: Site, desk: Visitor, flagged: int
):
    made = await desk.send_form(f"/cases/{flagged}/threat/links", link_for="Police", language="en")
    [link] = re.findall(r'value="[^"]*(/dossier-link\?token=[\w-]{43})" readonly', made.text)
    assert "mailto:" in made.text
    stranger = site.visitor()
    page = await stranger.get(link)
    assert page.status_code == 200
    assert "noindex" in page.headers["x-robots-tag"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "Made for Police." in page.text
    pack = await stranger.get(link.replace("?", "/zip?"))
    assert (pack.headers["content-type"], pack.content[:2]) == ("application/zip", b"PK")
    page = (await desk.get(f"/cases/{flagged}/threat")).text
    assert "opened 1 time" in page
    assert "downloaded 1 time" in page
    assert link.partition("token=")[2] not in page
    [revoke] = re.findall(r'action="([^"]+/revoke)"', page)
    await desk.send_form(revoke)
    assert (await stranger.get(link)).status_code == 404
    assert (await stranger.get(link.replace("?", "/zip?"))).status_code == 404


async def test_a_link_gives_no_name_of_other_people_unless_it_is_unticked(
    site: Site, desk: Visitor, alice: Member
):
    first = uuid4()
    number = (await captures.receive(Act(alice, MONDAY), first, post(text="We will come"))).case.number
    author = {"name": "Zelda Fitz", "handle": "@zelda", "url": "https://x.com/zelda"}
    comment = post(text="Leave them alone, says Zelda Fitz", author=author, sameCaseAs=str(first))
    await captures.receive(Act(alice, MONDAY), uuid4(), comment)
    await threats.flag(Act(alice, MONDAY), number)
    page = (await desk.get(f"/cases/{number}/threat")).text
    proposed = re.findall(r'name="redact" value="([^"]+)" checked', page)
    assert proposed == ["Zelda Fitz", "@zelda"]
    fields = {"link_for": "Police", "language": "en"}
    for redact, holds in ((proposed, False), ([], True)):
        made = await desk.send_form(f"/cases/{number}/threat/links", **fields, redact=redact)
        [link] = re.findall(r'value="[^"]*(/dossier-link\?token=[\w-]{43})" readonly', made.text)
        answer = await site.visitor().get(link.replace("?", "/zip?"))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
            told = b"".join(pack.read(name) for name in pack.namelist() if name.endswith((".json", ".html")))
        assert (b"Zelda" in told) is holds


async def test_a_refused_link_keeps_what_was_ticked(desk: Visitor, flagged: int):
    answer = await desk.send_form(f"/cases/{flagged}/threat/links", link_for=" ", redact_also="Nora Quist")
    assert (answer.status_code, "Nora Quist" in answer.text) == (422, True)


async def test_a_link_that_never_was_says_no_more_than_one_that_ended(site: Site):
    answer = await site.visitor().get("/dossier-link?token=guessed")
    assert answer.status_code == 404
    assert "valid for seven days" in answer.text


async def test_agents_record_who_was_told_but_make_no_link_and_lift_nothing(site: Site, flagged: int):
    agent = await site.visit_as(await make_member("bob"))
    page = (await agent.get(f"/cases/{flagged}/threat")).text
    assert "Record that they were told" in page
    assert "Make a link to the dossier" not in page
    assert "Lift the hold" not in page
    assert "It was no threat" not in page
    assert (await agent.send_form(f"/cases/{flagged}/threat/links", link_for="Me")).status_code == 403
    assert (await agent.send_form(f"/cases/{flagged}/threat/lift", reason="x")).status_code == 403


async def test_the_hold_is_lifted_with_a_reason_and_the_flag_taken_back(desk: Visitor, flagged: int):
    assert "Police agree" in await sent(desk, f"/cases/{flagged}/threat/lift", reason="Police agree")
    page = await sent(desk, f"/cases/{flagged}/threat/withdraw", reason="A song", back="return_to_answer")
    assert "No longer flagged as a threat." in page
    assert "said that it was no threat" in page


async def test_somebody_in_danger_is_one_press_on_the_page(desk: Visitor, flagged: int):
    page = await sent(desk, f"/cases/{flagged}/threat/danger")
    assert "Recorded: someone may be in danger. Whom Amends tells is shown below." in page
    assert "said that someone may be in danger" in (await desk.get(f"/cases/{flagged}")).text


async def test_the_page_says_in_red_that_nobody_could_be_told(desk: Visitor, flagged: int):
    page = (await desk.get(f"/cases/{flagged}/threat")).text
    assert "Nobody could be told by Amends: telephone." in page
    page = await sent(desk, f"/cases/{flagged}/threat/danger")
    assert "Nobody could be told by Amends: telephone." in page
    assert "being told" not in page


async def test_the_page_names_whom_amends_tells_and_how_far_that_came(desk: Visitor, alice: Member):
    await make_target(alice)
    number = await make_case(alice)
    await threats.flag(Act(alice, MONDAY), number)
    page = (await desk.get(f"/cases/{number}/threat")).text
    assert "Alice · phone" in page
    assert "not sent yet" in page
    assert "Nobody could be told" not in page
    await tables.Nudge.update({"state": "dead", "failure": "refused: no such box"}, force=True)
    page = (await desk.get(f"/cases/{number}/threat")).text
    assert "could not be sent" in page
    assert "Nobody could be told by Amends: telephone." in page


async def test_a_case_goes_back_to_where_it_was_unless_another_way_is_chosen(desk: Visitor, flagged: int):
    assert (
        '<option value="as_before" selected>As it was before: New'
        in (await desk.get(f"/cases/{flagged}/threat")).text
    )
    page = await sent(desk, f"/cases/{flagged}/threat/withdraw", reason="A song", back="as_before")
    assert "put it back where it was before the threat" in page


async def test_a_held_case_says_why_nobody_writes(desk: Visitor, alice: Member, flagged: int):
    await move(flagged, "return_to_answer", by=alice, reason="Harmless words")
    page = (await desk.get(f"/cases/{flagged}")).text
    assert "The case is flagged as a threat, so its replies are held until a lead lifts that." in page
    page = (await desk.get(f"/cases/{flagged}/answer")).text
    assert "A lead can lift the hold, with a reason." in page


async def test_leads_write_the_plan_and_its_contacts(desk: Visitor, alice: Member):
    page = (await desk.get("/settings/threat-plan")).text
    assert "No plan yet." in page
    await desk.send_form("/settings/threat-plan/starter")
    page = (await desk.get("/settings/threat-plan")).text
    assert "Do not answer and do not delete anything." in page
    fields = {"name": "Officer Roe", "role": "police", "phone": "+33 1 23", "email": "roe@example.org"}
    await desk.send_form("/settings/contacts", **fields)
    page = (await desk.get("/settings/threat-plan")).text
    assert "Officer Roe" in page
    assert "roe@example.org" in page
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    await desk.send_form("/settings/threat-plan", version=version, **{"words-1": "Call Roe"})
    steps = await playbooks.steps_of(threat_plans.PLAN)
    assert [one.words for one in steps] == ["Call Roe"]
