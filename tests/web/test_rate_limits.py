"""How many requests in a minute are too many?"""

from datetime import timedelta

import pytest

from amends.web.rate_limits import MOST_KEYS, Buckets, TooFast
from tests.world import MONDAY


def test_a_burst_is_let_through_and_then_the_rate_holds() -> None:
    buckets = Buckets(per_minute=60, burst=3)
    for _ in range(3):
        buckets.take("a", now=MONDAY)
    with pytest.raises(TooFast) as refused:
        buckets.take("a", now=MONDAY)
    assert refused.value.extra["retry_after"] == 1
    buckets.take("a", now=MONDAY + timedelta(seconds=1))
    with pytest.raises(TooFast):
        buckets.take("a", now=MONDAY + timedelta(seconds=1.5))


def test_one_key_does_not_slow_another_and_refusals_cost_nothing() -> None:
    buckets = Buckets(per_minute=6, burst=1)
    buckets.take("a", now=MONDAY)
    for _ in range(50):
        with pytest.raises(TooFast):
            buckets.take("a", now=MONDAY)
    buckets.take("b", now=MONDAY)
    buckets.take("a", now=MONDAY + timedelta(seconds=10))


def test_several_tokens_are_taken_together_or_not_at_all() -> None:
    buckets = Buckets(per_minute=60, burst=5)
    buckets.take("a", now=MONDAY, tokens=3)
    with pytest.raises(TooFast) as refused:
        buckets.take("a", now=MONDAY, tokens=4)
    assert refused.value.extra["retry_after"] == 2
    buckets.take("a", now=MONDAY, tokens=2)


def test_memory_is_bounded() -> None:
    buckets = Buckets(per_minute=60, burst=1)
    for number in range(MOST_KEYS + 5):
        buckets.take(str(number), now=MONDAY)
    assert len(buckets._left) == MOST_KEYS
