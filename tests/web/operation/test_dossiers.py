"""Dossiers by their page: for leads, with what was ticked, as a ZIP that holds a PDF."""

import io
import re
import zipfile

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import make_case, make_member


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
