"""The rota: turns leave no hole whatever the clock does, and nobody is counted on who is away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.calendars import Calendar
from amends.rules.team.rotas import (
    Absence,
    Duty,
    Rota,
    Rotation,
    Watch,
    WeeklyDuty,
    ahead,
    gaps,
    hand_over,
    next_duty,
    next_turn,
    on_duty,
    span_of,
    turn,
)

ADA, BOB, CLEO, DAN = (UUID(int=number) for number in range(1, 5))
NAMES = {ADA: "ada", BOB: "bob", CLEO: "cleo", DAN: "dan"}
MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)  # 10:00 in Paris
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
PARIS = ZoneInfo("Europe/Paris")
TURNS = Rotation((ADA, BOB, CLEO), weekday=0, minute=9 * 60, first=date(2026, 5, 4))
ROTA = Rota("Europe/Paris", rotation=TURNS)
EVENINGS = WeeklyDuty(DAN, frozenset(range(5)), 18 * 60, 22 * 60, date(2026, 5, 4))

ZONES = st.sampled_from(
    ["Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "America/Havana", "Africa/Casablanca", "UTC"]
)
MEMBERS = st.sampled_from([ADA, BOB, CLEO, DAN])
INSTANTS = st.datetimes(datetime(2026, 1, 5), datetime(2027, 12, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
DATES = st.dates(date(2025, 12, 1), date(2027, 12, 1))
ROTATIONS = st.builds(
    Rotation,
    st.lists(MEMBERS, min_size=1, max_size=4, unique=True).map(tuple),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.dates(date(2025, 1, 1), date(2025, 12, 20)),
)
WEEKLY = st.builds(
    WeeklyDuty,
    MEMBERS,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 1439),
    st.integers(0, 1440),
    DATES,
    st.integers(1, 3),
)
LENGTHS = st.integers(1, 20 * 24).map(lambda hours: timedelta(hours=hours))
DUTIES = st.builds(
    lambda who, at, length, instead: Duty(who, at, at + length, instead),
    MEMBERS,
    INSTANTS,
    LENGTHS,
    st.booleans(),
)
ROTAS = st.builds(
    Rota,
    ZONES,
    st.lists(DUTIES, max_size=2).map(tuple),
    st.lists(WEEKLY, max_size=2).map(tuple),
    st.none() | ROTATIONS,
)
AWAY = st.dictionaries(MEMBERS, st.none() | MEMBERS, max_size=4)
ABSENCES = st.lists(
    st.builds(
        lambda who, deputy, at, length: Absence(who, deputy, at, at + length),
        MEMBERS,
        st.none() | MEMBERS,
        INSTANTS,
        LENGTHS,
    ),
    max_size=3,
)


def named(rota: Rota, at: datetime, away: dict | None = None) -> set[str]:
    return {NAMES[one] for one in on_duty(rota, at, away or {})}


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("at", "who"),
    [
        ("2026-05-04T08:59", set()),  # the rotation has not begun
        ("2026-05-04T09:00", {"ada"}),
        ("2026-05-11T08:59", {"ada"}),
        ("2026-05-11T09:00", {"bob"}),
        ("2026-05-18T09:00", {"cleo"}),
        ("2026-05-25T09:00", {"ada"}),
        ("2026-10-26T09:00", {"bob"}),  # the clocks went back the day before: still at nine
    ],
)
def test_members_take_turns_of_a_week_each(at: str, who: set[str]):
    assert named(ROTA, paris(at)) == who


def test_a_rotation_begins_on_its_weekday_from_its_first_day_on():
    fridays = replace(TURNS, weekday=4, minute=17 * 60)
    assert hand_over(fridays, "Europe/Paris", 0) == paris("2026-05-08T17:00")


@pytest.mark.parametrize(
    ("at", "who"),
    [
        ("2026-05-04T17:59", set()),
        ("2026-05-04T18:00", {"dan"}),
        ("2026-05-04T22:00", set()),
        ("2026-05-09T19:00", set()),  # a Saturday
        ("2026-05-01T19:00", set()),  # before its first day
    ],
)
def test_a_weekly_duty_has_its_days_and_hours(at: str, who: set[str]):
    assert named(Rota("Europe/Paris", weekly=(EVENINGS,)), paris(at)) == who


def test_a_duty_over_midnight_belongs_to_the_day_on_which_it_begins():
    nights = Rota("Europe/Paris", weekly=(replace(EVENINGS, begins=22 * 60, ends=6 * 60),))
    assert named(nights, paris("2026-05-09T05:59")) == {"dan"}, "Friday's"
    assert named(nights, paris("2026-05-09T06:00")) == set()
    assert named(nights, paris("2026-05-10T23:00")) == set(), "a Sunday"


def test_every_other_week_is_counted_from_the_week_of_the_first_day():
    fortnightly = Rota("Europe/Paris", weekly=(replace(EVENINGS, every=2, first=date(2026, 5, 6)),))
    seen = [named(fortnightly, paris(f"2026-05-{day:02}T19:00")) for day in (5, 6, 11, 18, 25)]
    assert seen == [set(), {"dan"}, set(), {"dan"}, set()]


def test_a_duty_from_midnight_to_midnight_is_a_whole_day():
    whole = replace(EVENINGS, begins=0, ends=0)
    assert span_of(whole, "Europe/Paris", date(2026, 5, 4)) == (
        paris("2026-05-04T00:00"),
        paris("2026-05-05T00:00"),
    )


def test_a_single_duty_adds_to_the_rota_unless_it_stands_instead_of_it():
    rota = replace(ROTA, weekly=(replace(EVENINGS, member=CLEO, begins=0, ends=0),))
    single = Duty(DAN, MONDAY, MONDAY + DAY)
    assert named(replace(rota, duties=(single,)), MONDAY) == {"ada", "cleo", "dan"}
    swapped = replace(rota, duties=(replace(single, instead=True),))
    assert named(swapped, MONDAY) == {"dan"}
    assert named(swapped, MONDAY + DAY) == {"ada", "cleo"}


@pytest.mark.parametrize(
    ("away", "who"),
    [
        ({ADA: None}, {"bob"}),  # the next in the rotation
        ({ADA: None, BOB: None}, {"cleo"}),
        ({ADA: DAN}, {"dan"}),  # the deputy, who is in no rotation
        ({ADA: DAN, DAN: None}, {"bob"}),  # a deputy who is away stands in for nobody
        ({ADA: BOB, BOB: DAN}, {"cleo"}),  # nor does the deputy's deputy
        ({ADA: None, BOB: None, CLEO: None}, set()),
        ({BOB: CLEO}, {"ada"}),
    ],
)
def test_whoever_is_away_is_replaced_by_their_deputy_else_by_the_next_in_the_rotation(
    away: dict, who: set[str]
):
    assert named(ROTA, MONDAY, away) == who


def test_whoever_is_on_duty_alone_and_away_leaves_it_to_whose_turn_it_is():
    single = replace(ROTA, duties=(Duty(DAN, MONDAY, MONDAY + DAY, instead=True),))
    assert named(single, MONDAY, {DAN: None}) == {"ada"}
    assert named(single, MONDAY, {DAN: None, ADA: None}) == {"bob"}
    without = Rota("Europe/Paris", duties=single.duties)
    assert named(without, MONDAY, {DAN: None}) == set()


def is_a_jump(at: datetime, zone: str) -> bool:
    """Whether the clock of a zone is changed at this very instant."""
    before, after = (
        (at - step).astimezone(ZoneInfo(zone)).utcoffset() for step in (timedelta(seconds=1), timedelta())
    )
    return before != after


@given(ROTATIONS, ZONES, INSTANTS)
def test_turns_follow_each_other_without_hole_or_overlap(rotation: Rotation, zone: str, at: datetime):
    number = turn(rotation, zone, at)
    assert number is not None
    begins, ends = (hand_over(rotation, zone, one) for one in (number, number + 1))
    assert begins <= at < ends
    assert turn(rotation, zone, begins) == number
    assert turn(rotation, zone, begins - timedelta(seconds=1)) == (number - 1 if number else None)
    assert abs(ends - begins - WEEK) <= HOUR


@given(ROTATIONS, ZONES, st.integers(0, 110))
def test_a_hand_over_comes_at_its_hour_of_its_weekday_unless_the_clock_skips_it(
    rotation: Rotation, zone: str, number: int
):
    at = hand_over(rotation, zone, number)
    here = at.astimezone(ZoneInfo(zone))
    shown = (here.weekday(), here.hour * 60 + here.minute)
    assert shown == (rotation.weekday, rotation.minute) or is_a_jump(at, zone)


@given(ROTATIONS, ZONES, INSTANTS, AWAY)
def test_a_rotation_names_somebody_as_long_as_somebody_is_here(
    rotation: Rotation, zone: str, at: datetime, away: dict
):
    found = on_duty(Rota(zone, rotation=rotation), at, away)
    here = [one for one in rotation.members if one not in away]
    assert len(found) == 1 or not here


@given(ROTAS, INSTANTS, AWAY)
def test_nobody_is_on_duty_who_is_away(rota: Rota, at: datetime, away: dict):
    assert not on_duty(rota, at, away) & away.keys()


@given(
    ROTAS,
    ABSENCES,
    st.sets(MEMBERS, max_size=1),
    INSTANTS,
    st.lists(st.integers(0, 28 * 24 * 3600 - 1), max_size=5),
)
def test_what_lies_ahead_is_what_will_be(
    rota: Rota, absences: list, gone: set, begin: datetime, seconds: list
):
    end = begin + 4 * WEEK
    watches = ahead(rota, absences, gone, begin=begin, end=end)
    assert (watches[0].begins_at, watches[-1].ends_at) == (begin, end)
    for one, other in pairwise(watches):
        assert one.ends_at == other.begins_at
        assert one.members != other.members
    for second in seconds:
        at = begin + timedelta(seconds=second)
        [watch] = [one for one in watches if one.begins_at <= at < one.ends_at]
        away = {one.member: one.deputy for one in absences if one.begins_at <= at < one.ends_at}
        assert watch.members == on_duty(rota, at, away | dict.fromkeys(gone))


@given(ROTATIONS, ZONES, INSTANTS)
def test_a_rotation_alone_has_no_gap(rotation: Rotation, zone: str, begin: datetime):
    watches = ahead(Rota(zone, rotation=rotation), (), (), begin=begin, end=begin + 4 * WEEK)
    assert gaps(watches, None) == []


@given(WEEKLY, ZONES, st.integers(0, 500))
def test_a_weekly_duty_keeps_to_the_wall_clock_over_every_change(duty: WeeklyDuty, zone: str, distance: int):
    day = duty.first + timedelta(days=distance)
    span = span_of(duty, zone, day)
    if span is None:
        return
    assert day.weekday() in duty.days
    begins, ends = (at.astimezone(ZoneInfo(zone)) for at in span)
    assert span[0] < span[1] <= span[0] + 26 * HOUR
    assert begins.date() == day or begins.hour == 0, "midnight itself may be skipped"
    for shown, meant in ((begins, duty.begins), (ends, duty.ends)):
        assert shown.hour * 60 + shown.minute == meant % 1440 or is_a_jump(shown.astimezone(UTC), zone)


def test_a_gap_is_said_where_somebody_should_be_on_duty():
    evenings = Rota("Europe/Paris", weekly=(replace(EVENINGS, days=frozenset({0})),))
    watches = ahead(evenings, (), (), begin=MONDAY, end=MONDAY + 2 * DAY)
    assert gaps(watches, None) == [
        (MONDAY, paris("2026-05-04T18:00")),
        (paris("2026-05-04T22:00"), MONDAY + 2 * DAY),
    ]
    hours = Calendar("Europe/Paris", (((1080, 1320),),) * 7)
    assert gaps(watches, hours) == [(paris("2026-05-05T18:00"), paris("2026-05-05T22:00"))]


def test_a_gap_over_midnight_is_one():
    nobody = [Watch(MONDAY, MONDAY + 3 * DAY, frozenset())]
    nights = Calendar("Europe/Paris", (((0, 360), (1320, 1440)),) * 7)
    assert gaps(nobody, nights)[0] == (paris("2026-05-04T22:00"), paris("2026-05-05T06:00"))
    assert len(gaps(nobody, nights)) == 3


def test_without_anything_the_rota_is_empty():
    assert Rota("UTC").is_empty
    assert not ROTA.is_empty


@given(WEEKLY, ZONES, INSTANTS)
def test_the_next_time_of_a_weekly_duty_is_the_first_that_is_not_over(
    duty: WeeklyDuty, zone: str, at: datetime
):
    first = max(at.date(), duty.first) - 2 * DAY
    days = [first + ahead * DAY for ahead in range(7 * duty.every + 12)]
    left = [span for day in days if (span := span_of(duty, zone, day)) and span[1] > at]
    assert not left or next_duty(duty, zone, at) == min(left)


@given(ROTATIONS, ZONES, INSTANTS, MEMBERS)
def test_the_next_turn_of_a_member_is_theirs_and_none_of_theirs_comes_before(
    rotation: Rotation, zone: str, at: datetime, member: UUID
):
    span = next_turn(rotation, zone, member, at)
    assert (span is not None) == (member in rotation.members)
    if span:
        rota = Rota(zone, rotation=rotation)
        assert span[1] > at
        assert on_duty(rota, span[0], {}) == {member}
        assert span[0] <= at or all(
            member not in watch.members for watch in ahead(rota, [], [], begin=at, end=span[0])
        )


def test_before_a_rotation_begins_the_next_turn_is_the_first():
    turns = replace(TURNS, first=date(2026, 7, 6))
    begins = datetime(2026, 7, 13, 7, 0, tzinfo=UTC)
    assert next_turn(turns, "Europe/Paris", BOB, MONDAY) == (begins, begins + WEEK)
