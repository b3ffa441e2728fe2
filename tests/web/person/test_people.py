"""Does the page of a person show everything, safely, and can members decide there without a script?"""

import re

import pytest

from amends import tables
from amends.services.person import people
from amends.services.team.members import Member
from tests.services.person.test_people import author_of, case_by
from tests.web.site import Site, Visitor
from tests.world import DAY, MONDAY, case_row, lead_to, make_case, make_member

HOSTILE = "<script>alert(1)</script>"
RANT = "This bakery sold me a terrible cake with a rusty nail inside and nobody apologised."


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_who_wrote_a_case_leads_to_their_page(desk: Visitor, alice: Member):
    number = await case_by("@dana", alice, name=HOSTILE, text=HOSTILE)
    author = await author_of(number)
    assert f'href="/people/{author}"' in (await desk.get(f"/cases/{number}")).text
    assert f'href="/people/{author}"' in (await desk.get("/people")).text
    page = (await desk.get(f"/people/{author}")).text
    assert "<script>alert" not in page
    assert f'href="/cases/{number}"' in page
    assert (await desk.get("/people/00000000-0000-4000-8000-000000000000")).status_code == 404
    assert (await desk.get("/people?before=nonsense")).status_code == 200


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("2010-10-23T17:01:35Z", "Sat 23 Oct 2010"),
        ("28. Juni 2014", "Sat 28 Jun 2014"),
        ("Jun 2008", "June 2008"),
        ("2012", "2012"),
    ],
)
async def test_since_when_an_account_exists_is_shown_as_precisely_as_its_site_says(
    desk: Visitor, alice: Member, said: str, shown: str
):
    number = await make_case(alice, context={"authorSince": said})
    page = (await desk.get(f"/people/{await author_of(number)}")).text
    assert f"account since {shown}, first seen" in page


async def test_the_list_shows_the_cases_of_each_week_with_their_numbers(desk: Visitor, alice: Member):
    await make_case(alice, now=MONDAY - 8 * DAY)
    await make_case(alice)
    page = (await desk.get("/people")).text
    assert "<title>Cases a week, the last 12 weeks: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1</title>" in page
    assert page.count('width="3" height=') == 2, "weeks without a case have no bar"


async def test_leads_take_people_out_as_a_table_and_the_log_says_so(site: Site, desk: Visitor, alice: Member):
    await case_by("@dana", alice, name="=Dana")
    assert "/people/table.csv" in (await desk.get("/people")).text
    answer = await desk.get("/people/table.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="amends-people.csv"'
    assert "'=Dana" in answer.text
    assert await tables.AuditEvent.exists().where(tables.AuditEvent.kind == "exported")
    agent = await site.visit_as(await make_member("bob"))
    assert "/people/table.csv" not in (await agent.get("/people")).text
    assert (await agent.get("/people/table.csv")).status_code == 403


async def test_what_is_known_is_written_down(desk: Visitor, alice: Member):
    author = await author_of(await case_by("@dana", alice))
    sent = {"contact": "dana@example.org", "notes": HOSTILE, "customer_status": "verified"}
    answer = await desk.send_form(f"/people/{author}", **sent)
    assert answer.headers["location"] == f"/people/{author}?notice=saved"
    page = (await desk.get(f"/people/{author}")).text
    assert "dana@example.org" in page
    assert "&lt;script&gt;alert(1)" in page


async def test_a_suspect_is_joined_and_parted_again(desk: Visitor, alice: Member):
    one = await author_of(await case_by("@rant_king", alice, text=RANT))
    other = await author_of(await case_by("rant_king", alice, platform="bluesky", text=RANT))
    page = (await desk.get(f"/people/{one}")).text
    assert "Maybe also" in page
    assert "the same handle: rant_king" in page
    await desk.send_form(f"/people/{one}/reject", other=str(other))
    assert "Maybe also" not in (await desk.get(f"/people/{one}")).text
    await desk.send_form(f"/people/{one}/join", other=str(other))
    joined = (await desk.get(f"/people/{one}")).text
    assert len((await people.find(one)).accounts) == 2
    [undo] = re.findall(r'action="(/people/[^"]+/take-back)"', joined)
    await desk.send_form(undo)
    assert len((await people.find(one)).accounts) == 1
    assert "Maybe also" in (await desk.get(f"/people/{other}")).text


async def test_the_recovery_track_is_shown_once_an_admin_has_switched_it_on(site: Site):
    admin = await make_member("ada", role="admin")
    number = await make_case(admin)
    await lead_to(number, "checked_in", by=admin)
    visitor = await site.visit_as(admin)
    address = f"/people/{(await case_row(number))['author']}"
    assert "Recovery track" not in (await visitor.get(address)).text
    form = {"version": "0", "budget": "2", "currency": "EUR", "recovery_track": "on"}
    assert (await visitor.send_form("/settings/replies", **form)).status_code == 303
    page = (await visitor.get(address)).text
    assert "1 of 12" in page
    assert "The second chance was kept" in page
    assert 'name="recovery_track" checked' in (await visitor.get("/settings/replies")).text
