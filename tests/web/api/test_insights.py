"""Does a program read the figures, problems and incidents that the pages show?"""

from amends.services.insight import counting, daily
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, make_case, make_member


async def test_the_figures_are_those_of_the_report(site: Site) -> None:
    bob = await make_member("bob")
    for _ in range(3):
        await make_case(bob)
    while await counting.count_changed() or await daily.add_up_days():
        pass
    program = await site.program(bob)
    told = (await program.get("/api/v1/insights")).json()
    counts = {one["what"]: one["number"] for one in told["counts"]}
    assert counts["captured"] == 3
    query = {"counted": "captured", "counted_from": told["first"], "counted_to": told["last"]}
    behind = (await program.get("/api/v1/cases", params={**query, "stage": "all"})).json()
    assert behind["total"] == 3


async def test_the_figures_of_one_location_are_its_own(site: Site) -> None:
    bob = await make_member("bob")
    rennes = await locations.make(Act(bob, MONDAY), NewLocation(name="Rennes"))
    await make_case(bob, location=rennes)
    await make_case(bob)
    while await counting.count_changed() or await daily.add_up_days():
        pass
    program = await site.program(bob)
    told = (await program.get("/api/v1/insights", params={"location": str(rennes)})).json()
    assert {one["what"]: one["number"] for one in told["counts"]}["captured"] == 1


async def test_the_figures_are_split_by_what_cases_have(site: Site) -> None:
    bob = await make_member("bob")
    for platform in ("x", "x", "trustpilot"):
        await make_case(bob, platform=platform)
    while await counting.count_changed() or await daily.add_up_days():
        pass
    program = await site.program(bob)
    told = (await program.get("/api/v1/insights/lines", params={"by": "platform"})).json()
    captured = {
        line["value"]: next(one["number"] for one in line["counts"] if one["what"] == "captured")
        for line in told["lines"]
    }
    assert captured == {"x": 2, "trustpilot": 1}
    alone = (await program.get("/api/v1/insights", params={"by": "platform", "value": "x"})).json()
    assert {one["what"]: one["number"] for one in alone["counts"]}["captured"] == 2
    both = {"by": "platform", "value": "x", "location": str(bob.id)}
    for query in ({}, {"by": "nothing"}):
        assert (await program.get("/api/v1/insights/lines", params=query)).status_code == 422
    assert (await program.get("/api/v1/insights", params=both)).status_code == 422


async def test_a_period_needs_both_days(site: Site) -> None:
    program = await site.program(await make_member("bob"))
    refused = await program.get("/api/v1/insights", params={"first": "2026-05-01"})
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {"first", "last"})
    days = {"first": "2026-05-01", "last": "2026-05-03"}
    told = (await program.get("/api/v1/insights", params=days)).json()
    assert (told["first"], told["last"]) == ("2026-05-01", "2026-05-03")


async def test_a_problem_is_opened_with_its_cases_and_given_more(site: Site) -> None:
    bob = await make_member("bob")
    one, other = await make_case(bob), await make_case(bob)
    program = await site.program(bob)
    made = await program.post("/api/v1/problems", json={"title": "Glue melts", "cases": [one]})
    assert (made.status_code, made.json()) == (201, {"number": 1})
    await program.post("/api/v1/problems/1/cases", json={"cases": [other]})
    shown = (await program.get("/api/v1/problems/1")).json()
    assert (shown["title"], set(shown["cases"]), shown["state"]) == ("Glue melts", {one, other}, "open")
    [listed] = (await program.get("/api/v1/problems")).json()["problems"]
    assert listed["cases"] == 2
    assert (await program.get("/api/v1/problems", params={"state": "fixed"})).json()["problems"] == []
    assert (await program.get("/api/v1/problems/9")).status_code == 404


async def test_an_incident_is_opened_led_by_the_member_and_holds_its_cases(site: Site) -> None:
    bob = await make_member("bob")
    one, other = await make_case(bob), await make_case(bob)
    program = await site.program(bob)
    body = {"title": "Shop is down", "kind": "outage", "cases": [one]}
    assert (await program.post("/api/v1/incidents", json=body)).json() == {"number": 1}
    await program.post("/api/v1/incidents/1/cases", json={"cases": [other]})
    shown = (await program.get("/api/v1/incidents/1")).json()
    assert shown["onHold"] is True
    assert shown["roles"] == [{"role": "lead", "member": {"id": str(bob.id), "name": "Bob"}}]
    cases = (await program.get("/api/v1/incidents/1/cases")).json()["cases"]
    assert [case["number"] for case in cases] == [other, one]
    assert len((await program.get("/api/v1/incidents")).json()["incidents"]) == 1


async def test_a_problem_is_written_down_fixed_and_opened_again_as_it_was_seen(site: Site) -> None:
    bob = await make_member("bob")
    program = await site.program(bob)
    await program.post("/api/v1/problems", json={"title": "Glue melts", "cases": [await make_case(bob)]})
    path, tag = "/api/v1/problems/1", (await program.get("/api/v1/problems/1")).headers["etag"]
    details = {"title": "Glue melts in summer", "cause": "Heat", "action": "Another glue"}
    body = {**details, "owner": str(bob.id), "dueAt": None, "cost": 1200}
    assert (await program.put(path, json=body)).status_code == 428
    saved = await program.put(path, json=body, headers={"if-match": tag})
    assert (saved.status_code, saved.json()["state"]) == (200, "open")
    stale = await program.put(path, json={**body, "cost": 1}, headers={"if-match": tag})
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:amends:problem:version-is-another")
    shown = (await program.get(path)).json()
    assert (shown["cause"], shown["cost"], shown["owner"]["name"]) == ("Heat", 1200, "Bob")
    seen = {"if-match": f'"{shown["version"]}"'}
    assert (await program.post(f"{path}/fix", headers=seen)).json()["state"] == "fixed"
    again = await program.post(f"{path}/fix", headers={"if-match": "*"})
    assert (again.status_code, again.json()["type"]) == (409, "urn:amends:problem:not-in-this-state")
    assert (await program.post(f"{path}/reopen", headers={"if-match": "*"})).json()["state"] == "open"
    dropped = await program.post(f"{path}/drop", json={"reason": "One batch"}, headers={"if-match": "*"})
    assert dropped.json()["state"] == "dropped"


async def test_an_incident_is_led_to_its_end(site: Site) -> None:
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    program = await site.program(alice)
    body = {"title": "Shop is down", "kind": "outage", "cases": [await make_case(bob)]}
    await program.post("/api/v1/incidents", json=body)
    path = "/api/v1/incidents/1"
    assert (await program.put(path, json={"title": "All is down", "kind": "other"})).status_code == 200
    role = {"role": "spokesperson", "holder": str(bob.id)}
    unreadable = await program.post(f"{path}/roles", json={**role, "holder": "AAA"})
    assert unreadable.status_code == 422
    assert (await program.post(f"{path}/roles", json=role)).status_code == 200
    assert (await program.post(f"{path}/notes", json={"text": "The supplier called."})).status_code == 201
    assert (await program.post(f"{path}/resume")).json()["onHold"] is False
    assert (await program.post(f"{path}/hold")).json()["onHold"] is True
    shown = (await program.get(path)).json()
    assert (shown["title"], {one["role"] for one in shown["roles"]}) == (
        "All is down",
        {"lead", "spokesperson"},
    )
    closed = await program.post(f"{path}/close", json={})
    assert closed.json() == {"number": 1, "state": "closed", "onHold": False}
    assert (await program.post(f"{path}/hold")).status_code == 409
