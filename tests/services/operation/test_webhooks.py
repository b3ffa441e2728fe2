"""Does every endpoint hear each event at least once, in the order of its case, and nothing that was typed?"""

import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from standardwebhooks import Webhook

from amends import tables
from amends.gateways.secrets import Secrets, new_key
from amends.gateways.webhooks import Answered, Outgoing
from amends.rules.nudge import nudges
from amends.rules.operation import webhooks as rules
from amends.rules.vocabulary.events import EventType
from amends.services.operation import webhooks
from amends.services.operation.webhooks import DeliveryUnknown, WebhookFields, WebhookIsOff, WebhookIsWrong
from amends.services.team.members import Act, Member, OnlyAdminsMay
from amends.services.workflow import case_commands, removals
from tests.rules.operation.test_webhooks import At
from tests.world import DAY, MONDAY, make_case, make_member, move

SECRETS, BASE = Secrets([new_key()]), "https://amends.example.org"
GOOD, BAD = Answered(outcome="delivered", status=200), Answered(outcome="status", status=500, answer="\x00no")
EVERYTHING = [one.value for one in EventType]
A_MINUTE = timedelta(minutes=1)


class Endpoint:
    """Takes the place of the carrier: keeps what it is sent, and answers what it is told to answer."""

    def __init__(self, *answers: Answered) -> None:
        self.answers, self.heard = list(answers), list[Outgoing]()

    async def carry(self, address: str, events: Sequence[Outgoing]) -> list[Answered]:
        said = list[Answered]()
        for event in events:
            self.heard.append(event)
            said.append(self.answers.pop(0) if self.answers else GOOD)
            if said[-1].outcome != "delivered":
                break
        return said

    @property
    def kinds(self) -> list[str]:
        return [json.loads(one.body)["type"] for one in self.heard]


@pytest.fixture
async def dora(bob: Member) -> Member:
    return await make_member("dora", role="admin")


async def listen(dora: Member, *events: str, name: str = "shop") -> tuple[UUID, str]:
    fields = WebhookFields(name=name, url="https://shop.example/hooks", events=events or EVERYTHING)
    return await webhooks.add(Act(dora, MONDAY), fields, SECRETS, private=())


async def carried(endpoint: Endpoint, now: object = MONDAY) -> bool:
    return await webhooks.carry_waiting(endpoint, SECRETS, now=now, base_url=BASE)  # type: ignore[arg-type]


async def states(webhook: UUID) -> list[tuple[str, str, int]]:
    shown = await webhooks.deliveries_of(webhook)
    return [(one.kind.value, one.state.value, one.attempts) for one in reversed(shown)]


async def test_an_event_arrives_signed_with_the_facts_and_without_a_word_of_anybody(dora: Member):
    _webhook, secret = await listen(dora)
    number = await make_case(dora)
    await move(number, "answer", by=dora, severity="s3", stance="fix")
    await case_commands.note(Act(dora, MONDAY), number, text="Dana is angry")
    endpoint = Endpoint()
    while await carried(endpoint):
        pass
    for one in endpoint.heard:
        At(secret).verify(one.body, dict(one.headers))
        for word in (b"Dana", b"cake", b"angry", b"Dora", b"x.com"):
            assert word not in one.body
    moved = json.loads(next(one.body for one in endpoint.heard if b"case.moved" in one.body))
    assert moved["timestamp"] == "2026-05-04T08:00:00Z"
    assert moved["data"]["case"]["url"] == f"{BASE}/cases/{number}"
    assert moved["data"]["case"]["stage"] == "acknowledge"
    assert moved["data"]["entry"]["facts"] == {"move": "answer", "before": "new", "after": "acknowledge"}
    assert moved["data"]["entry"]["member"] == str(dora.id)


async def test_events_of_one_case_wait_for_each_other_and_those_of_another_do_not(dora: Member):
    webhook, _secret = await listen(dora, "case.captured", "case.noted")
    first = await make_case(dora)
    await case_commands.note(Act(dora, MONDAY), first, text="one")
    endpoint = Endpoint(BAD)
    assert not await carried(endpoint)
    assert endpoint.kinds == ["case.captured"]
    second = await make_case(dora)
    assert await carried(endpoint)
    assert f"/cases/{second}" in str(endpoint.heard[-1].body)
    assert not await carried(endpoint), "the note waits for the capture"
    assert await carried(endpoint, MONDAY + timedelta(minutes=2))
    assert endpoint.kinds == ["case.captured"] * 3 + ["case.noted"]
    assert endpoint.heard[0].headers["webhook-id"] == endpoint.heard[2].headers["webhook-id"]
    assert sorted(await states(webhook)) == [
        ("case.captured", "sent", 1),
        ("case.captured", "sent", 2),
        ("case.noted", "sent", 1),
    ]


async def test_an_event_is_given_up_after_nine_tries_and_then_those_behind_it_go_on(dora: Member):
    webhook, _secret = await listen(dora, "case.captured", "case.noted")
    number = await make_case(dora)
    await case_commands.note(Act(dora, MONDAY), number, text="one")
    endpoint, now = Endpoint(*[BAD] * nudges.LAST_ATTEMPT), MONDAY
    for attempt in range(1, nudges.LAST_ATTEMPT + 1):
        await carried(endpoint, now)
        now += nudges.retry_after(attempt, jitter=1) or timedelta()
    assert await states(webhook) == [("case.captured", "dead", 9), ("case.noted", "ready", 0)]
    assert await carried(endpoint, now)
    [noted, captured] = await webhooks.deliveries_of(webhook)
    assert (noted.state, captured.answer) == ("sent", "�no")


async def test_an_event_whose_sender_died_is_sent_again_with_the_same_id_when_its_lease_is_over(dora: Member):
    webhook, _secret = await listen(dora, "case.captured")
    await make_case(dora)
    endpoint = Endpoint()

    class Killed(BaseException):
        """The worker is gone between the endpoint's yes and our mark."""

    class Dying:
        async def carry(self, address: str, events: Sequence[Outgoing]) -> list[Answered]:
            await endpoint.carry(address, events)
            raise Killed

    with pytest.raises(Killed):
        await webhooks.carry_waiting(Dying(), SECRETS, now=MONDAY, base_url=BASE)
    assert not await carried(endpoint, MONDAY + timedelta(seconds=59))
    assert await carried(endpoint, MONDAY + timedelta(seconds=61))
    first, second = endpoint.heard
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert await states(webhook) == [("case.captured", "sent", 2)]


async def test_two_workers_never_carry_one_event_at_once(dora: Member):
    await listen(dora, "case.captured")
    await make_case(dora)
    other = Endpoint()

    class Slow(Endpoint):
        async def carry(self, address: str, events: Sequence[Outgoing]) -> list[Answered]:
            assert not await carried(other)
            return await super().carry(address, events)

    assert await carried(Slow())
    assert other.heard == []


async def test_410_switches_it_off_gives_up_what_waits_and_tells_admins(dora: Member):
    webhook, _secret = await listen(dora)
    await make_case(dora)
    assert not await carried(Endpoint(Answered(outcome="gone", status=410)))
    shown = await webhooks.find(webhook)
    assert (shown.is_on, shown.ended) == (False, "gone")
    assert {state for _kind, state, _attempts in await states(webhook)} == {"dead"}
    assert await tables.Notice.count() == 1
    before = len(await states(webhook))
    await make_case(dora)
    assert len(await states(webhook)) == before


async def test_three_days_of_failures_switch_it_off_and_one_success_begins_them_anew(dora: Member):
    webhook, _secret = await listen(dora, "case.captured")
    failing = Answered(outcome="unreachable")
    for day in range(3):
        await make_case(dora)
        await carried(Endpoint(failing), MONDAY + day * DAY)
    assert (await webhooks.find(webhook)).is_on
    await carried(Endpoint(), MONDAY + 2 * DAY + timedelta(hours=1))
    for day in range(3, 7):
        await make_case(dora)
        await carried(Endpoint(failing), MONDAY + day * DAY)
        assert (await webhooks.find(webhook)).is_on is (day < 6)
    assert (await webhooks.find(webhook)).ended == "failing"


async def test_an_endpoint_that_cannot_be_reached_rests_as_long_as_it_asks(dora: Member):
    webhook, _secret = await listen(dora, "case.captured")
    await make_case(dora)
    await make_case(dora)
    endpoint = Endpoint(Answered(outcome="busy", status=429, retry_after=3_600))
    await carried(endpoint)
    assert (await webhooks.find(webhook)).paused_until == MONDAY + timedelta(hours=1)
    assert not await carried(endpoint, MONDAY + timedelta(minutes=59))
    assert await carried(endpoint, MONDAY + timedelta(minutes=61))
    assert len(endpoint.heard) == 3


async def test_a_removed_case_is_told_as_removed_and_nothing_else_of_it(dora: Member):
    await listen(dora)
    number = await make_case(dora)
    await removals.remove(Act(dora, MONDAY), number, reason="A test")
    endpoint = Endpoint()
    await carried(endpoint)
    for one in endpoint.heard:
        assert json.loads(one.body)["data"]["case"]["removed"] is True
        assert json.loads(one.body)["data"].keys() == {"case"}
    assert endpoint.kinds[-1] == "case.removed"


async def test_both_secrets_sign_for_a_day_after_a_rotation(dora: Member):
    webhook, old = await listen(dora, "case.captured")
    new = await webhooks.rotate(Act(dora, MONDAY), webhook, SECRETS)
    assert new != old
    counted = []
    for now in (MONDAY, MONDAY + rules.OVERLAP):
        await make_case(dora)
        await carried(endpoint := Endpoint(), now)
        counted.append(len(endpoint.heard[0].headers["webhook-signature"].split()))
    assert counted == [2, 1]


async def test_a_test_says_nothing_is_tried_once_and_does_not_wait(dora: Member):
    webhook, _secret = await listen(dora, "case.captured")
    await make_case(dora)
    await carried(Endpoint(Answered(outcome="unreachable")))
    await webhooks.try_out(Act(dora, MONDAY), webhook)
    await carried(endpoint := Endpoint(BAD))
    assert json.loads(endpoint.heard[0].body)["data"] == {}
    assert ("webhook.test", "dead", 1) in await states(webhook)


async def test_a_delivery_is_sent_again_unless_it_is_being_sent_or_the_webhook_is_off(
    dora: Member,
):
    act, (webhook, _secret) = Act(dora, MONDAY), await listen(dora, "case.captured")
    await make_case(dora)
    await carried(endpoint := Endpoint())
    [one] = await webhooks.deliveries_of(webhook)
    await webhooks.send_again(act, webhook, one.id)
    await carried(endpoint)
    assert endpoint.heard[0].headers["webhook-id"] == endpoint.heard[1].headers["webhook-id"]
    await tables.WebhookDelivery.update({"state": "sending"}, force=True)
    with pytest.raises(DeliveryUnknown):
        await webhooks.send_again(act, webhook, one.id)
    await webhooks.switch_on(act, webhook, on=False)
    with pytest.raises(WebhookIsOff):
        await webhooks.send_again(act, webhook, one.id)
    with pytest.raises(WebhookIsOff):
        await webhooks.try_out(act, webhook)


async def test_settled_deliveries_are_forgotten_after_thirty_days_and_waiting_ones_are_kept(dora: Member):
    webhook, _secret = await listen(dora, "case.captured", "case.noted")
    number = await make_case(dora)
    await carried(Endpoint())
    await case_commands.note(Act(dora, MONDAY), number, text="one")
    await webhooks.forget_old(now=MONDAY + rules.KEPT_FOR + DAY)
    assert await states(webhook) == [("case.noted", "ready", 0)]


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"url": "http://shop.example/"}, {"url": "https://a:b@shop.example/"}, {"events": ["x"]}],
    ids=["name", "plain", "password", "events"],
)
async def test_what_is_wrong_is_refused_at_its_field(dora: Member, wrong: dict[str, object]):
    given = {"name": "shop", "url": "https://shop.example/", "events": EVERYTHING, **wrong}
    with pytest.raises(WebhookIsWrong) as refused:
        await webhooks.add(Act(dora, MONDAY), WebhookFields(**given), SECRETS, private=())  # type: ignore[arg-type]
    assert set(refused.value.fields) == set(wrong)


async def test_an_address_is_taken_once(dora: Member):
    await listen(dora)
    with pytest.raises(WebhookIsWrong) as refused:
        await listen(dora, name="again")
    assert set(refused.value.fields) == {"url"}


async def test_only_admins_set_up_webhooks(alice: Member, dora: Member):
    webhook, _secret = await listen(dora)
    act, fields = Act(alice, MONDAY), WebhookFields(name="a", url="https://a.example", events=EVERYTHING)
    for forbidden in (
        webhooks.add(act, fields, SECRETS, private=()),
        webhooks.change(act, webhook, fields, private=()),
        webhooks.rotate(act, webhook, SECRETS),
        webhooks.switch_on(act, webhook, on=False),
        webhooks.remove(act, webhook),
        webhooks.try_out(act, webhook),
        webhooks.send_again(act, webhook, uuid4()),
    ):
        with pytest.raises(OnlyAdminsMay):
            await forbidden


def test_the_library_of_the_standard_is_the_one_that_verifies():
    assert issubclass(At, Webhook)
