"""Is a case held, kept, and what was done about its author recorded by a program as on pages?"""

from tests.web.site import Site
from tests.world import case_row, make_case, make_member

HOLD = {"reason": "A letter of their lawyer", "reviewOn": "2026-11-01"}


async def test_a_lead_holds_one_case_and_lifts_it(site: Site) -> None:
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    path = f"/api/v1/cases/{await make_case(bob)}/holds"
    refused = await (await site.program(bob)).post(path, json=HOLD)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:amends:problem:legal-hold-not-yours")
    program = await site.program(alice)
    assert (await program.post(path, json=HOLD)).status_code == 201
    [held] = (await program.get(path)).json()["holds"]
    assert (held["reason"], held["number"], held["placedBy"]["name"]) == (HOLD["reason"], 1, "Alice")
    await program.post(f"/api/v1/holds/{held['id']}/lift", json={"reason": "Settled"})
    assert (await program.get(path)).json() == {"holds": []}
    assert (await program.post("/api/v1/cases/0/holds", json=HOLD)).status_code == 404


async def test_a_case_that_retention_did_not_list_is_not_kept_longer(site: Site) -> None:
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    path = f"/api/v1/cases/{await make_case(bob)}/retention"
    body = {"until": "2027-05-01", "reason": "The claim is not settled"}
    refused = await (await site.program(bob)).post(path, json=body)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:amends:problem:keeping-not-yours")
    program = await site.program(alice)
    for answer in (await program.post(path, json=body), await program.post(f"{path}/end")):
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:amends:problem:not-listed")


async def test_a_report_is_recorded_with_its_proof_and_its_result(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    author = str((await case_row(number))["author"])
    program = await site.program(bob)
    path = f"/api/v1/cases/{number}/measures"
    body = {"kind": "reported", "accounts": [author], "reviewOn": "2026-06-01", "place": "The form"}
    refused = await program.post(path, json=body)
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {"reference"})
    made = await program.post(path, json={**body, "reference": "T-1"})
    assert made.status_code == 201
    result = {"result": "removed", "words": "It is gone"}
    assert (await program.post(f"{path}/{made.json()['id']}/result", json=result)).status_code == 200
    [one] = (await program.get(f"/api/v1/people/{author}/measures")).json()["measures"]
    assert (one["reference"], one["result"], one["resultBy"]["name"]) == ("T-1", "removed", "Bob")
