"""Periods of a report: the one before, the bars of its charts, and what somebody may type."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from amends.rules.insight.periods import DAY, LONGEST, Period, chosen, named

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
PERIODS = st.builds(
    lambda first, days: Period(first, first + timedelta(days=days)), DAYS, st.integers(0, 400)
)


@given(PERIODS)
def test_the_bars_are_all_days_of_the_period_in_order_and_once(period: Period):
    bars = list(period.bars())
    assert (bars[0].first, bars[-1].last) == (period.first, period.last)
    assert all(one.last + DAY == following.first for one, following in pairwise(bars))
    assert all(one.last.weekday() == 6 or one.days == 1 for one in bars[:-1])


@given(PERIODS)
def test_the_period_before_ends_the_day_before(period: Period):
    assert period.before().last == period.first - DAY


def test_a_month_is_compared_with_the_month_before():
    assert Period(date(2026, 3, 1), date(2026, 3, 31)).before() == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert Period(date(2026, 3, 1), date(2026, 3, 30)).before().days == 30


def test_the_offered_periods_end_today_or_with_the_last_month():
    found = named(date(2026, 3, 31))
    assert found["last_month"] == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert found["12w"] == Period(date(2026, 1, 12), date(2026, 3, 31))  # twelve weeks, each from its Monday
    assert {one.last for word, one in found.items() if word != "last_month"} == {date(2026, 3, 31)}


@given(DAYS, DAYS, DAYS)
def test_typed_days_are_put_in_order_and_bounded(one: date, other: date, today: date):
    found = chosen(one, other, today=today)
    assert found is None or (found.first <= found.last <= today and found.days <= LONGEST)
    assert chosen(None, one, today=today) is None
