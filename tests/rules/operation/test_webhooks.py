"""Is an event signed as its standard says, and which addresses are taken?"""

import base64
from datetime import timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from amends.rules.operation import webhooks as rules
from tests.world import DAY, MONDAY

SECRET, OLD = rules.secret_of(b"s" * 32), rules.secret_of(b"o" * 32)
BODY = '{"été":"œ"}'.encode()


class At(Webhook):
    """The library of the standard, told the time."""

    def _Webhook__verify_timestamp(self, header: str) -> object:
        return MONDAY


def test_the_library_of_the_standard_takes_it_with_either_secret_while_one_is_rotated():
    sent = rules.headers([SECRET, OLD], "msg_1", MONDAY, BODY)
    for secret in (SECRET, OLD):
        assert At(secret).verify(BODY, sent) == {"été": "œ"}
    assert len(sent["webhook-signature"].split()) == 2


@pytest.mark.parametrize(
    ("changed", "body"), [({}, BODY + b" "), ({"webhook-id": "msg_2"}, BODY)], ids=["body", "id"]
)
def test_what_was_changed_on_the_way_is_refused(changed: dict[str, str], body: bytes):
    sent = rules.headers([SECRET], "msg_1", MONDAY, BODY)
    with pytest.raises(WebhookVerificationError):
        At(SECRET).verify(body, sent | changed)
    with pytest.raises(WebhookVerificationError):
        At(OLD).verify(BODY, sent)


def test_the_secret_is_of_the_length_that_the_standard_wants():
    assert len(base64.b64decode(SECRET.removeprefix("whsec_"))) == 32


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://shop.example/hooks?a=1", True),
        ("http://shop.example/hooks", False),
        ("http://127.0.0.1:9000/", True),
        ("http://127.0.0.1:9001/", False),
        ("https://user:pass@shop.example/", False),
        ("https://shop.example/#a", False),
        ("https://", False),
        ("https://[::1", False),
        ("https://shop.example/a b", False),
        ("https://shop.example/\r\nX: 1", False),
        ("ftp://shop.example/", False),
        ("https://shop.example/" + "a" * 500, False),
    ],
)
def test_an_address_is_https_and_clean_or_listed(address: str, good: bool):
    assert rules.is_address(address, private=["127.0.0.1:9000"]) is good


def test_an_endpoint_rests_longer_after_each_failure_and_as_long_as_it_asks():
    rests = [rules.rest_after(failures, None) for failures in range(1, 9)]
    assert rests == sorted(rests)
    assert rests[-1] <= timedelta(hours=1)
    assert rules.rest_after(1, 7_200) == timedelta(hours=2)
    assert rules.rest_after(1, 10**9) == DAY


def test_an_endpoint_that_took_nothing_for_three_days_is_to_be_switched_off():
    assert not rules.has_failed_too_long(None, now=MONDAY)
    assert not rules.has_failed_too_long(MONDAY, now=MONDAY + 2 * DAY)
    assert rules.has_failed_too_long(MONDAY, now=MONDAY + 3 * DAY)
