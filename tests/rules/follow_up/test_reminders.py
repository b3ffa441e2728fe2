"""Does a reminder that repeats come at the hour that was chosen, and once for what was missed?"""

from datetime import UTC, datetime

import pytest

from amends.rules.follow_up.reminders import following
from amends.rules.vocabulary import Repeats

PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("first", "repeats", "now", "at"),
    [
        ("2026-05-04T08:00", "daily", "2026-05-04T08:00", "2026-05-05T08:00"),
        ("2026-05-04T08:00", "daily", "2026-05-09T08:00", "2026-05-10T08:00"),
        ("2026-05-04T08:00", "weekly", "2026-05-04T09:00", "2026-05-11T08:00"),
        ("2026-05-04T08:00", "weekly", "2026-06-30T09:00", "2026-07-06T08:00"),
        ("2026-03-28T08:00", "daily", "2026-03-28T08:00", "2026-03-29T07:00"),  # 9 h on the wall in Paris
        ("2026-01-31T08:00", "monthly", "2026-01-31T08:00", "2026-02-28T08:00"),
        ("2026-01-31T08:00", "monthly", "2026-02-28T08:00", "2026-03-31T07:00"),
        ("2026-11-30T08:00", "monthly", "2026-12-30T08:00", "2027-01-30T08:00"),
    ],
)
def test_the_next_date_is_counted_from_the_first_on_the_wall_clock(first, repeats, now, at):
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (first, now, at)]
    assert following(moments[0], Repeats(repeats), zone=PARIS, now=moments[1]) == moments[2]
