"""May a program move a case as its member may, and no case that it has not seen as it is?"""

from amends import tables
from tests.web.site import Site
from tests.world import case_row, entries, lead_to, make_case, make_member


async def test_the_moves_say_what_each_asks_and_why_one_is_not_possible(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    program = await site.program(bob)
    answer = await program.get(f"/api/v1/cases/{number}/moves")
    moves = {one["name"]: one for one in answer.json()["moves"]}
    assert moves["post_acknowledgement"]["asks"] == ["reply_url"]
    assert moves["post_acknowledgement"]["stage"] == "contact"
    assert moves["post_acknowledgement"]["refusal"] is None
    assert moves["approve"]["refusal"].endswith(".")
    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'
    whole = (await program.get(f"/api/v1/cases/{number}")).json()
    assert {name for name, one in moves.items() if one["refusal"] is None} == set(whole["moves"])


async def test_a_move_is_made_once_of_the_case_that_was_seen(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program = await site.program(bob)
    path, answer = f"/api/v1/cases/{number}/moves", {"severity": "s3", "stance": "fix"}
    body = {"move": "answer", "given": answer}
    unseen = await program.post(path, json=body)
    assert (unseen.status_code, unseen.json()["type"]) == (428, "urn:amends:problem:version-missing")
    tag = (await program.get(f"/api/v1/cases/{number}")).headers["etag"]
    made = await program.post(path, json=body, headers={"if-match": tag})
    assert made.status_code == 200
    assert (made.json()["stage"], made.json()["version"]) == ("acknowledge", int(tag.strip('"')) + 1)
    for stale in (tag, 'W/"1"', "nonsense"):
        answer = await program.post(path, json=body, headers={"if-match": stale})
        assert (answer.status_code, answer.json()["type"]) == (412, "urn:amends:problem:version-is-another")
    assert (await case_row(number))["stage"] == "acknowledge"


async def test_the_guards_of_the_page_hold(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program, anyway = await site.program(bob), {"if-match": "*"}
    path = f"/api/v1/cases/{number}/moves"
    impossible = await program.post(path, json={"move": "approve"}, headers=anyway)
    assert (impossible.status_code, impossible.json()["type"]) == (409, "urn:amends:problem:move-refused")
    lacking = await program.post(path, json={"move": "answer"}, headers=anyway)
    assert (lacking.status_code, set(lacking.json()["fields"])) == (422, {"severity", "stance"})
    far = {"move": "watch_in_silence", "given": {"reason": "x", "review_on": "9999-12-31"}}
    assert (await program.post(path, json=far, headers=anyway)).status_code == 422
    unknown = await program.post(path, json={"move": "fly"}, headers=anyway)
    assert unknown.json()["type"] == "urn:amends:problem:move-unknown"
    assert await entries(number) == ["captured"]


async def test_a_move_is_taken_back_within_its_time(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program = await site.program(bob)
    body = {"move": "answer", "given": {"severity": "s3", "stance": "fix"}}
    made = await program.post(f"/api/v1/cases/{number}/moves", json=body, headers={"if-match": "*"})
    undone = await program.post(f"/api/v1/cases/{number}/moves/{made.json()['undo']}/undo")
    assert (undone.status_code, undone.json()["stage"]) == (200, "new")
    again = await program.post(f"/api/v1/cases/{number}/moves/{made.json()['undo']}/undo")
    assert again.status_code in (404, 409)


async def test_a_token_that_reads_moves_nothing(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    browser = await site.paired(bob)
    answer = await browser.post(
        f"/api/v1/cases/{number}/moves", json={"move": "not_ours"}, headers={"if-match": "*"}
    )
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:amends:problem:out-of-scope")


async def test_whoever_reads_a_sensitive_case_by_a_program_stands_in_the_log(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    await tables.Case.update({tables.Case.nature: "threat"}, force=True)
    program = await site.program(bob)
    for path in ("", "/moves", "/timeline", "/posts"):
        assert (await program.get(f"/api/v1/cases/{number}{path}")).status_code == 200
    told = await tables.AuditEvent.select(tables.AuditEvent.kind)
    assert [row["kind"] for row in told].count("case_opened") == 1
