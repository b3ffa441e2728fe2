"""Does every answer, also one that went wrong, carry the headers that protect whoever reads it (R-43)?"""

import re

import pytest
from litestar import get

from amends.web.security import Policy
from amends.web.static_files import NOTHING, static
from tests.web.routes import calls
from tests.web.site import FROM_OUR_PAGE, Site

CONTENT_POLICY = re.compile(
    "default-src 'none'; script-src 'nonce-[A-Za-z0-9_-]{24}'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types htmx service-worker"
)


def assert_protected(answer: object, what: str) -> None:
    headers = answer.headers  # type: ignore[attr-defined]
    if headers.get("content-security-policy") == NOTHING:
        assert "/static/" in what, what
    else:
        assert CONTENT_POLICY.fullmatch(headers["content-security-policy"]), what
    assert headers["x-content-type-options"] == "nosniff", what
    assert headers["referrer-policy"] == "no-referrer", what
    assert headers["cross-origin-opener-policy"] == "same-origin", what
    assert "camera=()" in headers["permissions-policy"], what
    assert re.fullmatch("[0-9a-f]{16}", headers["x-request-id"]), what
    assert "access-control-allow-credentials" not in headers, what
    if "/static/" not in what:
        assert headers["cache-control"] == "no-store", what


async def test_every_route_answers_with_every_header(site: Site) -> None:
    visitors = [site.visitor(), await site.signed_in("admin")]
    for call in calls(site.app):
        for visitor in visitors:
            answer = await visitor.request(call.method, call.path, headers=FROM_OUR_PAGE)
            assert_protected(answer, str(call))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/nowhere", 404),
        ("PATCH", "/sign-in", 405),
        ("DELETE", "/api/openapi.json", 405),
        ("OPTIONS", "/settings", 403),
        ("GET", "/static/x/nothing.css", 404),
        ("GET", "/settings/tests/not-a-uuid", 404),
    ],
)
async def test_what_goes_wrong_carries_them_too(site: Site, method: str, path: str, status: int) -> None:
    answer = await site.visitor().request(method, path)
    assert answer.status_code == status
    assert_protected(answer, path)


@pytest.mark.usefixtures("own_routes")
@pytest.mark.parametrize("path", ["/broken", "/api/v1/broken"])
async def test_a_bug_shows_its_request_id_and_nothing_else(site: Site, path: str) -> None:
    @get(path, opt={"policy": Policy.PUBLIC})
    async def broken() -> str:
        raise RuntimeError("canary-in-the-error at /home/secret.py")

    site.app.register(broken)
    answer = await site.visitor().get(path)
    assert answer.status_code == 500
    assert_protected(answer, path)
    assert answer.headers["x-request-id"] in answer.text
    for clue in ("canary", "RuntimeError", "Traceback", "secret.py", "litestar"):
        assert clue not in answer.text
    if path.startswith("/api/"):
        assert answer.json()["type"] == "urn:amends:problem:unexpected"


async def test_the_nonce_is_fresh_and_the_page_uses_it(site: Site) -> None:
    visitor = site.visitor()
    first, second = await visitor.get("/sign-in"), await visitor.get("/sign-in")
    nonces = [re.search("'nonce-([^']+)'", one.headers["content-security-policy"]) for one in (first, second)]
    assert nonces[0][1] != nonces[1][1]
    used = set(re.findall('<script[^>]* nonce="([^"]+)"', first.text))
    assert used == {nonces[0][1]}
    assert len(re.findall("<script", first.text)) == len(re.findall("<script[^>]* nonce=", first.text))


async def test_a_static_file_is_kept_for_ever_under_its_digest_only(site: Site) -> None:
    visitor = site.visitor()
    answer = await visitor.get(static("css/base.css"))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"
    assert_protected(answer, "/static/")
    again = await visitor.get(static("css/base.css"), headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    old = await visitor.get("/static/0000000000000000/css/base.css")
    assert old.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2f..%2fapp.py", "css/../../security.py", "/etc/passwd", "css"]
)
async def test_a_static_address_reaches_nothing_else(site: Site, name: str) -> None:
    answer = await site.visitor().get(f"/static/x/{name}")
    assert answer.status_code == 404
