"""Complaints in proportion: shares with digits that say something, never nought where there is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.i18n import use_language
from amends.rules.insight.proportions import Unit, of_total, share


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, "–"),
        (0, 50, "0%"),
        (6, 50, "12%"),
        (1, 15, "6.7%"),
        (3, 1_000, "0.3%"),
        (4, 12_000, "0.033%"),
        (1, 12_000_000, "less than 0.01%"),
        (50, 50, "100%"),
    ],
)
def test_a_share_has_two_digits_that_say_something(part: int, whole: int, expected: str):
    assert share(part, whole) == expected


@given(st.integers(1, 10**6), st.integers(0, 10**9))
def test_what_is_there_is_never_said_to_be_nought(part: int, more: int):
    assert share(part, part + more) not in ("0%", "–")


def test_it_says_of_what_in_both_languages():
    assert of_total(4, Unit.ORDERS, 12_000) == "0.033% of 12,000 orders"
    with use_language("fr"):
        assert of_total(4, Unit.ORDERS, 12_000) == "0,033\u202f% de 12\u202f000 commandes"
