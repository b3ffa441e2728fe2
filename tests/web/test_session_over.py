"""Where does one come after a session has ended: back to the page on which one was, whatever was asked?"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.site import FROM_OUR_PAGE, Site
from tests.world import make_case, make_member

HTMX = {"hx-request": "true", "hx-current-url": "http://127.0.0.1:8000/cases/7?notice=noted&do=answer"}


def next_of(address: str) -> str:
    parts = urlsplit(address)
    assert parts.path == "/sign-in"
    return parse_qs(parts.query).get("next", [""])[0]


async def test_every_form_says_on_which_page_it_stands(site: Site) -> None:
    alice = await make_member("alice")
    number = await make_case(alice)
    desk = await site.visit_as(alice)
    for shown, page in ((f"/cases/{number}?notice=noted", f"/cases/{number}"), ("/agenda?days=7", "")):
        text = (await desk.get(shown)).text
        assert set(re.findall(r'name="page" value="([^"]+)"', text)) == {page or shown}


async def test_a_form_of_a_dead_session_leads_back_to_its_page(site: Site) -> None:
    answer = await site.visitor().send_form("/cases/7/notes", text="Long words", page="/cases/7?do=answer")
    assert answer.status_code == 303
    assert next_of(answer.headers["location"]) == "/cases/7?do=answer"


async def test_a_form_that_htmx_sends_leads_back_too(site: Site) -> None:
    stranger = site.visitor()
    sent = {"page": "/cases/7", "text": "Long words"}
    answer = await stranger.post("/cases/7/notes", data=sent, headers=FROM_OUR_PAGE | HTMX)
    assert (answer.status_code, next_of(answer.headers["hx-redirect"])) == (401, "/cases/7")
    part = await stranger.get("/cases/7", headers=HTMX)
    assert next_of(part.headers["hx-redirect"]) == "/cases/7?do=answer"


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a b", ""],
)
async def test_a_form_leads_to_no_page_of_anybody_else(site: Site, wanted: str) -> None:
    answer = await site.visitor().send_form("/cases/7/notes", page=wanted)
    assert answer.headers["location"] == "/sign-in"


async def test_a_long_form_of_a_stranger_is_not_read(site: Site) -> None:
    answer = await site.visitor().send_form("/cases/7/notes", page="/cases/7", text="x" * 300_000)
    assert answer.headers["location"] == "/sign-in"


async def test_signing_in_leads_on_to_the_page(site: Site) -> None:
    alice = await make_member("alice")
    number = await make_case(alice)
    visitor = await site.visit_as(alice)
    answer = await visitor.get(f"/sign-in?next=/cases/{number}")
    assert answer.headers["location"] == f"/cases/{number}"


async def test_what_fails_leads_back_to_the_page_of_the_form(site: Site) -> None:
    visitor = await site.signed_in()
    answer = await visitor.send_form("/cases/999/notes", text="Words", page="/cases?words=lamp")
    assert answer.status_code == 404
    assert 'href="/cases?words=lamp"' in answer.text
