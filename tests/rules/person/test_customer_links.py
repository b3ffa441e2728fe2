"""Can a customer's code be read out, typed and guessed only by chance, and what does a link allow?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.person.customer_links import (
    ALPHABET,
    HEARD,
    LETTERS,
    ContactRequest,
    Purpose,
    after,
    most_answers,
    shown,
    stages_of,
    stands_in,
    typed,
)
from amends.rules.vocabulary import Stage
from amends.rules.workflow.moves import BY_NAME

codes = st.text(alphabet=ALPHABET, min_size=LETTERS, max_size=LETTERS)


@given(
    codes,
    st.sampled_from([str.lower, str.upper, lambda text: text.replace("-", " "), lambda text: f" {text} "]),
)
def test_a_code_is_understood_however_it_is_written(code, written):
    assert typed(written(shown(code))) == code
    assert typed(code.lower()) == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_whole_code_or_none(text):
    code = typed(text)
    assert code is None or (len(code) == LETTERS and set(code) <= set(ALPHABET))


@pytest.mark.parametrize("text", ["", "AM-", "AM-7K3Q", "AM-7K3Q-ZH2P-9", "AM-OOOO-1111", "x" * 9_000])
def test_what_is_no_code_is_none(text):
    assert typed(text) is None


def test_letters_that_look_alike_are_not_used():
    assert not set(ALPHABET) & set("0O1IL")
    assert len(ALPHABET) ** LETTERS > 8 * 10**11


def test_a_link_stands_in_a_text_however_its_letters_are_written():
    assert stands_in("7K3QZH2P", "Write here: https://desk.example/h/am-7k3q-zh2p.")
    assert not stands_in("7K3QZH2P", "Your order 7K3QZH2P")


def test_a_hand_off_may_be_answered_a_few_times_and_a_check_in_once():
    assert most_answers(Purpose.HAND_OFF) == 5
    assert most_answers(Purpose.CHECK_IN) == 1


def test_a_link_is_made_where_its_purpose_fits():
    assert Stage.CONTACT in stages_of(Purpose.HAND_OFF)
    assert Stage.NEW not in stages_of(Purpose.HAND_OFF)
    assert stages_of(Purpose.CHECK_IN) == (Stage.SECOND_CHANCE, Stage.CHECKED_IN)


def test_what_they_write_is_a_move_that_exists_from_there():
    for stage, name in HEARD.items():
        assert stage in BY_NAME[name].sources
        assert not BY_NAME[name].guards


@pytest.mark.parametrize(
    ("before", "move", "then"),
    [
        (None, "ask_in_public", ContactRequest.ASKED),
        (None, "finish_step", None),
        (ContactRequest.ASKED, "receive_reply", ContactRequest.GIVEN),
        (ContactRequest.ASKED, "settle_unanswered", ContactRequest.IGNORED),
        (ContactRequest.REFUSED, "finish_step", ContactRequest.REFUSED),
        (ContactRequest.GIVEN, "contact_in_private", ContactRequest.GIVEN),
        (ContactRequest.GIVEN, "let_go_unanswered", ContactRequest.GIVEN),
    ],
)
def test_the_request_follows_the_moves_and_what_was_given_stays_given(before, move, then):
    assert after(before, move) is then
