"""Which words has a prepared reply in common with the post, and which tell nothing?"""

import pytest

from amends.rules.reply.shared_words import shared

REPLIES = ("It never arrived: your parcel is late", "The amount was wrong", "Sorry about the service")


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ("Parcels do not arrive here!", [("parcels", "arrive"), (), ()]),
        ("You charge the wrong amount", [(), ("wrong", "amount"), ()]),
        ("What a day", [(), (), ()]),
        ("", [(), (), ()]),
    ],
)
def test_words_are_the_same_by_their_stems_and_short_ones_tell_nothing(
    post: str, expected: list[tuple[str, ...]]
):
    assert shared(post, REPLIES) == expected


def test_a_word_that_many_replies_have_tells_nothing():
    assert shared("Sorry state of affairs", ["Sorry", "So sorry", "Very sorry"]) == [(), (), ()]


def test_accents_do_not_part_words_and_are_shown_as_written():
    assert shared("Facturé deux fois", ["Une facture fausse", "Autre chose"]) == [("facturé",), ()]
