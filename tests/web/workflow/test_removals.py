"""Does the page of a case let a wrong capture be taken back, and a lead remove it with a reason?"""

from datetime import timedelta
from uuid import uuid4

from amends import tables
from amends.services.capture import captures
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import make_member, post


async def test_who_captured_it_takes_it_back_from_its_page_within_ten_minutes(site: Site) -> None:
    bob = await make_member("bob")
    await captures.receive(Act(bob, site.clock()), uuid4(), post())
    desk = await site.visit_as(bob)
    page = (await desk.get("/cases/1")).text
    assert 'action="/cases/1/take-back"' in page
    assert 'action="/cases/1/remove"' not in page, "bob leads nobody"
    answer = await desk.send_form("/cases/1/take-back")
    assert answer.headers["location"] == "/cases?notice=taken-back"
    assert "Capture undone" in (await desk.get(answer.headers["location"])).text
    gone = await desk.get("/cases/1")
    assert gone.status_code == 404
    assert "Case #1 was captured by mistake: Bob undid it." in gone.text


async def test_after_ten_minutes_the_page_offers_it_no_more_and_says_why_if_it_is_asked(site: Site) -> None:
    bob = await make_member("bob")
    await captures.receive(Act(bob, site.clock() - timedelta(minutes=11)), uuid4(), post())
    desk = await site.visit_as(bob)
    assert "/take-back" not in (await desk.get("/cases/1")).text
    answer = await desk.send_form("/cases/1/take-back")
    assert answer.status_code == 409
    assert answer.text.count("ten minutes have passed") == 1
    assert await tables.Case.count() == 1


async def test_a_lead_removes_a_case_only_with_a_reason(site: Site) -> None:
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    await captures.receive(Act(bob, site.clock()), uuid4(), post())
    desk = await site.visit_as(alice)
    assert 'action="/cases/1/take-back"' not in (await desk.get("/cases/1")).text, "bob captured it"
    empty = await desk.send_form("/cases/1/remove", reason="")
    assert empty.status_code == 422
    assert 'id="removal-reason-error"' in empty.text
    answer = await desk.send_form("/cases/1/remove", reason="<b>Not our customer")
    assert answer.headers["location"] == "/cases?notice=case-removed"
    gone = (await desk.get("/cases/1")).text
    assert "Case #1 was removed by Alice: &lt;b&gt;Not our customer" in gone


async def test_a_browser_takes_its_own_capture_back(site: Site) -> None:
    bob, capture_id = await make_member("bob"), uuid4()
    await captures.receive(Act(bob, site.clock()), capture_id, post())
    browser = await site.paired(bob)
    for _ in range(2):
        assert (await browser.delete(f"/api/v1/captures/{capture_id}")).status_code == 204
    assert await tables.Case.count() == 0
    unknown = await browser.delete(f"/api/v1/captures/{uuid4()}")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:amends:problem:capture-unknown")
