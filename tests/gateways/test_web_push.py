"""Web push: only the browser reads a message, push services know who sends, and the way out is guarded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import http_ece
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from amends.gateways.notifier import Message, Outcome, web_push
from amends.gateways.notifier.sandbox_client import SandboxedNotifier
from amends.gateways.notifier.web_push import Subscription, SubscriptionIsMalformed
from tests.gateways.push_service import Browser, PushService, claims_of, content, push_service

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
KEY = web_push.new_key()
ENDPOINT = "https://push.example.org/send/abc?x=1"
NUDGE = Message(
    "#142 · réponse publique 😠",
    "Dana, on X\n\nhttps://amends.example.org/act/secret",
    thread_id="case-142@amends.example.org",
    brief="Dana, on X",
    opens="https://amends.example.org/cases/142",
)


def request(browser: Browser, message: Message = NUDGE, endpoint: str = ENDPOINT) -> web_push.Push:
    to = browser.subscription(endpoint)
    return web_push.push(to, message, key=KEY, contact="https://amends.example.org", now=NOW)


def test_the_browser_reads_what_was_said_and_no_link_by_which_to_act():
    browser = Browser()
    assert browser.opened(request(browser).content) == {
        "title": "#142 · réponse publique 😠",
        "body": "Dana, on X",
        "tag": "case-142@amends.example.org",
        "url": "https://amends.example.org/cases/142",
    }


def test_no_other_browser_reads_it_and_two_messages_share_no_bytes():
    browser = Browser()
    first, second = request(browser).content, request(browser).content
    assert first[:16] != second[:16]
    assert first[86:] != second[86:]
    with pytest.raises((InvalidTag, http_ece.ECEException)):
        Browser().opened(first)
    with pytest.raises((InvalidTag, http_ece.ECEException)):
        Browser(key=browser.key, auth=b"another secret 1").opened(first)


def test_the_example_of_the_standard_is_opened_as_it_says():
    """RFC 8291, appendix A, so that the reader of these tests is known to be right."""
    private = content("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
    key = ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1())
    body = content(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    auth = content("BTBZMqHH6r4Tts7J_aSIgg")
    told = http_ece.decrypt(body, private_key=key, auth_secret=auth, version="aes128gcm")
    assert told == b"When I grow up, I want to be a watermelon"


def test_the_longest_message_fits_into_what_push_services_take():
    browser = Browser()
    long = replace(NUDGE, title="😠" * 500, brief="😠" * 5_000)
    sent = request(browser, long).content
    assert len(sent) <= 4_096
    assert browser.opened(sent)["body"] == "😠" * web_push.BODY


def test_a_push_service_can_check_who_sends_and_that_it_is_meant():
    sent = request(Browser())
    claims, key = claims_of(sent.headers["authorization"])
    assert key == web_push.public_part(KEY)
    assert claims == {
        "aud": "https://push.example.org",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "https://amends.example.org",
    }
    assert (sent.headers["ttl"], sent.headers["urgency"]) == ("86400", "high")


def test_of_one_thread_the_later_message_takes_the_place_of_the_earlier_one():
    browser = Browser()
    topic = request(browser).headers["topic"]
    assert topic == request(browser, replace(NUDGE, title="Later")).headers["topic"]
    assert topic != request(browser, replace(NUDGE, thread_id="case-143@x")).headers["topic"]
    assert len(topic) <= 32


def test_a_subscription_comes_back_out_of_its_address_and_is_shown_by_its_service_alone():
    to = Browser().subscription(ENDPOINT)
    assert web_push.read(to.address) == to
    assert web_push.subscription(to.endpoint, to.key + "=", to.auth) == to
    there = "https://push.example.org:65535/x"
    assert web_push.subscription(there, to.key, to.auth + "==").endpoint == there
    assert to.masked == "webpush://push.example.org/…"
    assert to.key not in repr(to)
    assert web_push.read("json://example.org/hook") is None


GOOD = Browser().subscription(ENDPOINT)


@pytest.mark.parametrize(
    "given",
    [
        replace(GOOD, endpoint="http://push.example.org/x"),
        replace(GOOD, endpoint="https://u:p@push.example.org/x"),
        replace(GOOD, endpoint="https://push.example.org/x y"),
        replace(GOOD, endpoint="file:///etc/passwd"),
        replace(GOOD, endpoint="https://push.example.org:99999/x"),
        replace(GOOD, endpoint="https://push.example.org:0/x"),
        replace(GOOD, endpoint="https://push.example.org:٤٤٣/x"),
        replace(GOOD, endpoint="https://push.example.org/" + "x" * 1_000),
        replace(GOOD, key="A" * 87),
        replace(GOOD, key=GOOD.key[:-4]),
        replace(GOOD, key="é" * 87),
        replace(GOOD, auth="AAAA"),
        replace(GOOD, auth=""),
        replace(GOOD, auth="+" * 22),
        replace(GOOD, auth="/" * 22),
    ],
)
def test_what_is_no_subscription_is_refused(given: Subscription):
    with pytest.raises(SubscriptionIsMalformed):
        web_push.subscription(given.endpoint, given.key, given.auth)


@pytest.fixture(scope="module")
def service():
    with push_service() as service:
        yield service


def at(service: PushService, status: int) -> str:
    """Without encryption on the way: no certificate authority vouches for a loopback address."""
    return f"http://127.0.0.1:{service.port}/{status}/token"


async def test_what_arrives_can_be_opened_and_each_answer_has_its_outcome(service: PushService):
    notifier = SandboxedNotifier([f"127.0.0.1:{service.port}"], timeout=10)
    browser = Browser()
    results = {
        status: await notifier.push(request(browser, endpoint=at(service, status)))
        for status in (201, 404, 410, 429, 403, 500, 307)
    }
    await notifier.close()
    headers, body = service.received[0]
    assert headers["content-encoding"] == "aes128gcm"
    assert claims_of(headers["authorization"])[0]["aud"] == f"http://127.0.0.1:{service.port}"
    assert browser.opened(body)["title"] == NUDGE.title
    assert {status: result.outcome for status, result in results.items()} == {
        201: Outcome.delivered,
        404: Outcome.gone,
        410: Outcome.gone,
        429: Outcome.rejected,
        403: Outcome.rejected,
        500: Outcome.rejected,
        307: Outcome.rejected,
    }
    assert results[429].retry_after == 37


async def test_an_endpoint_on_a_private_network_is_not_connected_to(service: PushService):
    service.received.clear()
    notifier = SandboxedNotifier([], timeout=10)
    result = await notifier.push(request(Browser(), endpoint=at(service, 201)))
    await notifier.close()
    assert result.outcome is Outcome.refused
    assert service.received == []
