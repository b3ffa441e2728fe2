"""Does the page tell what came of the nudges, and can an admin follow or dismiss what it proposes?"""

from datetime import timedelta
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.follow_up.promises import Record
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member
from amends.web.nudge import figures_view
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member, owed

PAGE = "/settings/figures"


@pytest.fixture
async def root(site: Site) -> Member:
    return await make_member("root", role="admin")


@pytest.fixture
async def desk(site: Site, root: Member) -> Visitor:
    return await site.visit_as(root)


async def ignored(by: Member, times: int = 12) -> None:
    """So many nudges of one follow-up, after which nobody did anything."""
    follow_up = (await owed(await make_case(by)))["triage"]["id"]
    target = uuid4()
    await tables.Target.insert(
        tables.Target(id=target, name="team", sealed="x", masked="x", created_at=MONDAY)
    )
    rows = [
        tables.Nudge(
            **{
                "id": uuid4(),
                "key": uuid4().hex,
                "follow_up": follow_up,
                "generation": 100 + place,
                "rung": 1,
            },
            **{"audience": "team", "target": target, "state": "sent", "run_at": MONDAY, "created_at": MONDAY},
            settled_at=MONDAY + timedelta(hours=place + 1),
        )
        for place in range(times)
    ]
    await tables.Nudge.insert(*rows)


async def test_without_nudges_it_says_so_and_where_to_look(site: Site, desk: Visitor):
    page = (await desk.get(PAGE)).text
    assert "No reminder was sent in the last 30 days." in page
    assert 'href="/settings/worker"' in page


async def test_what_is_ignored_is_counted_and_a_longer_time_proposed(site: Site, desk: Visitor, root: Member):
    await ignored(root)
    site.clock.move(timedelta(days=3))
    desk = await site.visit_as(root)
    page = (await desk.get(PAGE)).text
    assert "12 (100%)" in page
    assert "12 of 12 reminders of the last 30 days were ignored (100%)." in page
    assert 'href="/settings/policy?widen=triage#times"' in page
    widened = (await desk.get("/settings/policy?widen=triage")).text
    assert "Decide, S3 normal: " in widened
    assert (await desk.send_form(f"{PAGE}/triage/dismiss")).headers["location"] == f"{PAGE}?notice=dismissed"
    assert "were ignored" not in (await desk.get(PAGE)).text


async def test_a_kind_that_is_none_is_not_found(desk: Visitor):
    assert (await desk.send_form(f"{PAGE}/nonsense/dismiss")).status_code == 404


async def test_it_tells_whether_promises_are_kept(site: Site, desk: Visitor, root: Member):
    assert "No promise came due in the last 30 days." in (await desk.get(PAGE)).text
    for hours in (1, 30):
        number = await make_case(root)
        due_at = MONDAY + timedelta(days=1)
        await follow_ups.promise(Act(root, MONDAY), number, words="A call", due_at=due_at)
        at = MONDAY + timedelta(hours=hours)
        await follow_ups.keep(Act(root, at), (await owed(number))["promise"]["id"])
    site.clock.move(timedelta(days=2))
    page = (await (await site.visit_as(root)).get(PAGE)).text
    assert "of the promises that came due were kept on time" not in page, "two are too few for a share"
    assert "<dt>Kept too late</dt><dd>1</dd>" in page


@pytest.mark.parametrize(("record", "said"), [(Record(kept=9), ""), (Record(kept=9, late=1), "90%")])
def test_a_share_of_promises_is_said_of_ten_or_more(record: Record, said: str):
    assert figures_view.kept(record) == said
