"""Is what a phone or a bookmark hands over put into the right places?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.links import safe_url
from amends.rules.capture.shares import Shared, address_in, read, spelled_out

POST = "https://x.com/dana/status/17"


def test_an_address_in_its_place_stays_there():
    assert read(url=f" {POST} ", title="Dana on X", text="Late.") == Shared(POST, "Dana on X", "Late.")


def test_android_puts_the_address_behind_the_text():
    assert read(text=f"Still no cake.\n{POST}") == Shared(POST, "", "Still no cake.")


def test_a_text_that_is_an_address_is_no_text():
    assert read(title="Dana on X", text=POST) == Shared(POST, "Dana on X", "")


def test_some_programs_put_the_address_into_the_title():
    assert read(title=f"Dana on X {POST}", text="Late.") == Shared(POST, "Dana on X", "Late.")


def test_an_address_that_is_repeated_behind_the_text_is_said_once():
    assert read(url=POST, text=f"Late. {POST}") == Shared(POST, "", "Late.")


def test_an_address_in_a_sentence_stays_a_word_of_it():
    assert read(text=f"See {POST}, it is late.") == Shared(POST, "", f"See {POST}, it is late.")


def test_the_last_address_is_the_one_that_is_meant():
    assert address_in(f"http://example.org/quoted {POST}") == POST


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (f"({POST})", POST),
        (f"Look: {POST}.", POST),
        (f"“{POST}”", POST),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("https://example.org/a_(b).", "https://example.org/a_(b)"),
        ("HTTPS://EXAMPLE.ORG/Caf%C3%A9?a=1#b", "HTTPS://EXAMPLE.ORG/Caf%C3%A9?a=1#b"),
        ("no address here, javascript:alert(1) neither", ""),
    ],
)
def test_the_signs_of_the_sentence_are_not_the_address(text: str, address: str):
    assert address_in(text) == address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("x.com/dana/status/17", POST),
        ("  example.org ", "https://example.org"),
        ("example.org:8080/a?b#c", "https://example.org:8080/a?b#c"),
        ("http://example.org", "http://example.org"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("see example.org", "see example.org"),
        ("localhost/x", "localhost/x"),
        ("", ""),
    ],
)
def test_an_address_without_its_scheme_is_spelled_out(typed: str, meant: str):
    assert spelled_out(typed) == meant


@given(st.text(), st.text(), st.text())
def test_whatever_is_shared_is_read_and_no_word_is_made_up(url: str, title: str, text: str):
    shared = read(url=url, title=title, text=text)
    assert shared.text in text
    assert shared.title in title
    assert any(shared.url in given for given in (url, title, text))
    assert safe_url(shared.url) is None or shared.url
