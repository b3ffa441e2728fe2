"""How long does a browser stay signed in?"""

from datetime import UTC, datetime, timedelta

import pytest

from amends.rules.team.signed_in import is_alive

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("kept", "idle", "longest"),
    [(False, timedelta(hours=12), timedelta(days=14)), (True, timedelta(days=30), timedelta(days=30))],
)
def test_a_session_ends_at_its_longest_pause_and_at_its_longest_life(
    kept: bool, idle: timedelta, longest: timedelta
) -> None:
    def alive(age: timedelta, pause: timedelta) -> bool:
        return is_alive(created_at=NOW - age, seen_at=NOW - pause, kept=kept, now=NOW)

    assert alive(idle - MOMENT, idle - MOMENT)
    assert not alive(idle, idle)
    assert alive(longest - MOMENT, timedelta())
    assert not alive(longest, timedelta())
