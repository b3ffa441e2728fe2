"""Strangers' text and addresses: what is kept, and what is made harmless."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.links import SCHEMES, display_host, safe_url
from amends.rules.case.texts import (
    INVISIBLE,
    TextIsTooLong,
    clean,
    clean_name,
    excerpt,
    fold,
    language_of,
    shortened,
    shows,
    typed_text,
)
from amends.rules.vocabulary import Language

ANYTHING = st.text(st.characters(codec=None), max_size=200)  # lone surrogates and controls included


@given(ANYTHING)
def test_any_text_can_be_stored_afterwards(text: str):
    kept = clean(text).text
    assert kept.encode().decode() == kept
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in kept)


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(text: str):
    once = clean(text).text
    assert clean(once).text == once


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200))
def test_ordinary_text_is_kept_as_it_was_written(text: str):
    assert clean(text).text == text


def test_what_breaks_databases_is_replaced_and_lines_end_alike():
    assert clean("a\x00b\ud83d c\r\nd\re").text == "a\ufffdb? c\nd\ne"


def test_a_text_that_is_cut_says_so_and_vouches_for_the_whole():
    kept = clean("abcdef", limit=3)
    assert (kept.text, kept.truncated) == ("abc", True)
    assert kept.sha256 == hashlib.sha256(b"abcdef").hexdigest()


@given(ANYTHING)
def test_a_name_is_one_line_without_invisible_letters(text: str):
    name = clean_name(text)
    assert "\n" not in name
    assert not INVISIBLE.search(name)
    assert len(name) <= 200


def test_a_name_cannot_turn_the_line_around():
    assert clean_name("\u202edana\u200b\n the  first ") == "dana the first"


@pytest.mark.parametrize(
    "name",
    [
        "Zoe \U0001f469\u200d\U0001f692",
        "\u0645\u06cc\u200c\u0646\u0648\u06cc\u0633\u062f",
        "\u0915\u094d\u200d\u0937",
    ],
)
def test_a_name_keeps_the_joiners_that_it_is_written_with(name: str):
    assert clean_name(name) == name
    assert fold(name) == fold(name.replace("\u200c", "").replace("\u200d", ""))


def test_a_joiner_that_only_disguises_a_name_goes():
    assert clean_name("Ac\u200dme\u200c \u200dCare\u200d") == "Acme Care"
    assert clean_name("\u0915\u200d" * 300, limit=2) == "\u0915"


@pytest.mark.parametrize(
    ("text", "folded"), [("Émile", "emile"), ("STRASSE", "strasse"), ("Straße", "strasse")]
)
def test_searching_sees_no_case_and_no_accents(text: str, folded: str):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", " java\nscript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x",
        "vbscript:x", "//evil.example", "/\\evil.example", "https:evil.example", "https:///x", "http://",
        "file:///etc/passwd",
        "https://user@host/", "https://user:pw@host/", "blob:https://x", "about:blank", "", "x", "https://[::1",
        "https://x.com\\@evil.example/", "https://%65vil.example/", "https://shop .example/",
    ],
)  # fmt: skip
def test_an_address_that_misleads_is_not_offered(url: str):
    assert safe_url(url) is None


@pytest.mark.parametrize(
    "url",
    ["https://x.com/a?b=c#d", "http://shop.example:8080/é", "mailto:dana@example.org", "tel:+33123456789"],
)
def test_an_ordinary_address_is_offered_as_it_is(url: str):
    assert safe_url(url) == url


@given(ANYTHING)
def test_whatever_is_offered_begins_with_an_allowed_scheme(text: str):
    found = safe_url(text)
    assert found is None or found.split(":")[0].lower() in SCHEMES


def test_an_address_keeps_its_spaces_as_a_browser_writes_them():
    assert safe_url(" https://shop.example/our cakes ") == "https://shop.example/our%20cakes"


def test_a_host_with_a_sharp_s_is_shown_as_the_one_that_browsers_go_to():
    assert display_host("https://Faß.example/") == "xn--fa-hia.example"


def test_a_host_that_only_looks_like_another_is_shown_as_it_is_on_the_wire():
    assert display_host("https://аpple.com/") == "xn--pple-43d.com"
    assert display_host("https://x.com/") == "x.com"


@pytest.mark.parametrize(
    ("post", "spoken"),
    [("fr-CA", Language.FRENCH), ("EN", Language.ENGLISH), ("de", Language.FRENCH), ("", Language.FRENCH)],
)
def test_we_speak_the_language_of_the_post_else_the_teams(post, spoken):
    assert language_of(post, Language.FRENCH) is spoken


@given(st.text(max_size=400), st.integers(10, 150))
def test_an_excerpt_is_one_line_and_short_enough(text: str, length: int):
    line = excerpt(text, length)
    assert len(line) <= length
    assert "\n" not in line


def test_an_excerpt_is_cut_between_words():
    assert excerpt("The cake never arrived", 12) == "The cake…"


@given(st.text(max_size=400), st.integers(10, 150))
def test_a_shortened_text_is_one_line_and_short_enough(text: str, length: int):
    line = shortened(text, length)
    assert len(line) <= length
    assert "\n" not in line


def test_a_shortened_text_keeps_its_typography_and_its_emoji():
    assert (
        shortened("Rappeler\u202f:\n\U0001f469\u200d\U0001f467 demain", 40)
        == "Rappeler\u202f: \U0001f469\u200d\U0001f467 demain"
    )


def test_what_somebody_typed_is_whole_or_refused_with_its_limit():
    assert typed_text(" a\r\nb ", limit=3, field="note") == "a\nb"
    with pytest.raises(TextIsTooLong) as refused:
        typed_text("x" * 20_001, limit=20_000, field="note")
    assert refused.value.fields["note"].startswith("At most 20,000 characters; this has 20,001.")


@pytest.mark.parametrize(
    "text", ["", " \n", "\u200b", "\u00ad\u2060", "\u3164", "\u2800", "\ufe0f\u0301", "\ufffd"]
)
def test_a_text_of_which_nothing_is_seen_does_not_show(text: str):
    assert not shows(text)


@pytest.mark.parametrize("text", ["ok", "?", "7", "\U0001f44d", "\u200bno", "\u0646\u0639\u0645"])
def test_a_text_shows_by_one_letter_or_sign(text: str):
    assert shows(text)


@pytest.mark.parametrize("text", ["\u200b", "\x00\u202e\x07", "\u2800 \u3164", "\u200d\ufe0f"])
def test_what_shows_nothing_is_nothing_typed(text: str):
    assert typed_text(text, limit=10, field="note") == ""
