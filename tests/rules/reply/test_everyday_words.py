"""Common words are written once, in their own order, and leave the words of complaints alone."""

import pytest

from amends.rules.reply.everyday_words import ENGLISH, FRENCH, STEM


@pytest.mark.parametrize("listed", [ENGLISH, FRENCH])
def test_each_word_is_lower_case_and_stands_there_once(listed: str):
    words = listed.split()
    assert words == [word.lower() for word in words]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize(
    "word", ["livraison", "remboursement", "facture", "colis", "delivery", "refund", "invoice", "parcel"]
)
def test_what_a_complaint_is_about_is_not_common(word: str):
    assert word[:STEM] not in {one[:STEM] for one in f"{ENGLISH} {FRENCH}".split()}
