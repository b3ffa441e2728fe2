"""Is HEAD answered wherever GET is, with the same headers and without a body?"""

from tests.web.routes import calls
from tests.web.site import Site

OF_THEIR_OWN = {"date", "x-request-id", "content-security-policy", "content-length"}
"""Headers that differ from one answer to the next: a nonce, and a length that the nonce's page may change."""


async def test_head_has_the_status_and_headers_of_get_and_no_body(site: Site) -> None:
    member, nobody = await site.signed_in("admin"), site.visitor()
    paths = {call.path for call in calls(site.app) if call.method == "GET"}
    assert {"/", "/healthz", "/readyz", "/events"} <= paths
    for path in sorted(paths):
        for visitor in (member, nobody):
            shown, head = await visitor.get(path), await visitor.head(path)
            assert (head.status_code, head.content) == (shown.status_code, b""), path
            assert head.headers.keys() == shown.headers.keys(), path
            same = head.headers.keys() - OF_THEIR_OWN
            assert {name: head.headers[name] for name in same} == {name: shown.headers[name] for name in same}


async def test_head_changes_nothing_where_only_a_form_is_taken(site: Site) -> None:
    visitor = await site.signed_in()
    answer = await visitor.head("/sign-out")
    assert answer.status_code == 405
    assert (await visitor.get("/settings")).status_code == 200


async def test_what_may_be_read_is_named_with_head(site: Site) -> None:
    answer = await site.visitor().request("PATCH", "/sign-in")
    assert "HEAD" in answer.headers["allow"]
