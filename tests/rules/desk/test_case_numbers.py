"""Are numbers of cases read however they are typed?"""

import pytest

from amends.rules.desk.case_numbers import numbers_in


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", set()),
        ("#12", {12}),
        ("#12, 14 et 15;15", {12, 14, 15}),
        ("case twelve", set()),
        ("#9999999999", {9_999_999_999}),
        ("1" * 5000, {111_111_111_111_111_111}),
        (" ".join(str(one) for one in range(1, 701)), set(range(1, 701))),
    ],
)
def test_numbers_are_read_with_and_without_signs(typed: str, found: set[int]):
    assert numbers_in(typed) == found
