"""Dossiers by their page: for leads, with what was ticked, as a ZIP that holds a PDF."""

import io
import re
import zipfile
from uuid import uuid4

import pytest

from amends.gateways import pdf_sandbox
from amends.rules.vocabulary import IncidentKind
from amends.services.capture import captures
from amends.services.desk import incidents
from amends.services.operation import dossiers
from amends.services.operation.dossiers import Choice
from amends.services.team.members import Act, Member
from amends.web.operation import dossier_fonts, dossier_paper
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member, post


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_a_lead_makes_one_in_french_and_finds_it_again(desk: Visitor, alice: Member):
    number = await make_case(alice)
    page = (await desk.get(f"/dossiers/new?cases={number}")).text
    [capture] = re.findall(r'name="keep" value="([^"]+)" checked', page)
    fields = {"cases": f"#{number}", "reader": "police", "language": "fr"}
    answer = await desk.send_form("/dossiers", **fields, shown=capture, keep=capture)
    assert answer.headers["content-disposition"] == f'attachment; filename="dossier-{number}.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert pack.testzip() is None
        assert pack.read("dossier-1.pdf").startswith(b"%PDF-")
        assert "posts/001.json" in pack.namelist()
    again = (await desk.get(f"/dossiers/new?cases={number}")).text
    assert "Made before" in again
    assert re.search(r"<code[^>]*>[0-9a-f]{64}</code>", again)
    assert "made a dossier of this case" in (await desk.get(f"/cases/{number}")).text


async def test_what_is_not_ticked_stays_out(desk: Visitor, alice: Member):
    number = await make_case(alice)
    page = (await desk.get(f"/dossiers/new?cases={number}")).text
    [capture] = re.findall(r'name="shown" value="([^"]+)"', page)
    answer = await desk.send_form("/dossiers", cases=str(number), shown=capture)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert not [name for name in pack.namelist() if name.startswith("posts/")]


async def test_without_a_case_the_form_says_what_is_missing(desk: Visitor):
    answer = await desk.send_form("/dossiers", cases="none", reader="court")
    assert answer.status_code == 422
    assert "Enter its number." in answer.text
    assert (await desk.get("/dossiers/new")).status_code == 200
    assert (await desk.get("/dossiers/new?cases=4711")).status_code == 404


async def test_agents_are_not_offered_one(site: Site, alice: Member):
    number = await make_case(alice)
    agent = await site.visit_as(await make_member("bob"))
    assert "/dossiers/new" not in (await agent.get(f"/cases/{number}")).text
    assert (await agent.get(f"/dossiers/new?cases={number}")).status_code == 403


async def test_a_person_and_an_incident_have_one_of_all_their_cases(desk: Visitor, alice: Member):
    first, second = await make_case(alice), await make_case(alice)
    person = re.search(r'href="(/people/[^"]+)"', (await desk.get(f"/cases/{first}")).text)
    assert person
    link = re.search(r'href="(/dossiers/new[?]about=person:[^"]+)"', (await desk.get(person[1])).text)
    assert link
    page = (await desk.get(link[1])).text
    assert "Dossier of Dana" in page
    assert f'value="#{first}, #{second}"' in page
    opening = incidents.Opening(title="Oven fire", kind=IncidentKind.OTHER, numbers=[first, second])
    number = await incidents.open_incident(Act(alice, MONDAY), opening)
    room = (await desk.get(f"/incidents/{number}")).text
    assert f"/dossiers/new?about=incident:{number}" in room
    page = (await desk.get(f"/dossiers/new?about=incident:{number}")).text
    assert "Dossier of the incident “Oven fire”" in page
    assert page.count('name="keep"') == 2
    assert (await desk.get("/dossiers/new?about=incident:99")).status_code == 404


async def test_other_people_are_proposed_and_what_is_ticked_is_in_no_file(desk: Visitor, alice: Member):
    first = uuid4()
    received = await captures.receive(Act(alice, MONDAY), first, post())
    author = {"name": "Zelda Fitz", "handle": "@zelda", "url": "https://x.com/zelda"}
    await captures.receive(
        Act(alice, MONDAY), uuid4(), post(text="Same here", author=author, sameCaseAs=str(first))
    )
    number = received.case.number
    page = (await desk.get(f"/dossiers/new?cases={number}")).text
    assert 'name="redact" value="Zelda Fitz" checked' in page
    assert 'name="redact" value="@dana"' not in page
    kept = re.findall(r'name="shown" value="([^"]+)"', page)
    answer = await desk.send_form(
        "/dossiers", cases=str(number), shown=kept, keep=kept, redact=["Zelda Fitz", "@zelda"]
    )
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        texts = [pack.read(name) for name in pack.namelist() if not name.endswith((".pdf", ".png"))]
    assert not [text for text in texts if b"zelda" in text.lower()]


async def test_a_character_without_a_font_is_told_before_and_stands_by_its_code(desk: Visitor, alice: Member):
    number = await make_case(alice, text="Signed \U00012000 and Dana")
    page = (await desk.get(f"/dossiers/new?cases={number}")).text
    assert "This server has no font for some characters." in page
    assert "U+12000" in page
    gathered = await dossiers.gather([number], Choice(), by=alice, now=MONDAY)
    html = dossier_paper.sheet(gathered, gathered.exhibits, set(), team="", by="", volume=(1, 1))
    written = await dossier_fonts.without_boxes(html)
    assert "not yet checked by people since" in html
    assert "\U00012000" not in written
    assert "Signed [U+12000] and Dana" in written
    assert "This server has no font for these characters" in written


async def test_a_server_without_pango_asks_for_no_language_of_a_pdf_and_makes_the_rest(
    desk: Visitor, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await make_case(alice)
    lacking = "import sys; sys.modules['weasyprint'] = None; "
    monkeypatch.setattr(pdf_sandbox, "_CODE", lacking + pdf_sandbox._CODE)
    page = (await desk.get(f"/dossiers/new?cases={number}")).text
    assert "Language of the PDF" not in page
    assert "pip install 'amends[pdf]'" in page
    answer = await desk.send_form("/dossiers", cases=str(number))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert not [name for name in pack.namelist() if name.endswith(".pdf")]
        assert "MANIFEST.sha256" in pack.namelist()
