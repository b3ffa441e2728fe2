"""E-mail addresses: what is one, how a list is read, and the one spelling for comparison."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.mail_addresses import Mailbox, folded, mailbox, mailto, parts_of_list, wire_form


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ada@example.org", Mailbox("ada@example.org")),
        (" Ada@Example.ORG ", Mailbox("Ada@example.org")),
        ("o'brien@example.com", Mailbox("o'brien@example.com")),
        ("a+b+c@example.com", Mailbox("a+b+c@example.com")),
        ("élise@bücher.example", Mailbox("élise@xn--bcher-kva.example")),
        ("ada@[192.0.2.1]", Mailbox("ada@[192.0.2.1]")),
        ("Ada Lovelace <ada@example.org>", Mailbox("ada@example.org", "Ada Lovelace")),
        ('"Lovelace, Ada" <ada@example.org>', Mailbox("ada@example.org", "Lovelace, Ada")),
        ("<ada@example.org>", Mailbox("ada@example.org")),
    ],
)
def test_an_address_is_read_exactly(text: str, read: Mailbox):
    assert mailbox(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "a@b@example.com",
        "a b@example.org",
        "ada@exa mple.org",
        "ada@example.org/x",
        "ada@example.org,bob@example.org",
        "ada@example.org>",
        "Ada ada@example.org",
        "eve@evil.example <ada@example.org>",
        "ada@example.org\r\nBcc: eve@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 250 + ".org",
        "a@x..ü",
    ],
)
def test_what_is_not_an_address_as_a_whole_is_none(text: str):
    assert mailbox(text) is None


def test_a_list_is_cut_at_commas_and_semicolons_outside_of_names():
    assert parts_of_list('a@x.org, "B, b" <b@x.org>; c@x.org,') == [
        "a@x.org",
        '"B, b" <b@x.org>',
        "c@x.org",
    ]


@given(st.text())
def test_a_list_loses_nothing_but_separators(text: str):
    def bare(words: str) -> str:
        return "".join(words.split()).replace(",", "").replace(";", "")

    assert bare("".join(parts_of_list(text))) == bare(text)


@pytest.mark.parametrize(
    "typed",
    ["max@bücher.example", "MAX@BÜCHER.example", "max@xn--bcher-kva.example", " max@Bu\u0308cher.example"],
)
def test_every_spelling_of_an_address_is_folded_to_what_a_browser_sends(typed: str):
    assert folded(typed) == "max@xn--bcher-kva.example"


@given(st.text())
def test_folding_twice_is_folding_once(text: str):
    assert folded(folded(text)) == folded(text)


@given(st.from_regex(r"[a-z'+.]{1,20}@[a-zü]{1,20}\.org", fullmatch=True))
def test_the_wire_form_is_ascii_in_its_domain_and_stays(address: str):
    wire = wire_form(address)
    if wire is not None:
        assert wire.rpartition("@")[2].isascii()
        assert wire_form(wire) == wire


def test_a_mail_to_be_sent_by_a_person_keeps_every_sign_of_its_words_out_of_its_address():
    address = mailto("#7 & Ça?", to="dana+x@example.com", body="a=b&c\r\nBcc: eve@example.com")
    parts = urlsplit(address)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "dana+x@example.com")
    assert parse_qs(parts.query) == {"subject": ["#7 & Ça?"], "body": ["a=b&c\r\nBcc: eve@example.com"]}
    assert mailto("Re: x") == "mailto:?subject=Re%3A%20x"
