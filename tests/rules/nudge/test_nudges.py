"""The ladder, quiet hours and retries: who hears, when, and never twice for the same reason."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.nudge.nudges import (
    LAST_ATTEMPT,
    Owed,
    QuietHours,
    after_quiet,
    is_soon,
    not_before,
    plan,
    retry_after,
    rung_times,
)
from amends.rules.team.calendars import ALL_WEEK, Calendar, Calendars, add_working, calendar
from amends.rules.team.calendars import ON_DUTY as ON_DUTY_HOURS
from amends.rules.vocabulary import Audience, Severity

PARIS = calendar("Europe/Paris", country="FR")
MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OWNER, TEAM, LEAD, ON_DUTY = Audience.OWNER, Audience.TEAM, Audience.LEAD, Audience.ON_DUTY
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
OWED = st.builds(
    Owed,
    due_at=INSTANTS,
    allotted_seconds=st.integers(0, 30 * 24 * 3600),
    counted=st.sampled_from(["working", "wall"]),
    rung=st.integers(0, 4),
    owned=st.booleans(),
)
QUIET = st.builds(
    QuietHours,
    zone=st.sampled_from(["Europe/Paris", "America/St_Johns", "UTC"]),
    begins=st.integers(0, 1439),
    ends=st.integers(0, 1439),
    week_ends=st.booleans(),
)


def owed(**particulars: object) -> Owed:
    facts = {"due_at": MONDAY, "allotted_seconds": 8 * 3600, "counted": "working", "rung": 0, "owned": True}
    return Owed(**(facts | particulars))


def step(now: datetime, **particulars: object) -> tuple[int, set[Audience]]:
    found = plan(owed(**particulars), calendars=Calendars(PARIS), now=now)
    return found.rung, set(found.audiences)


def test_nobody_is_reminded_before_the_date():
    assert step(MONDAY - timedelta(seconds=1)) == (0, set())


def test_the_owner_hears_first_then_owner_and_team_then_the_leads():
    assert step(MONDAY) == (1, {OWNER})
    assert step(MONDAY + 4 * HOUR, rung=1) == (2, {OWNER, TEAM})
    assert step(MONDAY + 8 * HOUR, rung=2) == (3, {LEAD})


def test_the_ladder_ends_in_silence_after_twice_the_term():
    last = rung_times(owed(), PARIS)[3]
    assert last == add_working(PARIS, MONDAY, 16 * 3600)
    ended = plan(owed(rung=3), calendars=Calendars(PARIS), now=last)
    assert (ended.rung, ended.audiences, ended.next_at) == (4, (), None)


def test_at_its_end_a_case_goes_back_to_the_pool_where_the_policy_says_so():
    last = rung_times(owed(), PARIS)[3]
    returned = plan(owed(rung=3, returns=True), calendars=Calendars(PARIS), now=last)
    assert (returned.back_to_pool, returned.audiences, returned.next_at) == (True, (), None)
    unowned = plan(owed(rung=3, returns=True, owned=False), calendars=Calendars(PARIS), now=last)
    assert not unowned.back_to_pool


def test_nothing_is_taken_from_an_owner_who_was_told_of_nothing():
    late = rung_times(owed(), PARIS)[3] + 24 * HOUR
    found = plan(owed(returns=True), calendars=Calendars(PARIS), now=late)
    assert (found.back_to_pool, found.rung, OWNER in found.audiences) == (False, 3, True)
    assert found.next_at == add_working(PARIS, late, 9 * 3600)


def test_the_last_rung_of_a_short_term_comes_after_a_working_day():
    assert rung_times(owed(allotted_seconds=3600), PARIS)[3] == add_working(PARIS, MONDAY, 9 * 3600)


def test_whoever_is_on_duty_hears_of_an_s1_at_every_rung():
    urgent = {"severity": Severity.S1, "counted": "wall", "allotted_seconds": 3600}
    assert step(MONDAY, **urgent) == (1, {OWNER, ON_DUTY})
    assert step(MONDAY + HOUR, rung=2, **urgent) == (3, {LEAD, ON_DUTY})


def test_what_nobody_owns_goes_to_the_team_and_then_to_the_leads():
    assert step(MONDAY, owned=False) == (1, {TEAM})
    assert step(MONDAY + 4 * HOUR, owned=False, rung=1) == (2, {LEAD})
    assert plan(owed(owned=False, rung=2), calendars=Calendars(PARIS), now=MONDAY + 24 * HOUR).audiences == ()


def test_rungs_come_in_working_time_so_that_a_week_end_spends_none():
    friday = datetime(2026, 5, 15, 15, 0, tzinfo=UTC)  # 17:00, an hour before closing
    _, half, whole, _ = rung_times(owed(due_at=friday, allotted_seconds=4 * 3600), PARIS)
    assert half == add_working(PARIS, friday, 2 * 3600) == datetime(2026, 5, 18, 8, 0, tzinfo=UTC)
    assert whole == add_working(PARIS, friday, 4 * 3600)


def test_a_short_term_leaves_two_working_hours_between_rungs():
    _, half, whole, _ = rung_times(owed(allotted_seconds=3600), PARIS)
    assert (half, whole) == (MONDAY + 2 * HOUR, MONDAY + 4 * HOUR)


def test_what_is_urgent_climbs_on_the_clock():
    night = datetime(2026, 5, 8, 22, 0, tzinfo=UTC)
    _, half, whole, _ = rung_times(owed(due_at=night, allotted_seconds=3600, counted="wall"), PARIS)
    assert (half, whole) == (night + HOUR / 2, night + HOUR)


def test_the_ladder_of_an_s1_climbs_in_the_calendar_of_whoever_is_on_duty():
    night = datetime(2026, 5, 8, 22, 0, tzinfo=UTC)
    watched = Calendars(PARIS, Calendar("UTC", ALL_WEEK, name=ON_DUTY_HOURS))
    facts = owed(due_at=night, allotted_seconds=4 * 3600, severity=Severity.S1)
    assert plan(facts, calendars=watched, now=night).next_at == night + 2 * HOUR
    calm = owed(due_at=night, allotted_seconds=4 * 3600, severity=Severity.S2)
    assert plan(calm, calendars=watched, now=night).next_at == add_working(PARIS, night, 2 * 3600)


def test_a_date_that_was_weeks_away_does_not_allow_weeks_more():
    _, _, whole, _ = rung_times(owed(allotted_seconds=21 * 24 * 3600, counted="wall"), PARIS)
    assert whole == add_working(PARIS, MONDAY, 2 * 9 * 3600)


def test_after_downtime_missed_rungs_are_one_reminder_to_the_highest_and_the_owner():
    assert step(MONDAY + 24 * HOUR) == (3, {OWNER, LEAD})
    assert step(MONDAY + 999 * HOUR) == (4, {OWNER, LEAD}), "also when even the last one was missed"


@given(OWED, INSTANTS)
def test_a_plan_never_speaks_before_the_date_never_goes_back_and_looks_only_ahead(facts: Owed, now: datetime):
    found = plan(facts, calendars=Calendars(PARIS), now=now)
    assert found.rung >= facts.rung
    assert not found.audiences or (now >= facts.due_at and found.rung > facts.rung)
    assert found.next_at is None or found.next_at > now
    assert len(set(found.audiences)) == len(found.audiences)


@given(OWED, INSTANTS)
def test_planning_twice_at_the_same_moment_adds_nothing(facts: Owed, now: datetime):
    first = plan(facts, calendars=Calendars(PARIS), now=now)
    again = Owed(facts.due_at, facts.allotted_seconds, facts.counted, first.rung, facts.owned)
    assert plan(again, calendars=Calendars(PARIS), now=now).audiences == ()


@pytest.mark.parametrize(
    ("at", "held_until"),
    [
        ("2026-05-04T10:00", "2026-05-04T10:00"),
        ("2026-05-04T19:00", "2026-05-05T08:30"),
        ("2026-05-05T08:29", "2026-05-05T08:30"),
        ("2026-05-08T20:00", "2026-05-11T08:30"),  # Friday evening, over the week-end
        ("2026-05-09T12:00", "2026-05-11T08:30"),
    ],
)
def test_quiet_hours_hold_until_they_end(at: str, held_until: str):
    zone = ZoneInfo("Europe/Paris")
    quiet = QuietHours("Europe/Paris", 19 * 60, 8 * 60 + 30)
    found = after_quiet(quiet, datetime.fromisoformat(at).replace(tzinfo=zone))
    assert found == datetime.fromisoformat(held_until).replace(tzinfo=zone)


def test_quiet_hours_that_end_in_an_hour_that_comes_twice_hold_until_it_ends_again():
    quiet = QuietHours("Europe/Paris", 22 * 60, 150, week_ends=False)  # until 2:30
    second_time = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 2:10, after the clock went back
    assert after_quiet(quiet, second_time) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_quiet_week_end_ends_at_midnight_for_whoever_is_quiet_at_noon():
    quiet = QuietHours("Europe/Paris", 12 * 60, 14 * 60)
    saturday = datetime(2026, 5, 9, 10, 0, tzinfo=UTC)
    assert after_quiet(quiet, saturday) == datetime(2026, 5, 10, 22, 0, tzinfo=UTC)


@given(QUIET, INSTANTS)
def test_quiet_hours_hold_and_never_drop(quiet: QuietHours, at: datetime):
    told = after_quiet(quiet, at)
    assert at <= told <= at + timedelta(days=8)
    assert after_quiet(quiet, told) == told or quiet.begins == quiet.ends


def test_tries_are_spread_over_about_a_day_and_then_end():
    waits = [retry_after(attempt) for attempt in range(1, LAST_ATTEMPT + 1)]
    assert waits[-1] is None
    assert waits[:-1] == sorted(waits[:-1])
    assert timedelta(hours=20) < sum(waits[:-1], timedelta()) < timedelta(hours=26)


def test_what_the_service_asks_is_respected_and_a_time_out_is_not_repeated_at_once():
    assert retry_after(1, asked=300) == timedelta(seconds=300)
    assert retry_after(1, asked=10**9) == timedelta(days=1)
    assert retry_after(1, ambiguous=True) == timedelta(minutes=15)


def test_public_holidays_are_quiet_all_day():
    quiet = QuietHours("Europe/Paris", 19 * 60, 8 * 60 + 30, holidays=PARIS)
    labour_day = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)  # a Friday, then a week-end
    assert after_quiet(quiet, labour_day) == datetime(2026, 5, 4, 6, 30, tzinfo=UTC)


def test_a_nudge_waits_ten_minutes_for_others_after_one_has_gone():
    told = MONDAY - timedelta(minutes=4)
    free = {"quiet": None, "breaks_through": False, "now": MONDAY}
    assert not_before(told_at=told, urgent=False, **free) == told + timedelta(minutes=10)
    assert not_before(told_at=told, urgent=True, **free) == MONDAY
    assert not_before(told_at=None, urgent=False, **free) == MONDAY


@pytest.mark.parametrize(
    ("urgent", "breaks_through", "held"), [(True, True, False), (True, False, True), (False, True, True)]
)
def test_only_an_s1_breaks_through_and_only_to_whoever_asked_for_it_and_is_on_duty(
    urgent: bool, breaks_through: bool, held: bool
):
    quiet = QuietHours("Europe/Paris", 19 * 60, 8 * 60 + 30)
    night = datetime(2026, 5, 4, 22, 0, tzinfo=UTC)
    told = not_before(quiet=quiet, told_at=None, urgent=urgent, breaks_through=breaks_through, now=night)
    assert (told > night) is held


def test_a_duty_is_soon_due_in_the_last_quarter_of_its_time():
    begin, due = MONDAY, MONDAY + 4 * HOUR
    said = [is_soon(starts_at=begin, due_at=due, now=begin + hours * HOUR) for hours in (2, 3, 4)]
    assert said == [False, True, False]
