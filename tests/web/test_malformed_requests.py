"""What is answered to a request that nobody's browser sends: 400, and never a failure of ours?"""

import asyncio

import pytest
from litestar import Litestar
from litestar.types import HTTPReceiveMessage, Receive, Scope, Send

from amends.web.sessions import csrf_token
from tests.waiting import PATIENCE
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import make_member

PART = b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n%s\r\n--x\r\n%s\r\n\r\n%s\r\n--x--\r\n'
NAMED = b'Content-Disposition: form-data; name="name"'


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:abc",
        "127.0.0.1:99999",
        "127.0.0.1:-1",
        "[zz]",
        "[::1",
        "a b",
        "a/127.0.0.1",
        "127.0.0.1@evil.example",
        "",
    ],
)
async def test_a_host_that_is_none_is_refused(site: Site, host: str) -> None:
    answer = await site.visitor().get("/sign-in", headers={"host": host})
    assert answer.status_code == 400


async def test_a_host_without_a_port_or_in_capitals_is_ours(site: Site) -> None:
    for host in ("127.0.0.1", "127.0.0.1:", "LOCALHOST:8000"):
        assert (await site.visitor().get("/sign-in", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    ("head", "content"),
    [
        (NAMED + b"\r\nContent-Type: text/plain; charset=nope", b"words"),
        (NAMED, b"\xff\xfe"),
    ],
)
async def test_a_form_in_an_unknown_charset_is_refused(site: Site, head: bytes, content: bytes) -> None:
    visitor = await site.signed_in()
    csrf = csrf_token(visitor.session_token, site.settings)
    headers = {"content-type": "multipart/form-data; boundary=x", **FROM_OUR_PAGE}
    by_script = {**headers, "x-csrf-token": csrf}
    for path, sender, sent in (
        ("/views", visitor, headers),
        ("/views", visitor, by_script),
        ("/sign-in", site.visitor(), headers),
    ):
        body = PART % (csrf.encode(), head, content)
        browser = Visitor(Sent(site.app, in_one(body)), site.settings, cookies=sender.cookies)
        async with browser, asyncio.timeout(PATIENCE):  # a body comes once: who reads it again waits for ever
            answer = await browser.post(path, content=body, headers=sent)
        assert answer.status_code == 400, path
        assert "could not be read" in answer.text


class Sent:
    """As our server passes a body on: these messages, and nothing after them while somebody waits."""

    def __init__(self, app: Litestar, *messages: HTTPReceiveMessage) -> None:
        self._app, self._messages = app, messages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        messages = list(self._messages)

        async def next_one() -> HTTPReceiveMessage:
            return messages.pop(0) if messages else await asyncio.Event().wait()  # type: ignore[return-value]

        await self._app(scope, next_one if scope["type"] == "http" else receive, send)


def in_one(body: bytes) -> HTTPReceiveMessage:
    return {"type": "http.request", "body": body, "more_body": False}


BROKEN_OFF: tuple[HTTPReceiveMessage, ...] = (
    {"type": "http.request", "body": b"name=", "more_body": True},
    {"type": "http.disconnect"},  # type: ignore[list-item]
)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
async def test_a_form_that_its_page_left_behind_is_no_failure_of_ours(site: Site, kind: str) -> None:
    visitor = await site.signed_in()
    browser = Visitor(Sent(site.app, *BROKEN_OFF), site.settings, cookies=visitor.cookies)
    async with browser, asyncio.timeout(PATIENCE):
        answer = await browser.post(
            "/views", content=b"name=", headers={"content-type": kind, **FROM_OUR_PAGE}
        )
    assert answer.status_code == 400
    assert "The connection ended" in answer.text


async def test_a_capture_that_broke_off_is_no_failure_of_ours(site: Site) -> None:
    paired = await site.paired(await make_member("ada"))
    browser = Visitor(Sent(site.app, *BROKEN_OFF), site.settings, headers=paired.headers)
    async with browser, asyncio.timeout(PATIENCE):
        answer = await browser.post(
            "/api/v1/captures/batch", content=b"{", headers={"content-type": "application/json"}
        )
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:amends:problem:body-incomplete"


async def test_a_page_whose_address_is_none_is_answered_as_without_it(site: Site) -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://["}
    assert (await site.visitor().get("/sign-in", headers=headers)).status_code == 200


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://[zz]", "null", "http://\u2100"])
async def test_a_form_whose_origin_is_no_address_is_refused(site: Site, origin: str) -> None:
    headers = {"origin": origin.encode()}
    answer = await site.visitor().post("/sign-in", data={"email": "ada"}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"captures":' + b"[" * 50_000,
        b'{"captures":[{"id":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}]}",
        b'{"captures":[{"id":"\xff"}]}',
        b"\xff",
    ],
)
async def test_json_that_is_nested_deeply_or_no_text_is_refused(site: Site, body: bytes) -> None:
    browser = await site.paired(await make_member("ada"))
    headers = {"content-type": "application/json"}
    answer = await browser.post("/api/v1/captures/batch", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "address",
    [
        "/insights?by=platform:%00",
        "/cases?words=a%00b&platform=%00",
        "/commands?words=a%00b",
        "/commands/found?words=a%00b",
        "/replies?words=%00",
        "/pair/browsers?code=%00",
    ],
)
async def test_a_query_with_a_character_that_no_text_holds_is_answered(site: Site, address: str) -> None:
    """PostgreSQL keeps NUL in no text: from an address it is replaced, as from a form."""
    lead = await site.signed_in(role="lead", name="lena")
    assert (await lead.get(address)).status_code == 200


@pytest.mark.parametrize("address", ["/cases/%00", "/a%00b", "/pair/extension/%00", "/help/%00"])
async def test_a_path_with_such_a_character_is_refused(site: Site, address: str) -> None:
    lead = await site.signed_in(role="lead", name="lena")
    answer = await lead.get(address)
    assert answer.status_code == 404
    assert "This address could not be read." in answer.text
