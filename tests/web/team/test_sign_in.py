"""Who comes in by the sign-in page, and what does the browser then hold?"""

import dataclasses
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from amends import tables
from amends.app import create_app
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.secrets import Secrets
from amends.rules.vocabulary import Role
from amends.services.team import members, sessions
from amends.web.sessions import csrf_token
from tests.fakes import RecordingNotifier
from tests.web.site import FROM_OUR_PAGE, Site

PASSWORD = "violet umbrella sings"


async def add_ada(site: Site) -> members.Member:
    return await members.add(
        "ada@example.org", name="Ada", role=Role.AGENT, password=PASSWORD, now=site.clock(), by=None
    )


async def test_the_right_password_opens_today(site: Site) -> None:
    await add_ada(site)
    visitor = site.visitor()
    answer = await visitor.send_form("/sign-in", email="ADA@example.org ", password=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (await visitor.get("/settings")).status_code == 200


async def test_the_wrong_password_keeps_what_was_typed_and_says_so(site: Site) -> None:
    await add_ada(site)
    answer = await site.visitor().send_form("/sign-in", email="ada@example.org", password="wrong wrong wrong")
    assert answer.status_code == 403
    assert 'value="ada@example.org"' in answer.text
    assert "Wrong email or password" in answer.text
    assert "wrong wrong wrong" not in answer.text


async def test_an_unknown_member_gets_the_same_answer_as_a_wrong_password(site: Site) -> None:
    await add_ada(site)
    known = await site.visitor().send_form("/sign-in", email="ada@example.org", password="wrong wrong wrong")
    unknown = await site.visitor().send_form(
        "/sign-in", email="eve@example.org", password="wrong wrong wrong"
    )
    assert known.status_code == unknown.status_code
    assert "Wrong email or password" in unknown.text


async def test_a_chosen_session_id_is_worth_nothing_after_signing_in(site: Site) -> None:
    """Fixation: the attacker plants a cookie, the victim signs in, the attacker uses the cookie (R-13)."""
    await add_ada(site)
    victim, attacker = site.visitor(), site.visitor()
    for browser in (victim, attacker):
        browser.cookies.set("amends_session", "attackers-choice")
    answer = await victim.post(
        "/sign-in", data={"email": "ada@example.org", "password": PASSWORD}, headers=FROM_OUR_PAGE
    )
    assert answer.status_code == 303
    assert "attackers-choice" not in answer.headers["set-cookie"]
    assert (await attacker.get("/settings")).headers["location"].startswith("/sign-in")


async def test_signing_in_again_ends_the_session_before(site: Site) -> None:
    await add_ada(site)
    visitor = site.visitor()
    await visitor.send_form("/sign-in", email="ada@example.org", password=PASSWORD)
    before = visitor.session_token
    await visitor.send_form("/sign-in", email="ada@example.org", password=PASSWORD)
    assert visitor.session_token != before
    assert await sessions.member_of(before, now=site.clock()) is None


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site) -> None:
    await add_ada(site)
    answer = await site.visitor().send_form("/sign-in", email="ada@example.org", password=PASSWORD)
    flags = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert not any(flag.startswith("domain") for flag in flags)


async def test_over_https_the_cookie_is_bound_to_this_host(site: Site) -> None:
    await add_ada(site)
    secure = dataclasses.replace(site.settings, base_url="https://amends.example.org")
    app = create_app(
        secure,
        clock=site.clock,
        files=FolderEvidenceFiles(secure.evidence_dir),
        secrets=Secrets(secure.encryption_keys),
        notifier=RecordingNotifier(),
    )
    answer = (
        await Site(app, secure, site.clock)
        .visitor()
        .send_form("/sign-in", email="ada@example.org", password=PASSWORD)
    )
    assert answer.headers["set-cookie"].startswith("__Host-amends_session=")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


async def test_signing_out_ends_the_session_in_the_database(site: Site) -> None:
    visitor = await site.signed_in()
    token = visitor.session_token
    answer = await visitor.send_form("/sign-out")
    assert answer.headers["location"] == "/sign-in?notice=signed-out"
    assert answer.headers["set-cookie"].startswith('amends_session=""; HttpOnly; Max-Age=0')
    assert await sessions.member_of(token, now=site.clock()) is None


async def test_many_wrong_passwords_cost_twenty_hashes_at_most(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-12, without a look at the time: what is counted is the work."""
    await add_ada(site)
    hashes = count_hashes(monkeypatch)
    visitor = site.visitor()
    for number in range(100):
        answer = await visitor.send_form("/sign-in", email=f"m{number}@example.org", password="wrong " * 3)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert len(hashes) == 20


async def test_one_account_is_throttled_from_every_address_and_after_a_restart(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_ada(site)
    hashes = count_hashes(monkeypatch)
    for number in range(12):
        visitor = site.visitor(address=f"192.0.2.{number}")
        await visitor.send_form("/sign-in", email="ada@example.org", password="wrong wrong wrong")
    assert len(hashes) == 5
    again = create_app(
        site.settings,
        clock=site.clock,
        files=FolderEvidenceFiles(site.settings.evidence_dir),
        secrets=Secrets(site.settings.encryption_keys),
        notifier=RecordingNotifier(),
    )
    restarted = Site(again, site.settings, site.clock)
    answer = await restarted.visitor().send_form("/sign-in", email="ada@example.org", password=PASSWORD)
    assert answer.status_code == 429
    site.clock.move(timedelta(minutes=15))
    answer = await restarted.visitor().send_form("/sign-in", email="ada@example.org", password=PASSWORD)
    assert answer.status_code == 303


async def test_a_browser_that_is_known_gets_in_while_a_stranger_fails(site: Site) -> None:
    await add_ada(site)
    own = site.visitor(address="192.0.2.200")
    await own.send_form("/sign-in", email="ada@example.org", password=PASSWORD)
    cookie = own.cookies.get("known")
    for number in range(12):
        stranger = site.visitor(address=f"192.0.2.{number}")
        await stranger.send_form("/sign-in", email="ada@example.org", password="wrong wrong wrong")
    elsewhere = site.visitor(address="198.51.100.1")
    refused = await elsewhere.send_form("/sign-in", email="ada@example.org", password=PASSWORD)
    assert refused.status_code == 429
    other_member = "f" * 32 + cookie[32:]
    for forged in (other_member, cookie.replace(".", ".0", 1), "a.b.c", ".", f"{'0' * 32}.b.1.{'0' * 64}"):
        elsewhere.cookies.set("known", forged)
        refused = await elsewhere.send_form("/sign-in", email="ada@example.org", password=PASSWORD)
        assert refused.status_code == 429, forged
    elsewhere.cookies.clear()
    elsewhere.cookies.set("known", cookie)
    answer = await elsewhere.send_form("/sign-in", email="ada@example.org", password=PASSWORD)
    assert answer.status_code == 303


async def test_looking_at_pages_writes_no_row(site: Site) -> None:
    visitor = site.visitor()
    for path in ("/", "/sign-in", "/nowhere", "/settings"):
        await visitor.get(path)
    assert await tables.Session.count() == 0
    assert await tables.FailedSignIn.count() == 0


async def test_a_session_ends_after_twelve_idle_hours_and_after_fourteen_days(site: Site) -> None:
    visitor = await site.signed_in()
    site.clock.move(timedelta(hours=12))
    assert (await visitor.get("/settings")).status_code == 303
    visitor = await site.signed_in(name="other")
    for _ in range(28):
        site.clock.move(timedelta(hours=11, minutes=59))
        last = await visitor.get("/settings")
    assert last.status_code == 200
    site.clock.move(timedelta(hours=1))
    assert (await visitor.get("/settings")).status_code == 303


async def test_a_member_stays_signed_in_for_thirty_days_where_the_team_allows_it(site: Site) -> None:
    admin = await site.signed_in(role=Role.ADMIN)
    await add_ada(site)
    ada = site.visitor()
    assert "Stay signed in" not in (await ada.get("/sign-in")).text
    await admin.send_form("/settings/sessions/stay", allowed="on")
    assert "Stay signed in" in (await ada.get("/sign-in")).text
    signed_in = await ada.send_form("/sign-in", email="ada@example.org", password=PASSWORD, keep="on")
    assert f"Max-Age={30 * 86400}" in signed_in.headers["set-cookie"]
    site.clock.move(timedelta(days=29))
    assert "kept for 30 days" in (await ada.get("/settings/sign-in")).text
    site.clock.move(timedelta(days=1))
    assert (await ada.get("/settings")).status_code == 303


async def test_who_asks_to_stay_where_nobody_may_is_signed_in_as_usual(site: Site) -> None:
    await add_ada(site)
    ada = site.visitor()
    await ada.send_form("/sign-in", email="ada@example.org", password=PASSWORD, keep="on")
    site.clock.move(timedelta(hours=12))
    assert (await ada.get("/settings")).status_code == 303


OURS = ["/", "/settings", "/settings#team", "/pair?x=1", "/setup/nudges"]
OTHERS = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "https://evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "\t//evil.example",
    " //evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    "/%09/evil.example",
    "/%2F/evil.example",
    "/%5cevil.example",
    "/%5C%5Cevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/settings\\@evil.example",
    "/@evil.example",
    "evil.example",
    "//127.0.0.1:8000@evil.example",
    "/nowhere",
    "/api/openapi.json",
    "/sign-in",
    "/sign-out",
    "?next=//evil.example",
    "#//evil.example",
    "",
    "/" + "a" * 3000,
]


async def test_signing_in_goes_on_to_our_own_pages_only(site: Site) -> None:
    visitor = await site.signed_in()
    for given in [*OURS, *OTHERS]:
        answer = await visitor.get("/sign-in", params={"next": given})
        assert answer.headers["location"] == (given if given in OURS else "/"), given


def count_hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    verify = PasswordHasher.verify

    def counting(self: PasswordHasher, kept: str, password: str) -> bool:
        done.append(kept)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    return done


async def test_another_program_on_this_machine_does_not_sign_us_out(site: Site) -> None:
    """Cookies know no ports: a name as common as "session" is everybody's."""
    visitor = await site.signed_in()
    visitor.cookies.set("session", "that of another program")
    assert (await visitor.get("/settings")).status_code == 200


async def test_who_signed_in_under_the_former_name_stays_signed_in_and_can_sign_out(site: Site) -> None:
    before = await site.signed_in()
    visitor, token = site.visitor(), before.session_token
    visitor.cookies.set("session", token)
    assert (await visitor.get("/settings")).status_code == 200
    csrf = csrf_token(token, site.settings)
    answer = await visitor.send_form("/sign-out", csrf=csrf)
    assert answer.headers["location"] == "/sign-in?notice=signed-out"
    assert {cookie.split("=")[0] for cookie in answer.headers.get_list("set-cookie")} == {
        "amends_session",
        "session",
    }
    assert await sessions.member_of(token, now=site.clock()) is None
