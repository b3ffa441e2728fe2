"""Does a program read who wrote, and change what is known of them as it saw it?"""

from tests.web.site import Site
from tests.world import case_row, make_case, make_member

KNOWN = {"contact": "dana@example.org", "notes": "Prefers to write", "customerStatus": "verified"}


async def test_a_person_is_found_by_their_name_with_their_cases(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program = await site.program(bob)
    [listed] = (await program.get("/api/v1/people", params={"words": "dan"})).json()["people"]
    assert (await program.get("/api/v1/people")).json()["people"] == [listed]
    assert (await program.get("/api/v1/people", params={"words": "nobody"})).json()["people"] == []
    person = (await program.get(f"/api/v1/people/{listed['author']}")).json()
    assert [case["number"] for case in person["cases"]] == [number]
    assert person["accounts"][0]["handle"] == "@dana"


async def test_what_is_known_is_changed_by_whom_saw_it_last(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program = await site.program(bob)
    path = f"/api/v1/people/{(await case_row(number))['author']}"
    tag = (await program.get(path)).headers["etag"]
    assert (await program.put(path, json=KNOWN)).status_code == 428
    saved = await program.put(path, json=KNOWN, headers={"if-match": tag})
    assert (saved.status_code, saved.json()["known"]) == (200, KNOWN)
    other = await program.put(path, json={**KNOWN, "notes": "Calls"}, headers={"if-match": tag})
    assert (other.status_code, other.json()["type"]) == (412, "urn:amends:problem:version-is-another")
    assert saved.headers["etag"] == (await program.get(path)).headers["etag"]
    assert (await case_row(number))["customer_status"] == "verified"


async def test_a_token_for_cases_reads_no_person(site: Site) -> None:
    browser = await site.paired(await make_member("bob"))
    answer = await browser.get("/api/v1/people")
    assert answer.json()["type"] == "urn:amends:problem:out-of-scope"
    assert "people:read" in answer.json()["detail"]
