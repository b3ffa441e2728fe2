"""Which words has a prepared reply in common with the post, and which tell nothing?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case.word_folding import terms
from amends.rules.reply.everyday_words import ENGLISH, FRENCH
from amends.rules.reply.shared_words import shared

REPLIES = ("It never arrived: your parcel is late", "The amount was wrong", "Sorry about the service")
COMMON = [term for _start, _end, term in terms(f"{ENGLISH} {FRENCH}")]


def words(post: str, replies: list[str] | tuple[str, ...]) -> list[tuple[str, ...]]:
    return [one.words for one in shared(post, replies)]


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
    assert words(post, REPLIES) == expected


def test_a_word_that_many_replies_have_tells_nothing():
    assert words("Pastry of affairs", ["Pastry", "So pastry", "Very pastry"]) == [(), (), ()]


def test_accents_do_not_part_words_and_are_shown_as_written():
    assert words("Facturé deux fois", ["Une facture fausse", "Autre chose"]) == [("facturé",), ()]


def test_a_word_of_everyday_speech_tells_nothing_however_few_replies_have_it():
    post = "Ça commence bien : un colis abîmé"
    replies = ["Tout commence par votre avis", "Votre colis est arrivé abîmé"]
    assert words(post, replies) == [(), ("colis", "abîmé")]


def test_the_rarer_word_weighs_more_and_is_named_first():
    replies = ["Your parcel is with the courier", "Your parcel is lost", "A refund", "A voucher", "A cake"]
    both, parcel, *_others = shared("The parcel and the courier", replies)
    assert both.words == ("courier", "parcel")
    assert both.weight > parcel.weight > 0
    [rare, usual] = shared("The courier again", ["Our courier", "Again and again"])
    assert rare.weight > usual.weight == 0


@given(st.lists(st.sampled_from(COMMON), max_size=9))
def test_everyday_words_alone_never_bring_a_reply_forward(said: list[str]):
    assert all(one.weight == 0 for one in shared(" ".join(said), [" ".join(said), "A parcel"]))
