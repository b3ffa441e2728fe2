"""By which words is a case found, and which part of a text is shown for them?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case import searches


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The cake, the CAKE!", "the cake"),
        ("Cœur déçu à l’Œuvre", "coeur decu a l oeuvre"),
        ("Ça coûte 12,50 € (réf. AB-4711)", "ca coute 12 50 ref ab 4711"),
        ("Straße ﬁnally ½", "strasse finally 1 2"),
        ("@dana_bakes on x.com", "dana bakes on x com"),
        ("Привет мир 日本語", "привет мир 日本語"),
        ("सेवा 서비스", "सेवा 서비스"),
        ("🎂 !!! — _", ""),
        ("e\u0301te\u0301", "ete"),
        ("\x00\ud800", ""),
    ],
)
def test_words_are_letters_and_digits_without_case_accents_and_ligatures(text: str, words: str) -> None:
    assert searches.words_of(text) == words


def test_all_words_are_kept_in_their_order_for_whoever_wants_them() -> None:
    assert searches.words_in("Déçu, très déçu") == ["decu", "tres", "decu"]


def test_a_word_and_a_text_have_a_length_that_an_index_takes() -> None:
    assert searches.words_of("a" * 5000) == "a" * searches.LONGEST
    many = " ".join(f"w{number}" for number in range(searches.MOST_KEPT + 50))
    assert len(searches.words_of(many).split()) == searches.MOST_KEPT
    assert len(searches.asked(many).words) == searches.MOST_ASKED


def test_an_entry_is_found_by_what_was_said_and_by_nothing_else() -> None:
    told = {
        "text": "Rang Dana",
        "order_number": "A-17",
        "move": "answer",
        "url": "https://x.com/1",
        "note": None,
    }
    assert searches.index_of_entry(told) == "rang dana | a 17 |"


@pytest.mark.parametrize(
    ("text", "typed", "pieces", "words"),
    [
        ("The cake never came", "CAK", (("The ", False), ("cake", True), (" never came", False)), 1),
        ("Déçue, très déçue", "decue", (("Déçue", True), (", très ", False), ("déçue", True)), 1),
        ("Order 120 or 12", "12", (("Order 120 or ", False), ("12", True)), 1),
        ("one\n\n two", "two one", (("one", True), (" ", False), ("two", True)), 2),
    ],
)
def test_what_was_found_is_marked(text: str, typed: str, pieces: object, words: int) -> None:
    found = searches.excerpt(text, searches.asked(typed))
    assert found == searches.Excerpt(pieces, words)


def test_of_a_long_text_the_part_around_the_first_word_is_shown() -> None:
    found = searches.excerpt(f"{'before ' * 40}cake{' after' * 40}", searches.asked("cake"))
    assert found is not None
    shown = "".join(piece for piece, _hit in found.pieces)
    assert (shown[:2], shown[-2:]) == ("… ", " …")
    assert "cake" in shown
    assert len(shown) < 4 * searches.AROUND


def test_a_text_without_the_words_has_no_part_to_show() -> None:
    assert searches.excerpt("The cake", searches.asked("refund")) is None
    assert searches.excerpt("The cake", searches.asked("!!")) is None


@given(st.text(), st.text(max_size=30))
def test_what_is_shown_stands_in_the_text_and_has_what_is_marked(text: str, typed: str) -> None:
    wanted = searches.asked(typed)
    found = searches.excerpt(text, wanted)
    if found is not None:
        assert any(hit for _piece, hit in found.pieces)
        assert 0 < found.words <= len(wanted.marks)


@given(st.text())
def test_a_text_is_found_by_each_word_of_its_own(text: str) -> None:
    for word in searches.index_of(text).replace(searches.BORDER, " ").split():
        found = searches.excerpt(text, searches.Question((word,)))
        assert found is not None
        assert found.words == 1


def test_a_phrase_does_not_go_from_one_text_into_another() -> None:
    index = searches.index_of("Late again", "cold cake")
    assert index == "late again | cold cake |"


def test_words_that_were_folded_before_make_a_question() -> None:
    assert searches.asked_for(["coeur", "服务太差", "coeur"]).words == ("coeur", "服务", "务太", "太差")
