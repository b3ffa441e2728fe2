"""Validation of target addresses and the allow-list, without network."""

import pytest
from apprise.utils.http import is_public_ip_address
from hypothesis import given
from hypothesis import strategies as st

from amends.gateways.notifier import Message, Outcome, Result
from amends.gateways.notifier.addresses import Refusal
from amends.gateways.notifier.allowlist import METADATA, PrivateTargetIsMalformed, may_connect, parse_entry
from amends.gateways.notifier.message_text import body_text, outgoing, quiet, title_line
from amends.gateways.notifier.outcome_probe import pause_asked
from amends.gateways.notifier.policy import explain, in_words, mask
from amends.gateways.notifier.sandbox_client import server_of

GOOD = [
    "mailto://user:pass@example.org",
    "mailtos://example.org:465?to=a@example.org&name=Our Team",
    "gotify://push.example.org/AbCdEf",
    "ntfys://ntfy.example.org/topic",
    "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general",
    "json://127.0.0.1:8080/hook?+X-Key=abc&:message=text",
    "  JSON://example.org  ",
]


@pytest.mark.parametrize("address", GOOD)
def test_a_good_address_needs_no_explanation(address: str):
    assert explain(address) is None


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "begins with"),
        ("owner@example.org", "begins with"),
        ("json://", "begins with"),
        ("https://example.org/hook", "https:// is not a supported service"),
        ("gotfy://example.org", "gotfy:// is not a supported service"),
        ("syslog://", "begins with"),
        ("syslog://localhost", "is disabled"),
        ("GNOME://x", "gnome:// would act"),
        ("fcm://a@b/c?keyfile=/x", "keyfile="),
        ("mailto://a?PGP-Pub=/x", "pgppub="),
        ("json://a\nb", "line breaks"),
        ("json://a?+X=%0D%0A", "line breaks"),
        ("json://a?+X=%250a", "line breaks"),
        ("json://a, json://b", "several"),
        ("json://a" + "b" * 3000, "too long"),
    ],
)
def test_a_wrong_address_is_explained(address: str, words: str):
    assert words in (explain(address) or "")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("mailto://user:secret@mail.example.org:25/?to=me@example.org", "mailto://mail.example.org:25/…"),
        ("json://user:secret@Example.org/token?+Authorization=secret", "json://example.org/…"),
        ("gotifys://10.0.0.7:8443/secret", "gotifys://10.0.0.7:8443/…"),
        ("discord://123456/secret", "discord://…"),
        ("tgram://123:secret/chat", "tgram://…"),
        ("ntfy://secrettopic", "ntfy://…"),
        ("mailto://user:secr/et@example.org", "mailto://…"),
        ("mailto://us@er:secret@example.org", "mailto://…"),
        ("json://secret", "json://…"),
        ("secret", "…"),
    ],
)
def test_a_masked_address_shows_the_place_and_no_secret(address: str, shown: str):
    assert mask(address) == shown


@given(
    st.from_regex(r"[A-Za-z0-9!$^*+_~-]{6,20}", fullmatch=True),
    st.sampled_from(["mailto", "json", "slack", "ntfy"]),
)
def test_a_password_or_token_never_survives_the_mask(secret: str, schema: str):
    address = f"{schema}://user{secret}:{secret}@example.org/{secret}/?to=a@example.org&key={secret}"
    assert secret.lower() not in mask(address).lower().replace("example.org", "")


PUBLIC = ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.1.1",
    "100.64.0.1",
    "100.127.255.255",
    "198.18.0.1",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "192.0.0.8",
    "192.88.99.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::808:808",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
    "3fff::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fd00::1",
    "fc00::1",
    "ff02::1",
    "100::1",
    "5f00::1",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_no_private_address_is_reached_whatever_else_is_asked(host: str):
    assert not may_connect(host, 443, allowed=[], is_public=lambda _: True, resolve=lambda *_: [])


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_address_is_reached_when_nothing_else_objects(host: str):
    assert may_connect(host, 443, allowed=[], is_public=lambda _: True, resolve=lambda *_: [])


def allowed(host: object, port: object, *entries: str) -> bool:
    return may_connect(
        host,
        port,
        allowed=[parse_entry(entry) for entry in entries],
        is_public=is_public_ip_address,
        resolve=lambda name, _port: {"mail.lan": ["10.1.1.1", "::1"]}.get(
            name, [name] if name[0].isdigit() else []
        ),
    )


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_reached(address: str):
    assert allowed(address, 443)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_or_special_address_may_not(address: str):
    assert not allowed(address, 443)


@pytest.mark.parametrize("host", ["example.org", "localhost", "", None, 1, b"1.1.1.1", "1.1.1", "2130706433"])
def test_anything_but_an_address_may_not_be_connected_to(host: object):
    assert not allowed(host, 443, "0.0.0.0/0")


def test_an_entry_with_a_port_opens_exactly_this_host_and_port():
    assert allowed("10.1.1.1", 25, "mail.lan:25")
    assert allowed("::1", 25, "mail.lan:25")
    assert allowed("::ffff:10.1.1.1", 25, "mail.lan:25")
    assert not allowed("10.1.1.1", 26, "mail.lan:25")
    assert not allowed("10.1.1.2", 25, "mail.lan:25")
    assert allowed("127.0.0.1", 8025, "127.0.0.1:8025")
    assert not allowed("127.0.0.1", "8025", "127.0.0.1:8025")


def test_a_network_opens_all_its_ports_and_nothing_beside_it():
    assert allowed("10.9.9.9", 1, "10.0.0.0/8")
    assert allowed("fd00::9", 1, "fd00::/8")
    assert not allowed("11.0.0.1", 1, "10.0.0.0/8") or is_public_ip_address("11.0.0.1")
    assert not allowed("192.168.0.1", 1, "10.0.0.0/8")


@pytest.mark.parametrize(
    "address", [*sorted(map(str, METADATA)), "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"]
)
def test_no_entry_opens_a_metadata_service(address: str):
    entries = ("0.0.0.0/0", "::/0", f"[{address}]:80" if ":" in address else f"{address}:80")
    assert not allowed(address, 80, *entries)


@pytest.mark.parametrize(
    "entry", ["", "host", "host:", "host:0", "host:70000", "10.0.0.1/8", "[x]:1", "a b:1", "[::1::]:5"]
)
def test_a_malformed_entry_is_refused(entry: str):
    with pytest.raises(PrivateTargetIsMalformed):
        parse_entry(entry)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@everyone look", "@\u2060everyone look"),
        ("a@example.org", "a@example.org"),
        ("<@U123> <!channel> <#C1>", "<@\u2060U123> <!\u2060channel> <#\u2060C1>"),
        ("case #142 !", "case #142 !"),
    ],
)
def test_a_mention_is_made_harmless(text: str, expected: str):
    assert quiet(text) == expected


def test_chats_get_harmless_mentions_and_mail_gets_the_text_itself():
    message = Message("@here", "@here")
    assert outgoing(message, schema="slack")["title"] == "@\u2060here"
    assert outgoing(message, schema="mailto")["body"] == "@here"


@given(st.text(), st.text())
def test_whatever_the_text_a_title_is_one_short_line_and_a_body_has_no_controls(title: str, reference: str):
    message = Message(title, title, reference=reference)
    line = title_line(message)
    assert len(line) <= 120
    assert len(line.splitlines()) <= 1
    assert not [sign for sign in body_text(message) if ord(sign) < 32 and sign not in "\n\t"]
    body_text(message).encode("utf-8")


def test_sends_to_one_server_take_turns_whatever_the_receiver():
    one = server_of("mailto://u:p@example.org/?to=a@example.org&smtp=relay.example.org")
    two = server_of("mailto://x:y@example.net/?smtp=Relay.example.org&to=b@example.org")
    assert one == two
    assert server_of("json://a.example/x") != server_of("json://b.example/x")


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("37", 37),
        ("", None),
        ("soon", None),
        ("99999999", 86_400),
        ("-5", None),
        ("Sat, 21 Nov 2026 10:01:00 GMT", 60),
    ],
)
def test_a_pause_is_read_as_seconds_or_as_a_date(asked: str, seconds: int | None):
    assert pause_asked({"Retry-After": asked, "Date": "Sat, 21 Nov 2026 10:00:00 GMT"}) == seconds


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_words_that_betray_no_status(outcome: Outcome):
    words = in_words(Result(outcome, "http 403"))
    assert words
    assert "403" not in words


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("private address", "AMENDS_ALLOW_PRIVATE_TARGETS"),
        (Refusal.receiver.value, "Messages would not reach the recipient"),
        (Refusal.unknown.value, "Not sent"),
        ("program on the server", "Not sent"),
    ],
)
def test_a_refusal_says_its_reason_where_the_record_names_one(detail: str, words: str):
    assert words in in_words(Result(Outcome.refused, detail))
