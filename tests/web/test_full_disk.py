"""What do people see when the server has no room left?"""

from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.database import run
from tests.web.site import Site
from tests.world import MONDAY, make_case, make_member, post

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LONG = "Nobody answers. " * 3_000


def capture(which: UUID) -> dict[str, object]:
    given = post(id=str(which.int % 10**18), text=LONG)
    return {
        "platform": "x",
        "id": str(which.int % 10**18),
        "url": f"https://x.com/dana/status/{which.int % 10**18}",
        "author": {"name": "Dana", "handle": "@dana"},
        "text": given.text,
        "capturedAt": MONDAY.isoformat(),
    }


@ON_SQLITE
async def test_what_has_no_room_is_kept_nowhere_by_half_and_goes_through_once_there_is_room(
    site: Site,
) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    browser, visitor = await site.paired(bob), await site.visit_as(bob)
    [size] = await run("PRAGMA page_count")
    await run(f"PRAGMA max_page_count = {size['page_count'] + 60}")

    kept: list[UUID] = []
    for which in (uuid4() for _ in range(40)):
        answer = await browser.put(f"/api/v1/captures/{which}", json=capture(which))
        if answer.status_code != 201:
            break
        kept.append(which)
    assert answer.status_code == 507, answer.text
    assert answer.json()["type"] == "urn:amends:problem:disk-is-full"
    assert answer.headers["retry-after"] == "60"
    assert "sqlite" not in answer.text.lower()

    assert (await visitor.get(f"/cases/{number}")).status_code == 200, "reading goes on"
    assert {row["id"] for row in await tables.Capture.select(tables.Capture.id)} >= set(kept)
    assert await tables.Capture.count() == len(kept) + 1

    await run("PRAGMA max_page_count = 1073741823")
    again = await browser.put(f"/api/v1/captures/{which}", json=capture(which))
    assert (again.status_code, again.json()["existing"]) == (201, False)
