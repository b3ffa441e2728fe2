"""What is answered to a request that nobody's browser sends: 400, and never a failure of ours?"""

import pytest

from amends.web.sessions import csrf_token
from tests.web.site import FROM_OUR_PAGE, Site
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
    csrf = csrf_token(visitor.session_token, site.settings).encode()
    headers = {"content-type": "multipart/form-data; boundary=x", **FROM_OUR_PAGE}
    for path, sender in (("/views", visitor), ("/sign-in", site.visitor())):
        answer = await sender.post(path, content=PART % (csrf, head, content), headers=headers)
        assert answer.status_code == 400, path
        assert "could not be read" in answer.text


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
