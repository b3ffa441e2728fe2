"""Does a program read who wrote, and change what is known of them as it saw it?"""

from datetime import timedelta

from amends.rules.vocabulary import MeasureKind
from amends.services.team.members import Act
from amends.services.workflow import measures
from amends.services.workflow.measures import Given
from tests.web.site import Site
from tests.world import MONDAY, case_row, make_case, make_member

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


async def test_accounts_are_joined_and_come_apart_again(site: Site) -> None:
    bob = await make_member("bob")
    one, other = [
        (await case_row(await make_case(bob, author={"name": "Dana", "handle": handle})))["author"]
        for handle in ("@dana", "@dana_b")
    ]
    program = await site.program(bob)
    path = f"/api/v1/people/{one}"
    assert (await program.post(f"{path}/join", json={"other": str(other)})).json() == {"author": str(one)}
    assert len((await program.get(path)).json()["accounts"]) == 2
    [decided] = (await program.get(f"{path}/matches")).json()["decided"]
    assert decided["verdict"] == "same"
    assert (await program.post(f"{path}/decisions/{decided['id']}/undo")).status_code == 200
    assert len((await program.get(path)).json()["accounts"]) == 1
    assert (await program.post(f"{path}/separate", json={"other": str(other)})).status_code == 200
    told = (await program.get(f"{path}/matches")).json()
    assert ([one["verdict"] for one in told["decided"]], told["matches"]) == (["different"], [])


async def test_leads_alone_hold_a_person(site: Site) -> None:
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    path = f"/api/v1/people/{(await case_row(await make_case(bob)))['author']}/holds"
    wanted = {"reason": "A letter of their lawyer", "reviewOn": "2026-11-02"}
    refused = await (await site.program(bob)).post(path, json=wanted)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:amends:problem:legal-hold-not-yours")
    lead = await site.program(alice)
    assert (await lead.post(path, json=wanted)).status_code == 201
    [hold] = (await lead.get(path)).json()["holds"]
    assert (hold["reason"], hold["reviewOn"]) == (wanted["reason"], wanted["reviewOn"])
    one = f"/api/v1/holds/{hold['id']}"
    later = {"reason": "Not settled", "reviewOn": "2026-12-01"}
    assert (await lead.post(f"{one}/review", json=later)).status_code == 200
    assert (await lead.post(f"{one}/lift", json={"reason": "Settled"})).json() == {"id": hold["id"]}
    assert (await lead.get(path)).json()["holds"] == []
    assert (await lead.post(f"{one}/lift", json={"reason": "Settled"})).status_code == 404


async def test_what_was_blocked_or_reported_is_read(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    author = (await case_row(number))["author"]
    on = (MONDAY + timedelta(days=7)).date()
    given = Given(
        accounts=frozenset({author}),
        kind=MeasureKind.REPORTED,
        place="X",
        reference="R-4711",
        no_copy="Gone",
        review_on=on,
    )
    await measures.record(Act(bob, MONDAY), number, given)
    program = await site.program(bob)
    [measure] = (await program.get(f"/api/v1/people/{author}/measures")).json()["measures"]
    assert (measure["kind"], measure["reference"], measure["case"]) == ("reported", "R-4711", number)
    assert measure["accounts"] == ["@dana"]
    nobody = f"/api/v1/people/{bob.id}"
    for part in ("matches", "holds", "measures"):
        assert (await program.get(f"{nobody}/{part}")).status_code == 404
