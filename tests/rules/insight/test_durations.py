"""Buckets of durations: what a kept number means, and how far a median read from them may be off."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from amends.rules.insight.durations import EDGES, bucket, quantile


def test_kept_buckets_always_mean_the_same_minutes():
    assert EDGES[:12] == (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18)
    assert (len(EDGES), EDGES[-1]) == (60, 718_235)
    assert [bucket(minutes) for minutes in (0, 1, 59, 60, 1440, 10**9)] == [0, 1, 17, 17, 32, 60]


def test_of_nothing_there_is_no_median():
    assert quantile({}, 0.5) is None
    assert quantile({3: 0}, 0.5) is None


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=200), st.sampled_from([0.5, 0.9, 1.0]))
def test_a_quantile_is_within_a_quarter_of_the_true_one(minutes: list[int], share: float):
    found = quantile(Counter(bucket(one) for one in minutes), share)
    true = sorted(minutes)[max(0, -(-int(share * len(minutes) * 1000) // 1000) - 1)]
    assert found is not None
    assert bucket(true) - 1 <= bucket(int(found)) <= bucket(true) + 1


@given(st.lists(st.integers(0, 1_000_000), max_size=50), st.lists(st.integers(0, 1_000_000), max_size=50))
def test_two_days_added_up_are_their_minutes_counted_together(one: list[int], other: list[int]):
    both = Counter(map(bucket, one)) + Counter(map(bucket, other))
    assert both == Counter(map(bucket, one + other))
