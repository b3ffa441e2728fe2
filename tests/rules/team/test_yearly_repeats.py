"""On which days does what comes every year come?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.yearly_repeats import yearly

FIRST, END = date(2024, 2, 29), date(2033, 1, 1)


def days(rule: str, first: date = FIRST) -> list[str]:
    found = yearly(rule, first)
    assert found
    return [day.isoformat() for day in found.days(first, END)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=YEARLY", ["2024-02-29", "2028-02-29", "2032-02-29"]),
        ("freq=yearly;bymonth=3;bymonthday=1;count=2", ["2024-03-01", "2025-03-01"]),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20251231", ["2024-11-28", "2025-11-27"]),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=1", ["2024-05-27"]),
        ("FREQ=YEARLY;BYMONTH=2;BYDAY=5TH", ["2024-02-29"]),
    ],
)
def test_a_date_or_the_nth_weekday_of_a_month_comes_once_a_year(rule: str, expected: list[str]):
    assert days(rule) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=MONTHLY",
        "FREQ=YEARLY;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=MO,TU",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=1MO;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYHOUR=9",
        "FREQ=YEARLY;UNTIL=soon",
        "FREQ=YEARLY;COUNT=0",
        "FREQ=YEARLY;INTERVAL=-1",
    ],
)
def test_any_other_rule_is_not_read(rule: str):
    assert yearly(rule, FIRST) is None


@given(st.text(max_size=40), st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_no_rule_whatever_breaks_the_reading(rule: str, first: date):
    found = yearly(f"FREQ=YEARLY;{rule}", first)
    if found:
        assert all(first <= day <= END for day in found.days(first, END))
