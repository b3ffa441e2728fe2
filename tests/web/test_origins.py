"""Which requests from elsewhere are refused: of other sites, hosts and origins, through false proxies?"""

import dataclasses

import pytest
from litestar.datastructures import Headers

from amends import __version__
from amends.app import create_app
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.secrets import Secrets
from amends.services.team import sessions
from amends.settings import Settings
from amends.web.middleware import true_address
from amends.web.sessions import csrf_token
from tests.fakes import RecordingNotifier
from tests.web.site import FROM_OUR_PAGE, Site

OWN = "http://127.0.0.1:8000"


def other_site(site: Site, **changes: object) -> Site:
    """The same installation with other settings."""
    settings: Settings = dataclasses.replace(site.settings, **changes)  # type: ignore[arg-type]
    app = create_app(
        settings,
        clock=site.clock,
        files=FolderEvidenceFiles(settings.evidence_dir),
        secrets=Secrets(settings.encryption_keys),
        notifier=RecordingNotifier(),
    )
    return Site(app, settings, site.clock)


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"origin": OWN}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": OWN}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://127.0.0.1:8001"}, False),
        ({"origin": "http://127.0.0.1:8000.evil.example"}, False),
        ({"origin": "https://127.0.0.1:8000"}, False),
        ({"referer": OWN + "/settings"}, False),
        ({}, False),
    ],
)
async def test_a_form_counts_only_when_the_browser_says_that_it_is_ours(
    site: Site, headers: dict[str, str], is_ours: bool
) -> None:
    visitor = await site.signed_in()
    form = {"csrf": csrf_token(visitor.session_token, site.settings)}
    answer = await visitor.post("/sign-out", data=form, headers=headers)
    assert (answer.status_code == 303) is is_ours
    left = await sessions.member_of(visitor.session_token, now=site.clock())
    assert (left is None) is is_ours


@pytest.mark.parametrize("csrf", ["", "x", "0" * 64, None])
async def test_a_form_without_the_sessions_own_token_is_refused(site: Site, csrf: str | None) -> None:
    visitor = await site.signed_in()
    form = {} if csrf is None else {"csrf": csrf}
    answer = await visitor.post("/sign-out", data=form, headers=FROM_OUR_PAGE)
    assert answer.status_code == 403
    assert await sessions.member_of(visitor.session_token, now=site.clock()) is not None


async def test_the_token_of_another_session_is_worth_nothing(site: Site) -> None:
    """A double submit that is not bound to the session falls to a planted pair (R-30)."""
    ada, eve = await site.signed_in(name="ada"), await site.signed_in(name="eve")
    answer = await ada.post(
        "/sign-out",
        data={"csrf": csrf_token(eve.session_token, site.settings)},
        headers={**FROM_OUR_PAGE, "cookie": f"session={ada.session_token}; csrf=planted"},
    )
    assert answer.status_code == 403


async def test_signing_in_from_another_site_is_refused_before_the_password_is_read(site: Site) -> None:
    answer = await site.visitor().post(
        "/sign-in",
        data={"email": "a@example.org", "password": "x" * 12},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403
    assert "not sent from a page of this site" in answer.text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8000",
        "[::2]",
    ],
)
async def test_another_host_name_is_misdirected_and_told_what_to_set(site: Site, host: str) -> None:
    for path in ("/", "/nowhere", "/healthz", "/api/v1/summary"):
        answer = await site.visitor().get(path, headers={"host": host, "x-forwarded-host": "127.0.0.1"})
        assert answer.status_code == 421
        assert "AMENDS_BASE_URL" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]:8000", "LOCALHOST:1"])
async def test_our_own_names_are_answered_on_any_port(site: Site, host: str) -> None:
    assert (await site.visitor().get("/healthz", headers={"host": host})).status_code == 200


async def test_links_are_built_from_the_setting_and_never_from_a_header(site: Site) -> None:
    admin = await site.signed_in("admin")
    answer = await admin.post(
        "/settings/members",
        data={
            "csrf": csrf_token(admin.session_token, site.settings),
            "email": "new@example.org",
            "name": "New",
            "role": "agent",
        },
        headers={
            **FROM_OUR_PAGE,
            "host": "localhost:9",
            "x-forwarded-host": "evil.example",
            "forwarded": "host=evil.example",
        },
    )
    assert "http://127.0.0.1:8000/password?purpose=invite" in answer.text
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    ("client", "forwarded", "trusted", "address"),
    [
        ("203.0.113.9", "198.51.100.1", (), "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", ("10.0.0.1",), "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", ("10.0.0.0/24",), "198.51.100.1"),
        ("10.0.0.1", "garbage", ("10.0.0.1",), "10.0.0.1"),
        ("10.0.0.1", "", ("10.0.0.1",), "10.0.0.1"),
        ("", "198.51.100.1", ("10.0.0.1",), ""),
        ("::ffff:10.0.0.1", "198.51.100.1", ("10.0.0.0/24",), "198.51.100.1"),
        ("::ffff:203.0.113.9", "", (), "203.0.113.9"),
    ],
)
def test_a_forwarded_address_counts_only_from_our_own_proxy(
    client: str, forwarded: str, trusted: tuple[str, ...], address: str
) -> None:
    scope = {"client": (client, 1) if client else None}
    headers = Headers({"x-forwarded-for": forwarded} if forwarded else {})
    assert true_address(scope, headers, trusted) == address  # type: ignore[arg-type]


async def test_an_admin_is_told_of_a_proxy_that_is_not_configured(site: Site) -> None:
    admin, agent = await site.signed_in("admin"), await site.signed_in("agent", name="ada")
    passed_on = {"x-forwarded-for": "198.51.100.1", "x-forwarded-proto": "https"}
    told = "the proxy 127.0.0.1, which is not listed in AMENDS_TRUSTED_PROXIES"
    assert told in (await admin.get("/settings", headers=passed_on)).text
    assert told not in (await admin.get("/settings")).text
    assert told not in (await agent.get("/settings", headers=passed_on)).text


CHROME = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
FIREFOX = "moz-extension://6f2a1d0e-1111-4222-8333-444455556666"
OTHER_ORIGINS = [
    "null",
    "https://evil.example",
    "http://127.0.0.1:8000",
    "chrome-extension://abc.evil.example",
    "chrome-extension://",
    "chrome-extension://a/b",
    "safari-web-extension://abc",
    "xchrome-extension://abc",
    "moz-extension://a b",
    "chrome-extension://abc\u00e9",
]


@pytest.mark.parametrize("origin", [CHROME, FIREFOX])
@pytest.mark.parametrize("path", ["/api/v1/summary", "/api/v1/browsers", "/api/v1/posts", "/api/v1/nowhere"])
async def test_an_extension_may_read_answers_and_errors_of_the_api(
    site: Site, origin: str, path: str
) -> None:
    answer = await site.visitor().get(path, headers={"origin": origin})
    assert answer.headers["access-control-allow-origin"] == origin
    assert answer.headers["access-control-expose-headers"] == "ETag, Retry-After, Amends-Version"
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/api/v1/hello", "/api/v1/summary", "/api/v1/nowhere"])
async def test_every_answer_of_the_api_says_that_it_is_ours(site: Site, path: str) -> None:
    answer = await site.visitor().get(path)
    assert answer.headers["amends-version"] == __version__
    assert "amends-version" not in (await site.visitor().get("/sign-in")).headers


@pytest.mark.parametrize("origin", OTHER_ORIGINS)
async def test_no_other_origin_may(site: Site, origin: str) -> None:
    answer = await site.visitor().get("/api/v1/summary", headers={"origin": origin.encode()})
    assert "access-control-allow-origin" not in answer.headers
    assert "Origin" in answer.headers["vary"]
    asked = {"origin": origin.encode(), "access-control-request-method": "GET"}
    assert (await site.visitor().options("/api/v1/summary", headers=asked)).status_code == 403


@pytest.mark.parametrize("path", ["/", "/settings", "/sign-in", "/healthz", "/api/openapi.json"])
async def test_pages_are_for_no_origin_but_ours(site: Site, path: str) -> None:
    answer = await site.visitor().get(path, headers={"origin": CHROME})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
async def test_the_extensions_question_beforehand_is_answered(site: Site, method: str) -> None:
    answer = await site.visitor().options(
        "/api/v1/browsers",
        headers={
            "origin": FIREFOX,
            "access-control-request-method": method,
            "access-control-request-headers": "authorization, content-type,if-none-match, "
            "content-digest, amends-redacted",
        },
    )
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == FIREFOX
    assert method in answer.headers["access-control-allow-methods"]
    assert "Authorization" in answer.headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    "asked",
    [
        {"access-control-request-method": "PATCH"},
        {"access-control-request-method": "GET", "access-control-request-headers": "x-anything"},
        {},
    ],
)
async def test_more_than_that_is_refused_beforehand(site: Site, asked: dict[str, str]) -> None:
    answer = await site.visitor().options("/api/v1/summary", headers={"origin": CHROME, **asked})
    assert answer.status_code == 403


async def test_over_plain_http_on_a_network_our_own_pages_tell_where_forms_come_from(site: Site) -> None:
    """Browsers then send no Sec-Fetch-Site, and under no-referrer they would say `Origin: null`."""
    lan = other_site(site, base_url="http://amends.lan:8000")
    answer = await lan.visitor().get("/sign-in")
    assert answer.headers["referrer-policy"] == "same-origin"
    posted = await lan.visitor().post("/sign-in", data={}, headers={"origin": "http://amends.lan:8000"})
    assert posted.status_code == 422
