"""What a browser is told of places to watch, and what it may tell."""

from uuid import UUID, uuid4

from amends.services.desk import watched_places
from amends.services.desk.watched_places import Given
from amends.services.team.members import Act, Member
from tests.web.site import Site
from tests.world import DAY, MONDAY, make_member

REVIEWS = "https://www.trustpilot.com/review/bakers.example"


async def watched(lead: Member, *members: Member) -> UUID:
    given = Given(name="Our reviews", address=REVIEWS, every=1, members=[one.id for one in members])
    return await watched_places.add_place(Act(lead, MONDAY), given)


async def test_a_browser_is_told_the_due_places_of_its_member_and_no_others(site: Site) -> None:
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    place = await watched(alice, bob, alice)
    told = await (await site.paired(bob)).get("/api/v1/places")
    assert told.json() == {"places": [{"id": str(place), "url": REVIEWS}]}
    assert (await (await site.paired(alice)).get("/api/v1/places")).json() == {"places": []}


async def test_an_opened_place_is_visited_once_and_leaves_the_list(site: Site) -> None:
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    place = await watched(alice, bob)
    browser = await site.paired(bob)
    first = await browser.get("/api/v1/places")
    tag = {"if-none-match": first.headers["etag"]}
    assert (await browser.get("/api/v1/places", headers=tag)).status_code == 304
    for counted in (True, False):
        answer = await browser.post(f"/api/v1/places/{place}/visits")
        assert (answer.status_code, answer.json()) == (200, {"counted": counted})
    assert (await browser.get("/api/v1/places")).json() == {"places": []}
    [visit] = await watched_places.visits_of(place)
    assert (visit.by, visit.by_browser, visit.found) == ("Bob", True, None)
    assert (await watched_places.due_for(bob.id, now=MONDAY + DAY)).places


async def test_a_place_that_was_removed_is_not_found(site: Site) -> None:
    browser = await site.paired(await make_member("bob"))
    assert (await browser.post(f"/api/v1/places/{uuid4()}/visits")).status_code == 404
