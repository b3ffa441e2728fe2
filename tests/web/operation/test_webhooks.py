"""May an admin set up a webhook, see its secret once, and see what became of each event?"""

import re
from uuid import UUID

import pytest

from amends import tables
from amends.gateways.secrets import Secrets
from amends.gateways.webhooks import Answered
from amends.services.operation import webhooks
from tests.services.operation.test_webhooks import Endpoint
from tests.web.site import Site, Visitor

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")
FORM = {"name": "Shop", "url": "https://shop.example/hooks", "events": ["case.moved", "problem.fixed"]}
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
async def dora(site: Site) -> Visitor:
    return await site.signed_in("admin", name="dora")


async def added(site: Site, dora: Visitor) -> str:
    """The address of the page of a webhook."""
    await dora.send_form("/settings/webhooks", **FORM)
    [row] = await tables.Webhook.select(tables.Webhook.id)
    return f"/settings/webhooks/{row['id']}"


async def carry(site: Site, *answers: Answered) -> Endpoint:
    endpoint = Endpoint(*answers)
    secrets = Secrets(site.settings.encryption_keys)
    await webhooks.carry_waiting(endpoint, secrets, now=site.clock(), base_url=site.settings.base_url)
    return endpoint


async def test_its_secret_is_shown_once_and_a_new_one_on_request(site: Site, dora: Visitor):
    made = await dora.send_form("/settings/webhooks", **FORM)
    [first] = SECRET.findall(made.text)
    [row] = await tables.Webhook.select(tables.Webhook.id, tables.Webhook.events)
    assert row["events"] == "case.moved problem.fixed"
    page = f"/settings/webhooks/{row['id']}"
    assert not SECRET.findall((await dora.get(page)).text)
    [second] = SECRET.findall((await dora.send_form(f"{page}/secret")).text)
    assert first != second
    assert "The secret before signs too until" in (await dora.get(page)).text


async def test_what_is_refused_keeps_what_was_typed(site: Site, dora: Visitor):
    answer = await dora.send_form("/settings/webhooks", **FORM | {"url": "http://shop.example/"})
    assert answer.status_code == 422
    assert "Enter an address that begins with https://" in answer.text
    assert 'value="Shop"' in answer.text
    assert 'value="case.moved" checked' in answer.text


async def test_a_test_event_and_what_was_answered_stand_on_the_page_as_text(site: Site, dora: Visitor):
    page = await added(site, dora)
    await dora.send_form(f"{page}/test")
    assert "waiting" in (await dora.get(page)).text
    await carry(site, Answered(outcome="status", status=500, answer=HOSTILE))
    shown = (await dora.get(page)).text
    assert "The endpoint answered with an error." in shown
    assert "&lt;script&gt;" in shown
    assert HOSTILE not in shown


async def test_a_delivery_is_sent_again_by_a_press(site: Site, dora: Visitor):
    page = await added(site, dora)
    await dora.send_form(f"{page}/test")
    first = await carry(site)
    [again] = re.findall(r"deliveries/([0-9a-f-]{36})/again", (await dora.get(page)).text)
    await dora.send_form(f"{page}/deliveries/{UUID(again)}/again")
    second = await carry(site)
    assert first.heard[0].headers["webhook-id"] == second.heard[0].headers["webhook-id"]


async def test_one_that_is_off_says_why_and_can_be_switched_on(site: Site, dora: Visitor):
    page = await added(site, dora)
    await dora.send_form(f"{page}/test")
    await carry(site, Answered(outcome="gone", status=410))
    shown = (await dora.get(page)).text
    assert "Switched off automatically" in shown
    assert "Send a test event" not in shown
    assert "again" not in re.findall(r"deliveries/[0-9a-f-]{36}/(\w+)", shown)
    await dora.send_form(f"{page}/on")
    assert "Send a test event" in (await dora.get(page)).text
    await dora.send_form(f"{page}/off")
    await dora.send_form(f"{page}/remove")
    assert await tables.Webhook.count() == 0


async def test_only_admins_open_it(site: Site, dora: Visitor):
    page = await added(site, dora)
    for role in ("lead", "agent", "reader"):
        visitor = await site.signed_in(role)
        assert (await visitor.get("/settings/webhooks")).status_code == 403
        assert (await visitor.send_form(f"{page}/test")).status_code == 403
