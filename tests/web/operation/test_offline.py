"""Is what browsers keep the same for everybody, and nothing of a member or a case?"""

import re

from tests.web.site import Site


async def test_the_page_is_the_same_for_everybody_in_both_languages_and_without_scripts(site: Site) -> None:
    strangers = await site.visitor().get("/offline")
    member = await (await site.signed_in("admin", language="fr")).get("/offline")
    assert strangers.text == member.text
    assert "You are offline" in strangers.text
    assert "Vous êtes hors ligne" in strangers.text
    assert "<script" not in strangers.text
    assert "nonce" not in strangers.text


async def test_everything_that_the_page_needs_can_be_fetched_by_anybody(site: Site) -> None:
    visitor = site.visitor()
    parts = re.findall(r'(?:href|src)="(/static/[^"]+)"', (await visitor.get("/offline")).text)
    assert len(parts) == 7
    for part in parts:
        assert (await visitor.get(part)).status_code == 200


async def test_the_worker_stands_at_the_root_and_is_never_kept(site: Site) -> None:
    answer = await site.visitor().get("/service-worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-store"


async def test_only_pages_of_members_register_the_worker(site: Site) -> None:
    assert "js/installed.js" in (await (await site.signed_in()).get("/")).text
    assert "js/installed.js" not in (await site.visitor().get("/sign-in")).text
