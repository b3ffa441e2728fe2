"""Many captures in one request: each is kept by itself, and a bad one stops none of the others."""

from typing import Any
from uuid import uuid4

from amends import tables
from tests.web.site import Site
from tests.world import MONDAY, make_member


def capture(number: str, **particulars: Any) -> dict[str, Any]:
    post = {
        "platform": "x",
        "id": number,
        "url": f"https://x.com/dana/status/{number}",
        "text": "The cake never arrived.",
        "capturedAt": MONDAY.isoformat(),
    }
    return {"id": str(uuid4()), "capture": post | particulars}


async def test_each_capture_has_its_result_in_order(site: Site) -> None:
    browser = await site.paired(await make_member("bob"))
    bad = [
        capture("2", text="", url=""),
        capture("3", surprise=1),
        {"id": "no uuid"},
        "nothing",
        {**capture("4"), "id": 7},
    ]
    good = [capture("1"), capture("5", lang="en")]
    answer = await browser.post("/api/v1/captures/batch", json={"captures": [good[0], *bad, good[1]]})
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [result["status"] for result in results] == [201, 422, 422, 422, 422, 422, 201]
    assert [result["id"] for result in results][:2] == [good[0]["id"], bad[0]["id"]]  # type: ignore[index]
    assert results[1]["problem"]["type"] == "urn:amends:problem:nothing-captured"
    assert "surprise" in results[2]["problem"]["fields"]["body"]
    assert results[0]["case"]["url"] == "http://127.0.0.1:8000/cases/1"
    assert [result["existing"] for result in results] == [False, None, None, None, None, None, False]
    assert await tables.Case.count() == 2
    kept = await tables.Capture.select(tables.Capture.external_id).order_by(tables.Capture.external_id)
    assert [row["external_id"] for row in kept] == ["1", "5"], "the post's own id, not the capture's"


async def test_an_unknown_platform_is_kept_and_what_is_no_name_is_refused_in_a_sentence(site: Site) -> None:
    browser = await site.paired(await make_member("bob"))
    sent = [
        capture("1", platform="mynewsite", url="https://mynewsite.example/1"),
        capture("2", platform="<script>"),
    ]
    kept, refused = (await browser.post("/api/v1/captures/batch", json={"captures": sent})).json()["results"]
    assert (kept["status"], refused["status"]) == (201, 422)
    assert refused["problem"]["type"] == "urn:amends:problem:wrong-platform-name"
    assert "a to z, digits" in refused["problem"]["fields"]["platform"]
    assert [row["platform"] for row in await tables.Capture.select(tables.Capture.platform)] == ["mynewsite"]


async def test_posts_that_belong_together_are_one_case(site: Site) -> None:
    browser = await site.paired(await make_member("bob"))
    first = capture("1")
    others = [capture(str(number), sameCaseAs=first["id"]) for number in (2, 3)]
    answer = await browser.post("/api/v1/captures/batch", json={"captures": [first, *others]})
    assert [result["case"]["number"] for result in answer.json()["results"]] == [1, 1, 1]
    again = await browser.post("/api/v1/captures/batch", json={"captures": [first, *others]})
    assert [result["status"] for result in again.json()["results"]] == [200, 200, 200]
    assert await tables.Capture.count() == 3


async def test_a_batch_is_of_one_to_a_hundred(site: Site) -> None:
    browser = await site.paired(await make_member("bob"))
    for captures in ([], [capture(str(number)) for number in range(101)], "none"):
        answer = await browser.post("/api/v1/captures/batch", json={"captures": captures})
        assert answer.status_code == 422
    assert await tables.Case.count() == 0


async def test_a_batch_pays_for_each_of_its_captures(site: Site) -> None:
    browser = await site.paired(await make_member("bob"))
    site.app.state.site.captures._burst = 3
    many = {"captures": [capture(str(number)) for number in range(4)]}
    answer = await browser.post("/api/v1/captures/batch", json=many)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert await tables.Case.count() == 0
    answer = await browser.post("/api/v1/captures/batch", json={"captures": many["captures"][:2]})
    assert answer.status_code == 200


async def test_a_field_that_the_server_does_not_know_says_to_update_it(site: Site) -> None:
    browser = await site.paired(await make_member("newer"))
    capture = {"text": "Late", "capturedAt": "2026-05-04T07:00:00Z", "newThing": {"a": 1}}
    one = await browser.put(f"/api/v1/captures/{uuid4()}", json=capture)
    assert one.status_code == 422
    assert "update the server" in one.json()["detail"]
    many = await browser.post(
        "/api/v1/captures/batch", json={"captures": [{"id": str(uuid4()), "capture": capture}]}
    )
    assert "update the server" in many.json()["results"][0]["problem"]["detail"]
