"""May this identity use this route? The whole matrix, made from the application's own routes (R-33).

A route that is added later is in it by itself; one without a policy fails here.
"""

from pathlib import Path

import httpx
import pytest
from litestar import get

from amends.gateways.secrets import Secrets
from amends.services.nudge import targets
from amends.services.person import contributors
from amends.services.team import browsers, codes
from amends.services.team.members import Act
from amends.settings import Settings, from_environ
from amends.web.security import SAFE_METHODS, SCOPES, Policy
from tests.fakes import RecordingNotifier
from tests.web.routes import calls
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import entries, make_case, make_member

METRICS_TOKEN = "a-monitor-with-a-long-memory-0123456789"
CLOSED = (401, 403)
ENDING = ("/sign-out", "/api/v1/browsers/current")
"""Routes that end the identity that asks; they come last."""
ENDING_ALL = "/settings/sessions/end-all"
"""Is asked in a session of its own."""


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """With a token for monitors: without it there is one route less."""
    return from_environ(
        {
            "AMENDS_DATA_DIR": str(tmp_path / "data"),
            "AMENDS_DATABASE_URL": database_url,
            "AMENDS_METRICS_TOKEN": METRICS_TOKEN,
        }
    )


async def test_every_route_declares_its_policy(site: Site) -> None:
    declared = {str(call): call.handler.opt.get("policy") for call in calls(site.app)}
    undeclared = [call for call, policy in declared.items() if not isinstance(policy, Policy)]
    assert undeclared == []
    assert len(declared) > 40


@pytest.mark.usefixtures("own_routes")
async def test_a_route_without_a_policy_is_closed_to_everybody(site: Site) -> None:
    @get("/forgotten")
    async def forgotten() -> str:
        return "secret"

    site.app.register(forgotten)
    for visitor in (site.visitor(), await site.signed_in("admin")):
        answer = await visitor.get("/forgotten")
        assert answer.status_code == 403
        assert "secret" not in answer.text


async def identities(site: Site) -> dict[str, Visitor]:
    paired = await make_member("paired", role="admin")
    link = await contributors.make(Act(paired, site.clock()), await make_case(paired), "Helper")
    return {
        "nobody": site.visitor(),
        "contributor": site.visitor(params={"token": link}),
        "reader": await site.signed_in("reader"),
        "agent": await site.signed_in("agent"),
        "approver": await site.signed_in("approver"),
        "lead": await site.signed_in("lead"),
        "admin": await site.signed_in("admin"),
        "browser": await site.paired(paired),
        "program": await site.program(paired),
        "monitor": site.visitor(headers={"authorization": f"Bearer {METRICS_TOKEN}"}),
    }


OPEN = {
    Policy.ACCOUNT: "reader agent approver lead admin",
    Policy.WORK: "agent approver lead admin",
    Policy.LEAD: "lead admin",
    Policy.ADMIN: "admin",
    Policy.RECORDS: "reader lead admin",
    Policy.LOG: "admin",  # and readers, where an admin lets them
}
"""Who may call a route, whatever the method."""


OF_BROWSERS = (Policy.TOKEN, Policy.TOKEN_CAPTURE, Policy.TOKEN_READ, Policy.TOKEN_REPLY)
"""What a paired browser may ask; a program may be allowed the rest."""


def is_open(policy: Policy, identity: str, method: str) -> bool:
    """The table of the rules, once more and in other words than the guard's."""
    if policy in (Policy.PUBLIC, Policy.PAIRING):
        return True
    if policy is Policy.METRICS:
        return identity == "monitor"
    if policy in SCOPES:
        return identity == "program" or (identity == "browser" and policy in OF_BROWSERS)
    if policy is Policy.SIGNED_IN:
        policy = Policy.ACCOUNT if method in SAFE_METHODS else Policy.WORK
    return identity in OPEN[policy].split()


async def test_every_identity_gets_what_the_policy_says_on_every_route(site: Site) -> None:
    everybody = await identities(site)
    surprises = []
    for call in sorted(calls(site.app), key=lambda call: call.path in ENDING):
        policy = call.handler.opt["policy"]
        for identity, visitor in everybody.items():
            if call.path == ENDING_ALL and identity in OPEN[Policy.ACCOUNT].split():
                visitor = await site.visit_as(await make_member(f"leaving-{identity}", role=identity))
            answer = await ask(visitor, call.method, call.path)
            turned_away = answer.status_code in CLOSED or is_sign_in(answer.headers.get("location", ""))
            if policy in (Policy.PUBLIC, Policy.PAIRING):
                turned_away = False  # what these refuse, they refuse to everybody: their own tests say when
            is_broken = answer.status_code >= 500 and call.path != "/readyz"
            if turned_away == is_open(policy, identity, call.method) or is_broken:
                surprises.append(f"{call} as {identity}: {answer.status_code}")
    assert surprises == []


def is_sign_in(location: str) -> bool:
    return location == "/sign-in" or location.startswith("/sign-in?next=")


async def ask(visitor: Visitor, method: str, path: str) -> httpx.Response:
    if method in ("GET", "HEAD", "DELETE", "PUT") or path.startswith("/api/"):
        return await visitor.request(method, path, headers=FROM_OUR_PAGE)
    return await visitor.send_form(path)


async def test_a_contributors_link_shows_its_own_case_and_no_other_on_any_route(site: Site) -> None:
    """The object matrix of those without an account: each route is asked for the case that is not theirs."""
    alice = await make_member("alice")
    theirs = await make_case(alice, text="Spoken to the helper")
    other = await make_case(alice, text="Unspeakable")
    token = await contributors.make(Act(alice, site.clock()), theirs, "Helper")
    helper = site.visitor(params={"token": token})
    answers = [
        await ask(helper, call.method, call.path.replace("999999", str(other))) for call in calls(site.app)
    ]
    assert {answer.url.path for answer in answers if "Unspeakable" in answer.text} == set()
    assert {answer.url.path for answer in answers if "Spoken to the helper" in answer.text} == {"/contribute"}
    assert await entries(other) == ["captured"]


async def test_what_is_not_there_is_not_found_and_not_forbidden(site: Site) -> None:
    """No oracle: a missing thing and a foreign one look the same to whoever may not see them."""
    agent = await site.signed_in("agent", name="eve")
    owner = await make_member("owner")
    token = await browsers.create(owner.email, name="Theirs", now=site.clock())
    theirs = (await browsers.of_member(owner.id, now=site.clock()))[0]
    missing = await agent.send_form("/settings/browsers/00000000-0000-4000-8000-000000000000/revoke")
    foreign = await agent.send_form(f"/settings/browsers/{theirs.id}/revoke")
    assert missing.status_code == foreign.status_code == 404
    assert await browsers.member_of(token, now=site.clock()) is not None


async def test_a_target_of_somebody_else_can_neither_be_tested_nor_removed(site: Site) -> None:
    owner = await make_member("owner")
    target = await targets.add(
        await targets.checked("json://example.org/hook", RecordingNotifier()),
        member=owner.id,
        name="Mine",
        position=1,
        by=owner,
        now=site.clock(),
        secrets=Secrets(site.settings.encryption_keys),
    )
    agent = await site.signed_in("agent", name="eve")
    for verb in ("/test", "/remove", ""):
        answer = await agent.send_form(f"/settings/targets/{target}{verb}", kind="ntfy", name="x", room="x")
        assert answer.status_code in (403, 404)
    assert (await agent.get(f"/settings/targets/{target}")).status_code in (403, 404)
    assert [shown.id for shown in await targets.of_member(owner.id)] == [target]


async def test_a_cookie_is_not_accepted_where_a_token_is_asked_for_nor_the_other_way(site: Site) -> None:
    admin = await site.signed_in("admin")
    assert (await admin.get("/api/v1/summary")).status_code == 401
    browser = await site.paired(await make_member("paired", role="admin"))
    answer = await browser.get("/settings")
    assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("Bearer amends_aaaaaaaa_x", "token-is-not-good"),
        ("bearer x", "token-is-not-good"),
        ("", "token-is-missing"),
        ("Basic YTpi", "token-is-missing"),
        ("Bearer", "token-is-missing"),
        ("bearer \t", "token-is-missing"),
        ("Token x", "token-is-missing"),
    ],
)
async def test_a_token_that_is_not_good_is_told_from_one_that_did_not_arrive(
    site: Site, header: str, problem: str
) -> None:
    answer = await site.visitor().get("/api/v1/summary", headers={"authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["type"] == f"urn:amends:problem:{problem}"


async def test_a_token_in_the_address_is_not_looked_at(site: Site) -> None:
    member = await make_member("paired")
    token = await browsers.create(member.email, name="x", now=site.clock())
    answer = await site.visitor().get("/api/v1/summary", params={"token": token, "access_token": token})
    assert answer.status_code == 401


async def test_a_revoked_or_disabled_browser_is_dead_at_once(site: Site) -> None:
    member = await make_member("paired")
    browser = await site.paired(member)
    assert (await browser.get("/api/v1/summary")).status_code == 200
    assert (await browser.delete("/api/v1/browsers/current")).status_code == 204
    assert (await browser.get("/api/v1/summary")).status_code == 401


async def test_a_code_for_pairing_opens_no_password_page(site: Site) -> None:
    member = await make_member("ada")
    code = await codes.make("pair", member.id, now=site.clock())
    answer = await site.visitor().get("/password", params={"purpose": "reset", "code": code})
    assert answer.status_code == 410


async def test_captures_are_limited_and_the_answer_says_when_to_come_back(site: Site) -> None:
    browser = await site.paired(await make_member("busy"))
    site.app.state.site.captures._burst = 3  # instead of three thousand requests
    for _ in range(3):
        answer = await browser.put("/api/v1/captures/00000000-0000-4000-8000-000000000000", content=b"{}")
    assert answer.status_code == 422
    answer = await browser.put("/api/v1/captures/00000000-0000-4000-8000-000000000000", content=b"{}")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    other = await site.paired(await make_member("calm"))
    assert (await other.put("/api/v1/captures/x", content=b"{}")).status_code == 404
    assert await make_case(await make_member("alice")) == 1
