"""What may be posted under a post, and that it has been posted, by the token of a browser."""

from amends import tables
from tests.web.site import Site
from tests.world import case_row, lead_to, make_case, make_member, move

ANSWER = "https://x.com/bakers/status/1"


async def test_the_approved_draft_is_offered_with_the_budget_of_replies(site: Site) -> None:
    bob, alice = await make_member("bob"), await make_member("alice", role="lead")
    number = await make_case(bob, lang="fr")
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text="We are sorry. Write to us.")
    browser = await site.paired(bob)
    assert (await browser.get(f"/api/v1/cases/{number}/reply")).json()["prepared"] == []
    await move(number, "approve", by=alice)
    answer = (await browser.get(f"/api/v1/cases/{number}/reply")).json()
    assert answer == {
        "number": number,
        "url": f"http://127.0.0.1:8000/cases/{number}",
        "stage": "acknowledge",
        "owner": "Bob",
        "publicReplies": 0,
        "budget": 2,
        "next": "post_acknowledgement",
        "prepared": [
            {
                "id": "draft",
                "title": "Approved draft",
                "text": "We are sorry. Write to us.",
                "lang": "fr",
                "approved": True,
            }
        ],
    }


async def test_a_posted_reply_moves_the_case(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    browser = await site.paired(bob)
    body = {"replyUrl": ANSWER, "text": "We are sorry."}
    answer = await browser.post(f"/api/v1/cases/{number}/posted", json=body)
    assert answer.json()["case"]["stage"] == "contact"
    assert (await browser.post(f"/api/v1/cases/{number}/posted", json=body)).status_code == 200
    assert (await case_row(number))["public_replies"] == 1


async def test_what_cannot_be_is_told_in_a_sentence(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text="We are sorry. Write to us.")
    browser = await site.paired(bob)
    refused = await browser.post(f"/api/v1/cases/{number}/posted", json={"replyUrl": ANSWER})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:amends:problem:move-refused")
    assert "waiting for approval" in refused.json()["detail"]
    wrong = await browser.post(f"/api/v1/cases/{number}/posted", json={"replyUrl": "javascript:1"})
    assert wrong.status_code == 422
    for method, path in (("GET", "reply"), ("POST", "posted")):
        answer = await browser.request(method, f"/api/v1/cases/99/{path}", json={"replyUrl": ANSWER})
        assert answer.status_code == 404


async def test_a_token_without_the_scope_may_do_neither(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    browser = await site.paired(bob)
    await tables.Browser.update({tables.Browser.scopes: ["capture:write", "cases:read"]}, force=True)
    for method, path in (("GET", "reply"), ("POST", "posted")):
        answer = await browser.request(method, f"/api/v1/cases/{number}/{path}", json={"replyUrl": ANSWER})
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:amends:problem:out-of-scope")


async def test_replies_are_limited(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    browser = await site.paired(bob)
    site.app.state.site.replies._burst = 1
    codes = [(await browser.get(f"/api/v1/cases/{number}/reply")).status_code for _ in range(2)]
    assert codes == [200, 429]


async def test_a_reply_of_our_own_account_that_a_browser_saw_is_counted_and_moves_nothing(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    browser = await site.paired(bob)
    body = {"replyUrl": ANSWER, "text": "We are <sorry>.", "seen": True}
    answer = await browser.post(f"/api/v1/cases/{number}/posted", json=body)
    assert answer.json()["case"]["stage"] == "acknowledge"
    assert (await case_row(number))["public_replies"] == 1
    page = (await (await site.visit_as(bob)).get(f"/cases/{number}")).text
    assert "saw our public reply on the site" in page
    assert "We are &lt;sorry&gt;." in page
