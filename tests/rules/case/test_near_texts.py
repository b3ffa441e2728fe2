"""Do near-identical posts count as one text, and different complaints not?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case.near_texts import LETTERS_READ, are_near, bands, digest, likeness, normal, says_enough

COMPLAINT = (
    "Ma commande n'est jamais arrivée, et personne ne répond au téléphone depuis 12 jours ! "
    "J'attends toujours mon remboursement de 40 euros."
)
OTHER = (
    "La chambre sentait le moisi, la douche ne marchait pas, et à la réception on m'a renvoyé d'un bureau à "
    "l'autre sans s'excuser une seule fois."
)


def test_case_accents_emoji_addresses_and_numbers_make_no_other_text():
    shouted = (
        "😡 @boulangerie MA COMMANDE N'EST JAMAIS 𝐀𝐑𝐑𝐈𝐕𝐄𝐄, personne ne répond au téléphone depuis 3 jours"
    )
    assert normal(f"{shouted} #honte https://example.org/x") == normal(
        "Ma commande n’est jamais arrivée ; personne ne répond au téléphone depuis 12 jours"
    )


@pytest.mark.parametrize(
    "changed",
    [
        COMPLAINT.replace("commande", "comande").replace("personne", "persone"),
        COMPLAINT.replace("12", "15").replace("40", "90") + " Camille D.",
        COMPLAINT[: len(COMPLAINT) * 4 // 5],
        "Bonjour. " + COMPLAINT + " Merci.",
    ],
    ids=["typos", "another amount and a name", "cut", "a greeting"],
)
def test_a_text_that_was_changed_a_little_is_near_and_is_found_by_a_band(changed: str):
    one, other = normal(COMPLAINT), normal(changed)
    assert are_near(one, other)
    assert set(bands(one)) & set(bands(other))


def test_another_complaint_is_not_near():
    assert not are_near(normal(COMPLAINT), normal(OTHER))
    assert likeness(normal(COMPLAINT), normal(OTHER)) < 0.2


def test_short_words_are_near_only_where_they_are_equal():
    assert not says_enough(normal("total scam"))
    assert are_near(normal("Total scam!"), normal("TOTAL SCAM"))
    assert not are_near(normal("total scam"), normal("totally a scam"))
    assert not are_near("", "")


def test_the_numbers_of_a_text_are_the_same_in_five_years():
    words = normal("Ma commande n'est jamais arrivée, et personne ne répond au téléphone depuis 12 jours !")
    assert bands(words)[:2] == (-6758290046822705434, 8367172088705627906)
    assert digest(words) == "46a8bf74fbdef679dc3f7e19d7d6e5bc"


@given(st.text(max_size=2_000), st.text(max_size=2_000))
def test_likeness_is_the_same_from_either_side_and_whole_for_the_same_words(one: str, other: str):
    ours, theirs = normal(one), normal(other)
    assert likeness(ours, theirs) == likeness(theirs, ours) <= 1
    assert likeness(ours, ours) == 1
    assert len(ours) <= LETTERS_READ
    assert normal(ours) == ours


@given(st.text(min_size=1, max_size=300))
def test_every_text_has_sixteen_numbers_that_a_database_can_keep(text: str):
    found = bands(normal(text) or "x")
    assert len(found) == 16
    assert all(-(2**63) <= one < 2**63 for one in found)
