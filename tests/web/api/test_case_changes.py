"""May a program do to a case what its forms do?"""

from datetime import timedelta
from typing import Any

import httpx

from amends.services.desk import themes
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act
from tests.web.site import Site, Visitor
from tests.world import MONDAY, case_row, entries, lead_to, make_case, make_member, owed

ANYWAY = {"if-match": "*"}
TOMORROW = (MONDAY + timedelta(days=1)).isoformat()


async def send(program: Visitor, path: str, **body: Any) -> httpx.Response:
    return await program.post(f"/api/v1{path}", json=body, headers=ANYWAY)


async def test_owner_severity_facts_and_sleep_change_as_on_the_page(site: Site) -> None:
    bob, alice = await make_member("bob"), await make_member("alice", role="lead")
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    program = await site.program(bob)
    assert (await send(program, f"/cases/{number}/owner", owner=str(alice.id))).status_code == 200
    assert (await send(program, f"/cases/{number}/severity", severity="s2")).status_code == 200
    facts = {"nature": "complaint", "customerStatus": "claimed", "fault": "ours"}
    assert (await send(program, f"/cases/{number}/facts", **facts)).status_code == 200
    slept = await send(program, f"/cases/{number}/snooze", until=TOMORROW)
    row = await case_row(number)
    assert (row["owner"], row["fault"], row["version"]) == (alice.id, "ours", slept.json()["version"])
    assert row["snoozed_until"] is not None
    assert (await send(program, f"/cases/{number}/wake")).status_code == 200
    assert (await case_row(number))["snoozed_until"] is None
    assert (await entries(number))[-4:] == ["severity_set", "facts_set", "snoozed", "woken"]


async def test_a_change_of_a_case_that_was_not_seen_is_refused(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program = await site.program(bob)
    for part, body in {
        "owner": {"owner": None}, "severity": {"severity": "s1"}, "snooze": {"until": TOMORROW},
        "wake": None, "facts": {"nature": None, "customerStatus": "unknown", "fault": None},
    }.items():  # fmt: skip
        path = f"/api/v1/cases/{number}/{part}"
        assert (await program.post(path, json=body)).status_code == 428
        assert (await program.post(path, json=body, headers={"if-match": '"999"'})).status_code == 412


async def test_promises_and_reminders_are_made_moved_and_ended(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program = await site.program(bob)
    kept = (await send(program, f"/cases/{number}/promises", words="A new cake", dueAt=TOMORROW)).json()
    made = (await send(program, f"/cases/{number}/reminders", words="Call", dueAt=TOMORROW)).json()
    later = (MONDAY + timedelta(days=2)).isoformat()
    moved = await send(program, f"/follow-ups/{made['id']}/date", dueAt=later, reason="She is away")
    assert (moved.status_code, moved.json()["number"]) == (200, number)
    promise = await send(program, f"/follow-ups/{kept['id']}/date", dueAt=later)
    assert promise.json()["type"] == "urn:amends:problem:promise-keeps-its-date"
    listed = (await program.get(f"/api/v1/cases/{number}/follow-ups")).json()["followUps"]
    assert {one["words"] for one in listed if one["kind"] in ("promise", "reminder")} == {
        "A new cake",
        "Call",
    }
    assert (await send(program, f"/follow-ups/{kept['id']}/keep")).status_code == 200
    assert (await send(program, f"/follow-ups/{made['id']}/tick")).status_code == 200
    assert (await send(program, f"/follow-ups/{made['id']}/forget")).status_code == 409
    assert set(await owed(number, state="done")) == {"promise", "reminder"}


async def test_dates_without_a_zone_or_far_away_are_refused(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program = await site.program(bob)
    for at in ("2026-05-05T10:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "soon"):
        answer = await send(program, f"/cases/{number}/promises", words="A cake", dueAt=at)
        assert answer.status_code == 422, at
    assert await entries(number) == ["captured"]


async def test_what_was_said_is_recorded_and_a_note_edited(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program = await site.program(bob)
    note = (await send(program, f"/cases/{number}/notes", text="Called her.")).json()
    said = await send(
        program, f"/cases/{number}/touchpoints", channel="email", direction="in", text="Thank you"
    )
    assert (said.status_code, said.json()["position"]) == (201, note["position"] + 1)
    await send(program, f"/cases/{number}/notes/{note['position']}/edit", text="Called them.")
    shown = (await program.get(f"/api/v1/cases/{number}/timeline")).json()["entries"]
    assert [one["kind"] for one in shown] == ["captured", "noted", "touchpoint", "note_edited"]
    assert shown[2]["particulars"]["text"] == "Thank you"
    assert shown[1]["by"]["name"] == "Bob"
    first = await program.get(f"/api/v1/cases/{number}/timeline", params={"limit": "3"})
    rest = await program.get(first.headers["link"].partition(">")[0].removeprefix("<"))
    assert [one["kind"] for one in rest.json()["entries"]] == ["note_edited"]


async def test_themes_and_the_watch_of_a_case_are_chosen(site: Site) -> None:
    bob, alice = await make_member("bob"), await make_member("alice", role="lead")
    number = await make_case(bob)
    theme = str(await themes.make(Act(alice, MONDAY), "Delivery"))
    program = await site.program(bob)
    assert (await send(program, f"/cases/{number}/themes", add=[theme])).json() == {"themes": [theme]}
    assert (await program.get(f"/api/v1/cases/{number}/themes")).json() == {"themes": [theme]}
    assert (await send(program, f"/cases/{number}/themes", remove=[theme])).json() == {"themes": []}
    for is_watched in (True, False):
        answer = await program.put(f"/api/v1/cases/{number}/watch", json={"watch": is_watched})
        assert answer.status_code == 200


async def test_the_posts_of_a_case_are_read_as_they_were_seen(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob, text="<b>Stale</b> bread")
    [post] = (await (await site.program(bob)).get(f"/api/v1/cases/{number}/posts")).json()["posts"]
    assert (post["text"], post["authorName"]) == ("<b>Stale</b> bread", "Dana")
    assert (await (await site.paired(bob)).get(f"/api/v1/cases/{number}/posts")).status_code == 403


async def test_a_case_is_given_to_a_location_and_found_there(site: Site) -> None:
    bob = await make_member("bob")
    rennes = await locations.make(Act(bob, MONDAY), NewLocation(name="Rennes"))
    number = await make_case(bob)
    await make_case(bob)
    program = await site.program(bob)
    assert (await send(program, f"/cases/{number}/location", location=str(rennes))).status_code == 200
    found = (await program.get(f"/api/v1/cases?location={rennes}")).json()["cases"]
    assert [(one["number"], one["location"]) for one in found] == [
        (number, {"id": str(rennes), "name": "Rennes"})
    ]
    assert (await program.get(f"/api/v1/cases/{number}")).json()["location"]["name"] == "Rennes"
    named = (await program.get("/api/v1/locations")).json()["locations"]
    assert [(one["name"], one["kind"], one["retired"]) for one in named] == [("Rennes", "shop", False)]
    wrong = await send(program, f"/cases/{number}/location", location=str(bob.id))
    assert wrong.status_code == 422
    opened = await program.post("/api/v1/cases", json={"text": "Cold", "location": str(rennes)})
    again = (await program.get(f"/api/v1/cases/{opened.json()['case']['number']}")).json()
    assert again["location"]["name"] == "Rennes"
