"""When most late answers were to posts of one time of the week: the narrowest, and never by chance."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.i18n import use_language
from amends.rules.insight.late_patterns import LEAST, Slot, Time, in_words, pattern

SUNDAY, MORNING, EVENING = 6, 1, 3
WEEK = Counter({(day, part): 3 for day in range(7) for part in range(4)})
SLOTS = st.tuples(st.integers(0, 6), st.integers(0, 3))


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        ({(SUNDAY, EVENING): 3, (1, MORNING): 2}, (SUNDAY, EVENING)),
        ({(SUNDAY, EVENING): 2}, None),  # too few
        ({(SUNDAY, EVENING): 3, (1, MORNING): 3}, None),  # not more than half
        ({(SUNDAY, EVENING): 2, (SUNDAY, MORNING): 2, (1, MORNING): 1}, (SUNDAY, None)),
    ],
)
def test_a_time_is_named_where_most_late_ones_belong_to_it(late: dict[Slot, int], expected: Time | None):
    assert pattern(late, WEEK + Counter(late)) == expected


def test_a_part_of_every_day_is_named_only_where_few_write_then():
    late = {(day, EVENING): 1 for day in range(4)}
    mornings = Counter({(day, MORNING): 9 for day in range(5)})
    assert pattern(late, mornings + Counter(late)) == (None, EVENING)
    assert pattern(late, WEEK + Counter(late)) is None


def test_where_most_write_at_that_time_anyway_it_means_nothing():
    late = {(SUNDAY, EVENING): 5}
    assert pattern(late, {(SUNDAY, EVENING): 40, (1, MORNING): 10}) is None


@given(st.dictionaries(SLOTS, st.integers(1, 5)))
def test_a_named_time_holds_more_than_half_of_the_late_ones(late: dict[Slot, int]):
    time = pattern(late, WEEK + Counter(late))
    if time is not None:
        weekday, part = time
        mine = sum(n for slot, n in late.items() if weekday in (None, slot[0]) and part in (None, slot[1]))
        assert mine >= LEAST
        assert 2 * mine > sum(late.values())


def test_times_are_said_in_both_languages():
    times: list[Time] = [(SUNDAY, EVENING), (0, None), (None, 0)]
    assert [in_words(time) for time in times] == ["on Sunday evenings", "on Mondays", "before 6 am"]
    with use_language("fr"):
        assert [in_words(time) for time in times] == ["le dimanche soir", "le lundi", "avant 6\u202fh"]
