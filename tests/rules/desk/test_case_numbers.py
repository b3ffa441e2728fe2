"""Are numbers of cases read however they are typed?"""

import pytest

from amends.errors import Invalid
from amends.rules.desk.case_numbers import chosen, numbers_in


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


class NoneOfThese(Invalid):
    """Choose other cases."""


def test_cases_are_chosen_in_order_one_at_least_and_so_many_at_most():
    assert chosen({3, 1, 2}, most=3, refusal=NoneOfThese) == [1, 2, 3]
    with pytest.raises(NoneOfThese) as none:
        chosen(set(), most=3, refusal=NoneOfThese)
    with pytest.raises(NoneOfThese) as many:
        chosen({1, 2, 3, 4}, most=3, refusal=NoneOfThese)
    assert none.value.fields["cases"] == "Choose at least one case."
    assert many.value.fields["cases"] == "Choose at most 3 cases at once."
