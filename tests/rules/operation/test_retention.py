"""When is the retention period of a closed case over, and when does a listed one go?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.operation.retention import PERIODS, Plan, closed_before, goes_at, local_day

PARIS = "Europe/Paris"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(PARIS)).astimezone(UTC)


@pytest.mark.parametrize(
    ("closed", "months", "day_before", "day"),
    [
        ("2026-01-15T10:00", 1, "2026-02-14T23:59", "2026-02-15T00:00"),
        ("2026-01-31T10:00", 1, "2026-02-27T23:59", "2026-02-28T00:00"),
        ("2024-02-29T10:00", 12, "2025-02-27T23:59", "2025-02-28T00:00"),
        ("2026-03-28T23:59", 1, "2026-04-27T23:59", "2026-04-28T00:00"),
        ("2026-12-31T10:00", 2, "2027-02-27T23:59", "2027-02-28T00:00"),
    ],
    ids=["same day", "short month", "leap day", "clocks go forward", "over the year"],
)
def test_a_period_ends_on_the_same_day_of_a_later_month_or_on_its_last(
    closed: str, months: int, day_before: str, day: str
):
    for now, over in ((day_before, False), (day, True)):
        limit = closed_before(months, now=at(now), zone=PARIS)
        assert limit
        assert (at(closed) < limit) is over, now


def test_what_is_kept_for_ever_has_no_limit():
    assert closed_before(0, now=at("2026-05-04T10:00"), zone=PARIS) is None


instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))


@given(instants, st.integers(1, 360), st.integers(0, 400))
def test_what_is_over_stays_over(now: datetime, months: int, days: int):
    before = closed_before(months, now=now, zone=PARIS)
    later = closed_before(months, now=now + timedelta(days=days), zone=PARIS)
    assert before
    assert later
    assert before <= later <= now + timedelta(days=days)


@given(instants, st.integers(7, 365))
def test_the_whole_notice_lies_before_a_case_goes(listed: datetime, days: int):
    goes = goes_at(listed, notice_days=days, zone=PARIS)
    assert timedelta(days=days) < goes - listed <= timedelta(days=days + 1, hours=1)
    assert goes.astimezone(ZoneInfo(PARIS)).hour == 0


def test_the_proposal_is_off_and_keeps_threats_longest():
    proposed = Plan()
    assert not proposed.is_on
    assert max(PERIODS, key=lambda name: getattr(proposed, name)) == "threat"


def test_the_day_is_that_of_the_team():
    assert local_day(datetime(2026, 5, 4, 22, 30, tzinfo=UTC), PARIS).isoformat() == "2026-05-05"
