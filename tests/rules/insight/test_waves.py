"""When do more people than usual write, and how does it look?"""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.insight.waves import (
    HOURS,
    WEEK,
    WEEKS,
    Facts,
    Growth,
    Past,
    Sign,
    Verdict,
    growth,
    has_ended,
    is_looked_at,
    is_told_again,
    overlaps,
    signs,
    strongest,
    verdict,
    within_hours,
)

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("usual", "line"), [(0, 5), (1, 8), (2, 11), (10, 35), (60, 185)])
def test_we_warn_from_five_more_than_three_times_the_busiest_week(usual: int, line: int):
    before = [Past(usual), Past(0), Past(usual // 2), Past(0)]
    assert growth(3, 0, before).line == line
    assert not growth(3, line - 1, before).is_over
    assert growth(3, line, before).is_over


def test_stormy_weeks_are_not_usual_and_where_all_were_the_calmest_is():
    assert growth(24, 9, [Past(40, stormy=True), Past(1), Past(2), Past(0)]).usual == 2
    assert growth(24, 9, [Past(40, stormy=True), Past(9, stormy=True)]).usual == 9
    assert growth(24, 9, []) == Growth(24, 9, 0, 5, 0)


def test_of_several_windows_the_one_that_is_furthest_over_is_told():
    hour, day = growth(3, 10, [Past(0)]), growth(24, 12, [Past(1)])
    assert strongest([hour, day]) == hour
    assert strongest([growth(3, 4, [Past(0)])]) is None


def test_it_is_told_again_at_each_doubling_and_ends_after_a_day():
    assert [is_told_again(people, told=5) for people in (5, 9, 10, 30)] == [False, False, True, True]
    assert has_ended(NOW - 24 * HOUR, NOW)
    assert not has_ended(NOW - 23 * HOUR, NOW)


def test_a_window_that_holds_a_wave_that_is_over_is_not_looked_at():
    assert is_looked_at(NOW - 3 * HOUR, [NOW - 24 * HOUR])
    assert not is_looked_at(NOW - 168 * HOUR, [NOW - 24 * HOUR])
    assert is_looked_at(NOW - 168 * HOUR, [])


def test_the_day_after_a_wave_counts_as_stormy():
    waves = [(NOW - 10 * HOUR, NOW)]
    assert overlaps(NOW + 20 * HOUR, NOW + 22 * HOUR, waves)
    assert not overlaps(NOW + 25 * HOUR, NOW + 26 * HOUR, waves)
    assert not overlaps(NOW - 20 * HOUR, NOW - 11 * HOUR, waves)


def facts(**given: int) -> Facts:
    usual = {"people": 12, "posts": 14, "alike": 2, "new": 3, "soon": 4, "customers": 2, "platforms": 1}
    return Facts(**{"doublings": 0, "customers_known": 12, **usual, **given})


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (facts(people=2, posts=30), Verdict.ISOLATED),
        (facts(), Verdict.SHARED),
        (facts(platforms=2), Verdict.SPREADING),
        (facts(doublings=2), Verdict.SPREADING),
        (facts(alike=8, new=11, soon=9), Verdict.COORDINATED),
        (facts(alike=8, new=11, soon=9, platforms=3), Verdict.COORDINATED),
        (facts(alike=8, new=11, soon=9, customers=5), Verdict.SHARED),
        (facts(alike=8, new=11, soon=9, customers=3, customers_known=4), Verdict.COORDINATED),
        (facts(alike=8, new=11), Verdict.SHARED),
        (facts(link=8, new=11, soon=9), Verdict.COORDINATED),
        (facts(link=7, new=11, soon=9), Verdict.SHARED),
        (facts(link=8, alike=8, soon=9), Verdict.COORDINATED),
        (facts(alike=8, young=3, young_known=10, soon=9), Verdict.COORDINATED),
        (facts(alike=8, young=2, young_known=10, soon=9), Verdict.SHARED),
        (facts(alike=8, young=4, young_known=4, soon=9), Verdict.SHARED),
        (facts(young=12, young_known=12, new=12, soon=12), Verdict.SHARED),
        (facts(new=12, soon=12), Verdict.SHARED),
    ],
)
def test_coordinated_takes_the_text_or_a_link_and_two_more_signs_and_few_customers(
    seen: Facts, expected: Verdict
):
    assert verdict(seen) is expected


def test_of_fewer_than_five_people_no_sign_says_anything():
    assert signs(facts(people=4, alike=4, link=4, young=4, young_known=4, new=4, soon=4)) == ()
    assert signs(facts(people=5, alike=5, new=5, soon=5, customers=1)) == (Sign.ONE_TEXT, Sign.NEVER_SEEN)


@given(st.lists(st.integers(0, 200), max_size=30))
def test_as_many_as_fit_into_six_hours_are_counted(hours: list[int]):
    instants = [NOW + one * HOUR for one in hours]
    found = within_hours(instants)
    slow = max((sum(at <= other <= at + 6 * HOUR for other in instants) for at in instants), default=0)
    assert found == slow


def counted(arrivals: Sequence[float], at: float, hours: int) -> Growth:
    """People within a window before an hour, and in the four weeks before; arrivals are in hours."""
    week = WEEK / HOUR

    def people(end: float) -> int:
        return sum(end - hours < one <= end for one in arrivals)

    return growth(hours, people(at), [Past(people(at - past * week)) for past in range(1, WEEKS + 1)])


def year(rate: float, *, seed: int, weeks: int = 8) -> list[float]:
    """Hours at which people write, so many an hour, busier by day, each day wilder than the next."""
    dice, found, hour = random.Random(seed), [], 0.0
    while hour < weeks * WEEK / HOUR:
        wild = random.Random(seed * 1_000 + int(hour // 24)).gammavariate(11, 1 / 11)
        hour += dice.expovariate(max(rate, 1e-3) * wild * (1.6 if 8 <= hour % 24 < 20 else 0.4))
        found.append(hour)
    return found


@pytest.mark.parametrize(("kind", "rate"), [("quiet shop", 0.1), ("review-led hotel", 1.0)])
def test_quiet_weeks_warn_seldom_and_a_raid_is_told_within_its_first_hours(
    kind: str, rate: float, capsys: pytest.CaptureFixture[str]
):
    alarms, delays, looks = 0, [], 0
    for seed in range(6):
        calm = year(rate / 10, seed=seed)  # a theme has a tenth of the posts
        for at in range(6 * 168, 8 * 168, 3):
            looks += 1
            alarms += strongest(counted(calm, at, hours) for hours in HOURS) is not None
        raid = sorted([*calm, *(7 * 168 + 0.1 * one for one in range(30))])
        told = (
            at / 10
            for at in range(10 * 7 * 168, 10 * 7 * 168 + 60)
            if strongest(counted(raid, at / 10, hours) for hours in HOURS)
        )
        delays.append(next(told, 99.0) - 7 * 168)
    with capsys.disabled():
        worst = max(delays)
        print(f"\n{kind}: {alarms} false alarms in {looks} looks, a raid told after {worst:.1f} h")  # noqa: T201
    assert alarms <= looks / 100
    assert max(delays) <= 3
