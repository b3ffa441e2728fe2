"""Can a member turn reminders on in this browser, see it among the destinations, test and remove it?"""

import re

from amends import tables
from amends.gateways.secrets import Secrets
from amends.rules.vocabulary import Role
from amends.services.nudge import nudges, push_targets
from amends.services.team import members
from tests.gateways.push_service import Browser
from tests.web.site import Site, Visitor
from tests.world import HOUR, MONDAY, make_case, make_member

PAGE = "/settings/reminders"
ENDPOINT = "https://push.example.org/send/abc"
FIREFOX = {"user-agent": "Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"}


async def subscribe(visitor: Visitor, **changes: str):
    to = Browser().subscription(ENDPOINT)
    given = {"endpoint": to.endpoint, "key": to.key, "auth": to.auth, **changes}
    visitor.headers.update(FIREFOX)
    return await visitor.send_form("/settings/push", **given)


async def test_before_the_first_start_nothing_is_offered_and_then_the_key(site: Site) -> None:
    agent = await site.signed_in()
    assert "push-browser" not in (await agent.get(PAGE)).text
    key = await push_targets.ensure_key(Secrets(site.settings.encryption_keys), now=site.clock())
    page = (await agent.get(PAGE)).text
    assert f'data-key="{key}"' in page
    assert "Reminders in this browser need scripts." in page


async def test_a_browser_is_a_destination_by_its_name_and_shows_no_address(site: Site) -> None:
    agent = await site.signed_in()
    answer = await subscribe(agent)
    assert answer.headers["location"] == f"{PAGE}?notice=saved#targets"
    page = (await agent.get(PAGE)).text
    assert "Firefox on Android" in page
    assert "webpush://push.example.org/…" in page
    assert "send/abc" not in page
    row = (await tables.Target.select())[0]
    assert f'href="/settings/targets/{row["id"]}"' not in page
    assert (await agent.send_form(f"/settings/targets/{row['id']}/test")).status_code == 303
    await agent.send_form(f"/settings/targets/{row['id']}/remove")
    assert not await tables.Target.exists()


async def test_what_is_no_subscription_is_refused_with_a_sentence(site: Site) -> None:
    agent = await site.signed_in()
    await push_targets.ensure_key(Secrets(site.settings.encryption_keys), now=site.clock())
    answer = await subscribe(agent, endpoint="http://127.0.0.1/x")
    assert answer.status_code == 422
    assert "The browser gave no usable subscription." in answer.text
    assert not await tables.Target.exists()


async def test_a_browser_that_is_gone_says_so_and_how_to_come_back(site: Site) -> None:
    agent = await site.signed_in()
    await subscribe(agent)
    row = (await tables.Target.select())[0]
    secrets = Secrets(site.settings.encryption_keys)
    await push_targets.end(row["id"], secrets, now=site.clock())
    page = (await agent.get(PAGE)).text
    assert "This browser ended its subscription" in page
    assert "Your reminders do not arrive" in page


async def test_a_browser_is_offered_no_other_address_and_takes_none(site: Site) -> None:
    agent = await site.signed_in("lead")
    await subscribe(agent)
    [before] = await tables.Target.select()
    path = f"/settings/targets/{before['id']}"
    for answer in (
        await agent.get(path),
        await agent.send_form(path, kind="ntfy", name="Phone", room="bakers"),
        await agent.send_form(path, kind="ntfy", name="Phone"),
    ):
        assert answer.status_code == 409
        assert "A browser cannot be given another address. Remove it" in answer.text
    assert await tables.Target.select() == [before]
    await tables.Target.update({tables.Target.failures: 3}, force=True)
    admin = await site.signed_in("admin")
    for visitor in (agent, admin):
        page = (await visitor.get("/settings/worker")).text
        assert "Nothing arrives there" in page
        assert "Turn reminders on again there, or remove it." in page
        assert path not in page


async def test_whoever_had_this_browser_before_is_told_that_it_ended_and_not_by_whom(site: Site) -> None:
    before, after = await site.signed_in(name="Ada"), await site.signed_in(name="Ben")
    await subscribe(before)
    await subscribe(after)
    page = (await before.get(PAGE)).text
    assert "Your reminders do not arrive" in page
    assert "This browser ended its subscription" in page
    [row] = re.findall(r"<li>(?:(?!</li>).)*webpush://.*?</li>", page, re.DOTALL)
    assert "Ben" not in row
    page = (await after.get(PAGE)).text
    assert "webpush://push.example.org/…" in page
    assert "Your reminders do not arrive" not in page
    assert "This browser ended its subscription" not in page


async def test_a_reminder_that_a_browser_did_not_get_leads_to_no_other_address(site: Site) -> None:
    alice = await make_member("alice")
    agent = await site.visit_as(alice)
    await subscribe(agent)
    [target] = await tables.Target.select()
    await make_case(alice)
    await tables.FollowUp.update({"owner": alice.id}, force=True)
    site.clock.move(4 * HOUR)
    await nudges.sweep(now=site.clock())
    await tables.Nudge.update({"state": "dead", "settled_at": site.clock()}, force=True)
    page = (await agent.get("/settings/delivery")).text
    assert "Try again" in page
    assert f"/settings/targets/{target['id']}" not in page


async def test_signing_out_ends_it(site: Site) -> None:
    agent = await site.signed_in()
    await subscribe(agent)
    await agent.send_form("/sign-out")
    assert not await tables.Target.exists()


async def test_the_password_is_asked_for_first_where_it_was_not_typed_lately(site: Site) -> None:
    known = await members.add(
        "ada@example.org", name="Ada", role=Role.AGENT, password="seven quiet ovens", now=MONDAY, by=None
    )
    agent = await site.visit_as(known)
    await tables.Session.update({tables.Session.proved_at: None}, force=True)
    answer = await subscribe(agent)
    assert answer.status_code == 200
    assert re.search(r'name="endpoint" value="https://push', answer.text)
    assert not await tables.Target.exists()
