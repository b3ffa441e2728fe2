"""Which numbers of strangers can be true?"""

import pytest

from amends.rules.capture.outside_numbers import MOST, is_rating, plausible


@pytest.mark.parametrize("value", [0, -1, 4.5, MOST])
def test_a_number_that_can_be_is_itself(value: float):
    assert plausible(value) == value


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), -float("inf"), 1e39, 10**400])
def test_any_other_is_unknown(value: float | None):
    assert plausible(value) is None


@pytest.mark.parametrize(
    ("value", "most", "expected"),
    [(0, 5, True), (5, 5, True), (100, 100, True), (6, 5, False), (-1, 5, False), (1, 101, False)],
)
def test_a_rating_is_a_part_of_its_most(value: float, most: float, expected: bool):
    assert is_rating(value, most) is expected
    assert not is_rating(float("nan"), most)
