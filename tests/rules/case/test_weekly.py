"""Are the last twelve weeks seven days each, without holes?"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from amends.rules.case.weekly import WEEKS, edges


def test_twelve_weeks_follow_each_other_and_end_now():
    now = datetime(2026, 5, 4, 8, tzinfo=UTC)
    found = edges(now)
    assert found[-1] == now
    assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(days=7)}
    assert len(found) == WEEKS + 1
