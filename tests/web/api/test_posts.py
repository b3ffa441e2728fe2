"""What a browser needs to mark posts that are cases, asked again at the price of a few bytes."""

from uuid import uuid4

from amends.services.capture import captures
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, make_case, make_member, move, owed, post


async def test_posts_are_sent_with_what_their_marks_show(site: Site) -> None:
    bob = await make_member("bob", language="fr")
    number = await make_case(bob, id="17")
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    answer = await (await site.paired(bob)).get("/api/v1/posts")
    assert answer.json() == {
        "posts": [
            {
                "keys": ["x:17", "x.com/dana/status/17"],
                "number": number,
                "url": f"http://127.0.0.1:8000/cases/{number}",
                "stage": "acknowledge",
                "owner": "Bob",
                "mine": True,
                "openedAt": "2026-05-04T08:00:00Z",
                "publicReplies": 0,
                "budget": 2,
                "next": "write_reply",
                "reader": None,
                "readUntil": None,
                "revisit": False,
                "prepared": False,
            }
        ],
        "language": "fr",
        "ownAccounts": [],
    }


async def test_a_draft_that_is_read_says_by_whom_and_until_when(site: Site) -> None:
    bob, alice = await make_member("bob"), await make_member("alice", role="lead")
    number = await make_case(bob)
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    await move(number, "submit_draft", by=bob, text="We are sorry. Write to us.", reader=alice.id)
    read_until = (await owed(number))["approval"]["due_at"]
    browser = await site.paired(bob)
    [sent] = (await browser.get("/api/v1/posts")).json()["posts"]
    until = read_until.isoformat().replace("+00:00", "Z")
    assert (sent["next"], sent["readUntil"]) == ("await_reader", until)
    assert sent["reader"] == "Alice"
    await move(number, "approve", by=alice)
    [sent] = (await browser.get("/api/v1/posts")).json()["posts"]
    assert (sent["reader"], sent["readUntil"]) == (None, None)


async def test_what_the_browser_holds_already_is_not_sent_again(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    browser = await site.paired(bob)
    first = await browser.get("/api/v1/posts")
    again = await browser.get("/api/v1/posts", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    changed = await browser.get("/api/v1/posts", headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200


async def test_the_list_may_be_asked_for_often_but_not_without_end(site: Site) -> None:
    browser = await site.paired(await make_member("bob"))
    site.app.state.site.lists._burst = 2
    codes = [(await browser.get("/api/v1/posts")).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


async def test_a_second_look_answers_what_has_become_of_the_post(site: Site) -> None:
    bob = await make_member("bob")
    await captures.receive(Act(bob, MONDAY), uuid4(), post(id="17"))
    browser = await site.paired(bob)
    body = {
        "platform": "x",
        "id": "17",
        "url": "https://x.com/dana/status/17",
        "capturedAt": MONDAY.isoformat(),
        "revisit": {"caseNumber": 1, "gone": True},
    }
    answer = await browser.put(f"/api/v1/captures/{uuid4()}", json=body)
    assert (answer.status_code, answer.json()["change"]) == (200, ["gone"])
    assert answer.json()["existing"] is True
