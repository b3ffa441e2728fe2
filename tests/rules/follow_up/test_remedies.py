"""Who has to agree to a remedy, what can become of it, and which amounts are understood?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.follow_up.remedies import NEXT, AmountUnclear, begins, read_amount
from amends.rules.vocabulary import RemedyState, Role


@pytest.mark.parametrize(
    ("cost", "ceiling", "role", "state"),
    [
        (None, None, Role.AGENT, "offered"),
        (100_000, None, Role.AGENT, "offered"),
        (5_000, 5_000, Role.AGENT, "offered"),
        (5_001, 5_000, Role.AGENT, "asked"),
        (None, 0, Role.AGENT, "offered"),
        (1, 0, Role.AGENT, "asked"),
        (100_000, 5_000, Role.LEAD, "offered"),
        (100_000, 5_000, Role.ADMIN, "offered"),
    ],
)
def test_above_the_ceiling_a_lead_is_asked(cost: int | None, ceiling: int | None, role: Role, state: str):
    assert begins(cost, ceiling, role=role) == state


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [
        ("", None),
        ("  ", None),
        ("12", 1_200),
        ("12.5", 1_250),
        ("12,50", 1_250),
        ("1 200", 120_000),
        ("1\u202f200,05", 120_005),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, hundredths: int | None):
    assert read_amount(typed) == hundredths


@pytest.mark.parametrize("typed", ["-1", "12.345", "12 €", "a lot", "1,200.00", "99999999", "1e3", "½"])
def test_what_is_no_amount_is_said_to_be(typed: str):
    with pytest.raises(AmountUnclear) as wrong:
        read_amount(typed)
    assert "cost" in wrong.value.fields


@given(st.integers(0, 9_999_999), st.integers(0, 99))
def test_every_amount_is_read_back(whole: int, part: int):
    assert read_amount(f"{whole},{part:02}") == whole * 100 + part


def test_every_state_says_what_may_become_of_it_and_an_end_is_an_end():
    assert set(NEXT) == set(RemedyState)
    assert not NEXT[RemedyState.REFUSED] | NEXT[RemedyState.DECLINED]
