"""Hours owed and hours there are: acts times typed minutes, only in whole hours, only for the team."""

from datetime import UTC, date, datetime
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.insight.capacity import (
    ACTS,
    PROPOSED,
    USUAL,
    ActKind,
    CapacityPlan,
    Hours,
    SaidWeek,
    Wording,
    acts_of,
    factor,
    first_week,
    hours_there,
    joined,
    owed,
    wording,
)
from amends.rules.team.calendars import ALL_WEEK, Calendar
from amends.rules.vocabulary import FollowUpKind as Kind
from tests.clock_changes import CHANGES, midnight
from tests.world import DAY, HOUR, MONDAY

PARIS = Calendar("Europe/Paris", country="FR")
USUAL_PLAN = CapacityPlan()
COUNTS = st.dictionaries(st.sampled_from(ActKind), st.integers(0, 500))


def test_each_kind_of_follow_up_is_some_act_or_is_left_out_on_purpose():
    assert set(ACTS) == set(Kind)
    assert {kind for kind, act in ACTS.items() if act is None} == {Kind.RESOLVE_BY, Kind.CORRECTION}
    assert set(PROPOSED) == set(ActKind)


def test_follow_ups_of_several_kinds_are_one_act():
    due = {Kind.TRIAGE: 3, Kind.WAIT_CLOSE: 1, Kind.RESOLVE_BY: 9, Kind.PROMISE: 2}
    assert acts_of(due) == {ActKind.DECIDE: 4, ActKind.STEP: 2}


def test_what_is_due_and_what_usually_comes_is_summed_up_in_whole_hours():
    due = {ActKind.STEP: 40}
    assert owed(due, coming=0, habits=USUAL, plan=USUAL_PLAN) == Hours(12, 12)  # 40 × 15 min × 1.15
    assert owed({}, coming=50, habits=USUAL, plan=USUAL_PLAN) == Hours(29, 35)


@given(COUNTS, st.floats(0, 1000), st.integers(1, 100))
def test_what_it_could_be_is_never_less_than_what_is_likely(
    due: dict[ActKind, int], coming: float, share: int
):
    found = owed(due, coming=coming, habits=USUAL, plan=CapacityPlan(share=share))
    assert 0 <= found.likely <= found.high


def test_the_first_week_of_new_cases_is_their_own_once_twenty_are_known():
    done = {ActKind.ANSWER: 38, ActKind.DECIDE: 20}
    assert first_week(done, 19) is USUAL
    assert first_week(done, 20) == {ActKind.ANSWER: 1.9, ActKind.DECIDE: 1}


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(23, 2.0), (1, 0.25), (2_000, 4.0)],
    ids=["twice as much", "much less than counted", "far more"],
)
def test_a_week_that_the_team_knows_corrects_the_minutes_within_bounds(hours: int, expected: float):
    said = SaidWeek(MONDAY.date(), hours, {ActKind.STEP: 40})
    assert factor(CapacityPlan(said=said)) == pytest.approx(expected)


def test_a_week_in_which_nothing_was_done_corrects_nothing():
    assert factor(CapacityPlan(said=SaidWeek(MONDAY.date(), 14, {}))) == 1


@pytest.mark.parametrize(
    ("coming", "likely", "due", "expected"),
    [
        (12, 1, 3, Wording.HOURS),
        (11.9, 4, 3, Wording.MORNING),
        (3, 5, 3, Wording.FEW),
        (3, 5, 0, Wording.NOTHING_DUE),
    ],
)
def test_below_twelve_new_cases_a_week_no_hours_are_said(
    coming: float, likely: int, due: int, expected: Wording
):
    assert wording(Hours(likely, 9), coming=coming, due=due) is expected


ALICE, BOB = uuid4(), uuid4()


def there(*, share: int = 100, **away: tuple[datetime, datetime]) -> int:
    gone = {{"alice": ALICE, "bob": BOB}[name]: [span] for name, span in away.items()}
    return hours_there(PARIS, MONDAY, MONDAY + 7 * DAY, members=[ALICE, BOB], away=gone, share=share)


def test_hours_there_are_working_time_of_all_without_holidays_times_the_share():
    assert there() == 72  # Friday 8 May is a holiday: four days of nine hours, each for two
    assert there(share=50) == 36


def test_absences_are_taken_off_once_and_only_as_far_as_they_are_working_time():
    assert there(alice=(MONDAY, MONDAY + 14 * DAY)) == 36
    assert there(alice=(MONDAY + 5 * DAY, MONDAY + 6 * DAY)) == 72
    twice = {ALICE: [(MONDAY, MONDAY + 2 * HOUR), (MONDAY + HOUR, MONDAY + 3 * HOUR)]}
    found = hours_there(PARIS, MONDAY, MONDAY + 7 * DAY, members=[ALICE], away=twice, share=100)
    assert found == 33


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 1), timezones=st.just(UTC))


@given(st.lists(st.tuples(INSTANTS, INSTANTS), max_size=6))
def test_joined_spans_never_overlap_and_cover_the_same(spans: list[tuple[datetime, datetime]]):
    merged = joined(spans)
    assert all(one[1] < two[0] for one, two in pairwise(merged))
    for begin, end in spans:
        assert begin >= end or any(a <= begin and end <= b for a, b in merged)


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_hours_there_are_over_a_change_of_the_clock_are_those_that_pass(zone: str, day: date, hours: int):
    begin, end = midnight(zone, day - 6 * DAY), midnight(zone, day + DAY)
    there = {"members": [uuid4()], "away": {}, "share": 100}
    assert hours_there(Calendar(zone, ALL_WEEK), begin, end, **there) == 6 * 24 + hours
    assert hours_there(Calendar(zone), begin, end, **there) == 45
