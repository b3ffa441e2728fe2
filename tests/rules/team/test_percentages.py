"""One rule of rounding: to the nearest, never all while one is missing, never none while there is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.percentages import percent


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, 0),
        (0, 9, 0),
        (9, 9, 100),
        (1, 3, 33),
        (2, 3, 67),
        (1, 8, 13),
        (199, 200, 99),
        (999, 1000, 99),
        (1, 1000, 1),
    ],
)
def test_a_share_is_rounded_to_the_nearest_but_never_to_all_or_none(part: int, whole: int, shown: int):
    assert percent(part, whole) == shown


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8))
def test_the_parts_of_a_whole_add_up_to_a_hundred_but_for_their_rounding(parts: list[int]):
    whole = sum(parts)
    shown = [percent(part, whole) for part in parts]
    if whole:
        assert abs(sum(shown) - 100) <= len([part for part in parts if part])
        assert all((share == 100) == (part == whole) for part, share in zip(parts, shown, strict=True))
        assert all((share == 0) == (part == 0) for part, share in zip(parts, shown, strict=True))


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_part_and_the_rest_are_a_hundred(part: int, rest: int):
    assert percent(part, part + rest) + percent(rest, part + rest) in (100, 101)
