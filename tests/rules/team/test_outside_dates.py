"""Which dates of strangers can be true?"""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from amends.rules.team.outside_dates import is_plausible


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (date(1989, 12, 31), False),
        (date(1990, 1, 1), True),
        (date(2100, 12, 31), True),
        (date(2101, 1, 1), False),
        (datetime.min.replace(tzinfo=UTC), False),
        (datetime.max.replace(tzinfo=UTC), False),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))), False),
        (datetime(1990, 1, 1, tzinfo=UTC), True),
        (datetime(2100, 12, 31, 23, 59, tzinfo=UTC), True),
    ],
)
def test_a_date_from_outside_lies_between_1990_and_2100(at: date, expected: bool):
    assert is_plausible(at) is expected
