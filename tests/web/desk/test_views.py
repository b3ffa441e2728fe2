"""Are lists kept under a name where they are used?"""

import re

import pytest

from amends.services.team.members import Act, Member
from amends.services.workflow import severities
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_a_list_is_kept_under_a_name_and_removed(desk: Visitor, alice: Member):
    await severities.weigh(Act(alice, MONDAY), await make_case(alice), severity="s1")
    assert "Save view" not in (await desk.get("/cases")).text
    narrowed = (await desk.get("/cases?severity=s1&owner=nobody")).text
    assert "Save view" in narrowed
    kept = {
        "name": "Bad <i>ones</i>",
        "severity": "s1",
        "owner": "nobody",
        "stage": "nonsense",
        "shared": "on",
    }
    answer = await desk.send_form("/views", **kept)
    assert answer.headers["location"] == "/cases?owner=nobody&severity=s1&notice=saved"
    page = (await desk.get("/cases?owner=nobody&severity=s1")).text
    assert "Bad &lt;i&gt;ones&lt;/i&gt;" in page
    assert 'aria-current="true"' in page
    assert "Save view" not in page
    [remove] = re.findall(r'action="(/views/[^"]+/remove)"', page)
    await desk.send_form(remove)
    assert "Bad" not in (await desk.get("/cases")).text
