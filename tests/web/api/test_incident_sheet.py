"""Does a program keep the sheet of an incident as its room does?"""

from amends.rules.vocabulary import IncidentKind
from amends.services.desk import incidents
from amends.services.desk.incidents import Opening
from amends.services.team.members import Act, Member
from tests.web.site import Site
from tests.world import MONDAY, make_case, make_member

PATH = "/api/v1/incidents/1"


async def incident_of(by: Member, *numbers: int) -> None:
    opening = Opening(title="Shop is down", kind=IncidentKind.OUTAGE, numbers=list(numbers))
    await incidents.open_incident(Act(by, MONDAY), opening)


async def test_facts_tasks_and_platforms_are_kept_on_the_sheet(site: Site) -> None:
    bob = await make_member("bob")
    await incident_of(bob, await make_case(bob))
    program = await site.program(bob)
    fact = {"state": "checking", "words": "Orders are safe"}
    assert (await program.post(f"{PATH}/facts", json=fact)).status_code == 201
    task = {"words": "Ask the supplier", "owner": str(bob.id)}
    assert (await program.post(f"{PATH}/tasks", json=task)).status_code == 201
    await program.post(f"{PATH}/platforms", json={"platform": "x", "state": "silent"})
    await program.post(f"{PATH}/told", json={"who": "The call centre", "how": "By telephone"})
    await program.post(f"{PATH}/updates", json={"text": "Payments work again"})
    sheet = (await program.get(f"{PATH}/sheet")).json()
    [kept] = sheet["facts"]
    assert (kept["words"], kept["by"]["name"]) == ("Orders are safe", "Bob")
    await program.put(f"{PATH}/facts/{kept['id']}", json={**fact, "state": "known"})
    [mine] = [one for one in sheet["tasks"] if one["words"] == task["words"]]
    given = {"owner": None, "dueAt": "2026-05-05T08:00:00Z"}
    assert (await program.put(f"{PATH}/tasks/{mine['position']}", json=given)).status_code == 200
    assert (await program.post(f"{PATH}/tasks/{mine['position']}/settle", json={"done": True})).is_success
    again = await program.post(f"{PATH}/tasks/{mine['position']}/settle", json={"done": True})
    assert (again.status_code, again.json()["type"]) == (409, "urn:amends:problem:task-settled")
    sheet = (await program.get(f"{PATH}/sheet")).json()
    assert sheet["facts"][0]["state"] == "known"
    assert [one["state"] for one in sheet["tasks"] if one["words"] == task["words"]] == ["done"]
    assert ("x", "silent") in {(one["platform"], one["state"]) for one in sheet["platforms"]}


async def test_the_holding_statement_is_worded_as_it_was_seen_and_then_published(site: Site) -> None:
    bob = await make_member("bob", role="lead")
    await incident_of(bob, await make_case(bob))
    program = await site.program(bob)
    seen = {"if-match": (await program.get(f"{PATH}/sheet")).headers["etag"]}
    line = {"lineEn": "We know, and are on it.", "lineFr": ""}
    assert (await program.put(f"{PATH}/statement", json=line)).status_code == 428
    assert (await program.post(f"{PATH}/statement/publish")).status_code == 409
    assert (await program.put(f"{PATH}/statement", json=line, headers=seen)).status_code == 200
    stale = await program.put(f"{PATH}/statement", json={**line, "lineEn": "No."}, headers=seen)
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:amends:problem:version-is-another")
    any_version = {"if-match": "*"}
    later = {**line, "lineEn": "It is over."}
    assert (await program.put(f"{PATH}/statement", json=later, headers=any_version)).is_success
    await program.post(f"{PATH}/statement/publish")
    statement = (await program.get(f"{PATH}/sheet")).json()["statement"]
    assert (statement["version"], statement["publicEn"]) == (2, "It is over.")


async def test_cases_are_released_made_critical_and_taken_out(site: Site) -> None:
    bob, eve = await make_member("bob", role="lead"), await make_member("eve")
    one, other = await make_case(bob), await make_case(bob)
    await incident_of(bob, one, other)
    stranger = await site.program(eve)
    refused = await stranger.post(f"{PATH}/cases/{one}/release")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:amends:problem:not-their-incident")
    program = await site.program(bob)
    assert (await program.post(f"{PATH}/cases/{one}/release")).status_code == 200
    assert (await program.post(f"{PATH}/escalate")).json() == {"cases": 2, "hasMore": False}
    assert (await program.get(f"/api/v1/cases/{one}")).json()["severity"] == "s1"
    assert (await program.post(f"{PATH}/cases/{other}/remove")).status_code == 200
    [left] = (await program.get(f"{PATH}/cases")).json()["cases"]
    assert left["number"] == one
    assert left["releasedAt"]
