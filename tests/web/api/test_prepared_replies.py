"""Does a program of a lead keep the library of prepared replies as the page does?"""

from amends.services.reply.reply_templates import starter
from tests.web.site import Site
from tests.world import MONDAY, make_member

LIST = "/api/v1/prepared-replies"
WRITTEN = {"title": "Late", "text": "Sorry, {author}, it is late.", "language": "en", "stance": "fix"}


async def test_prepared_replies_are_found_and_paged(site: Site) -> None:
    bob = await make_member("bob")
    made = await starter.install(by=None, now=MONDAY)
    program, seen, cursor = await site.program(bob), 0, ""
    while cursor is not None:
        query = {"limit": "20", **({"cursor": cursor} if cursor else {})}
        page = (await program.get(LIST, params=query)).json()
        seen, cursor = seen + len(page["replies"]), page["next"]
    assert seen == made
    french = (await program.get(LIST, params={"language": "fr"})).json()["replies"]
    assert {one["language"] for one in french} == {"fr"}


async def test_a_lead_writes_one_changes_it_as_it_was_seen_and_archives_it(site: Site) -> None:
    program = await site.program(await make_member("alice", role="lead"))
    made = await program.post(LIST, json=WRITTEN)
    assert made.status_code == 201
    path = f"{LIST}/{made.json()['id']}"
    shown = await program.get(path)
    assert (shown.json()["text"], shown.json()["source"]) == (WRITTEN["text"], "any")
    other = {**WRITTEN, "title": "Very late"}
    assert (await program.put(path, json=other)).status_code == 428
    assert (
        await program.put(path, json=other, headers={"if-match": shown.headers["etag"]})
    ).status_code == 200
    stale = {**WRITTEN, "title": "Lost"}
    refused = await program.put(path, json=stale, headers={"if-match": shown.headers["etag"]})
    assert (refused.status_code, refused.json()["type"]) == (412, "urn:amends:problem:version-is-another")
    assert (await program.post(f"{path}/archive")).json()["archived"] is True
    assert (await program.get(LIST)).json()["replies"] == []
    assert (await program.post(f"{path}/restore")).json()["archived"] is False
    assert (await program.get(path)).json()["title"] == "Very late"


async def test_what_the_page_refuses_is_refused_with_its_sentence(site: Site) -> None:
    program = await site.program(await make_member("alice", role="lead"))
    refused = await program.post(LIST, json={**WRITTEN, "text": "Dear {whom}"})
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {"text"})
    assert (await program.post(LIST, json={**WRITTEN, "source": "nowhere"})).status_code == 422


async def test_the_scope_is_offered_to_leads_alone_and_ends_with_the_role(site: Site) -> None:
    bob = await make_member("bob")
    program = await site.program(bob)
    refused = await program.post(LIST, json=WRITTEN)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:amends:problem:not-your-role")
