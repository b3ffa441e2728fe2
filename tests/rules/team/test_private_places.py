"""Whom a public reply sends to a private place, can write there."""

import pytest

from amends.rules.team import private_places
from amends.rules.team.reply_rules import WrongReplyRules

REACHABLE = (
    "care@example.org",
    "care@bücher.example",
    "Write to care@example.org.",
    "020 7946 0958",
    "+33 (0)1 23 45 67 89",
    "01.23.45.67.89 (du lundi au vendredi)",
    "https://example.org/contact",
    "http://127.0.0.1.example:8000/?a=b",
    "example.org/contact",
    "notre page exemple.fr, rubrique contact",
    "<care@example.org>",
)
NOWHERE = (
    "write to us",
    "nous écrire",
    "@",
    "care@",
    "Monday to Friday, 9 to 17",
    "since 2024",
    "e.g. us",
    "?!",
    "://",
)


@pytest.mark.parametrize("place", REACHABLE)
def test_an_address_a_number_or_a_link_is_a_place_also_within_a_sentence(place: str):
    assert private_places.is_reachable(place)
    private_places.check({"place_en": place})


@pytest.mark.parametrize("place", NOWHERE)
def test_words_alone_are_refused_beside_their_field_with_examples(place: str):
    with pytest.raises(WrongReplyRules) as told:
        private_places.check({"place_en": place, "place_fr": "", "other": "care@example.org"})
    assert list(told.value.fields) == ["place_en"]
    assert "care@example.org, +44 20 7946 0958 or example.org/contact" in told.value.fields["place_en"]


@pytest.mark.parametrize(
    "contact", ["dana@example.org", "0711 223344", "@zoe on Signal", "@3d.print", "@dana@a.b"]
)
def test_a_person_is_reached_by_mail_number_or_handle(contact: str):
    assert private_places.reaches_person(contact)


@pytest.mark.parametrize(
    "contact", ["", "x", "@", "@ab", "@123", "zoe", "you know me", "example.org", "a@b@", "12345"]
)
def test_words_alone_reach_no_person(contact: str):
    assert not private_places.reaches_person(contact)
