"""When each duty falls due: the default times, literally, and how every date explains itself."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.follow_up.follow_ups import WAITED_FOR, due, must_say_why, remaining, resume
from amends.rules.follow_up.kinds import FinishedBy, which
from amends.rules.team.calendars import (
    ALL_WEEK,
    ON_DUTY,
    Calendar,
    Calendars,
    add_working,
    calendar,
    is_open,
    next_open,
    working_between,
)
from amends.rules.team.policies import PRESETS, SMALL_SHOP, SOLO, Policy, term
from amends.rules.team.terms import Term, bd, bh, days, hours, minutes
from amends.rules.vocabulary import FollowUpKind, Severity

SUMMER = [date(2027, 8, day) for day in range(1, 16)]
PARIS = calendar("Europe/Paris", country="FR")
MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)  # 10:00 in Paris
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
ST_JOHNS = calendar("America/St_Johns", country="CA", subdivision="NL")
LUNCH = calendar("Europe/Paris", ((((540, 720), (780, 1080)),) * 6 + ((),)), "FR", extra_closed=SUMMER)
CALENDARS = st.sampled_from([PARIS, ST_JOHNS, LUNCH])
POLICIES = st.sampled_from(list(PRESETS.values()))
CHOSEN = set(which(lambda one: one.finished_by is not FinishedBy.MOVE)) - {FollowUpKind.CAME_BACK}
TIMED = [kind for kind in FollowUpKind if kind not in CHOSEN]

DEFAULTS = """
triage             | 30m  | 1bh  | 2bh  | 1bd
acknowledge        | 1h   | 2bh  | 4bh  | 1bd
acknowledge review | 4bh  | 1bd  | 2bd  | 3bd
approval           | 15m  | 1bh  | 2bh  | 4bh
contact            | 2h   | 4bh  | 1bd  | 5bd
next_step          | 4bh  | 1bd  | 2bd  | 5bd
resolve_by         | 2bd  | 5bd  | 10bd | -
wait_ping          | 1bd  | 2bd  | 3bd  | 5bd
wait_ping 2        | 3bd  | 5bd  | 8bd  | -
wait_close         | 7bd  | 10bd | 15bd | 10bd
confirm_fix        | 1bd  | 2bd  | 2bd  | 5bd
second_chance      | 14d  | 21d  | 21d  | -
check_in_answer    | 10d  | 10d  | 10d  | 10d
escalation_review  | 4h   | 1bd  | 2bd  | 5bd
watch_review       | 24h  | 48h  | 48h  | 7d
watch_review 2     | 24h  | 48h  | 7d   | 7d
watch_close        | 60d  | 30d  | 30d  | 21d
"""
UNITS = {"m": minutes, "h": hours, "d": days, "bh": bh, "bd": bd}


def read(cell: str) -> Term | None:
    if cell == "-":
        return None
    amount = "".join(letter for letter in cell if letter.isdigit())
    return UNITS[cell.removeprefix(amount)](int(amount))


@pytest.mark.parametrize("line", DEFAULTS.strip().splitlines())
def test_the_default_times_are_these(line: str):
    name, *cells = (cell.strip() for cell in line.split("|"))
    kind, _, variant = name.partition(" ")
    found = [
        term(
            SMALL_SHOP,
            FollowUpKind(kind),
            severity,
            occurrence=int(variant) if variant.isdigit() else 1,
            review_site=variant == "review",
        )
        for severity in Severity
    ]
    assert found == [read(cell) for cell in cells]


def test_every_kind_has_a_term_but_those_whose_date_a_member_chooses():
    assert {kind for kind in TIMED if term(SMALL_SHOP, kind, Severity.S3)} == set(TIMED)
    assert {term(SMALL_SHOP, kind, Severity.S3) for kind in CHOSEN} == {None}


def at(kind: FollowUpKind, start: datetime = MONDAY, **particulars: object):
    facts = {"severity": Severity.S3, "platform": "x", "calendar": PARIS, "start": start} | particulars
    on_duty = facts.pop("on_duty", None)
    return due(kind, calendars=Calendars(facts.pop("calendar"), on_duty), **facts)


def test_a_case_that_is_not_weighed_counts_as_s3():
    assert at(FollowUpKind.TRIAGE, severity=None) == at(FollowUpKind.TRIAGE, severity=Severity.S3)


def test_what_is_urgent_runs_on_the_clock_through_the_night():
    friday_night = datetime(2026, 5, 8, 22, 0, tzinfo=UTC)
    assert at(FollowUpKind.ACKNOWLEDGE, friday_night, severity=Severity.S1).at == friday_night + timedelta(
        hours=1
    )


WATCH = Calendar("America/St_Johns", ALL_WEEK, name=ON_DUTY)
EVENINGS = Calendar("Europe/Paris", (((1080, 1320),),) * 7, "FR", name=ON_DUTY)


def test_working_time_of_an_s1_runs_in_the_calendar_of_whoever_is_on_duty_and_says_so():
    friday_night = datetime(2026, 5, 8, 22, 0, tzinfo=UTC)
    found = at(FollowUpKind.NEXT_STEP, friday_night, severity=Severity.S1, on_duty=WATCH)
    assert found.at == friday_night + timedelta(hours=4)
    assert found.steps[1] == {"step": "calendar", "name": "on_duty"}


def test_a_working_day_of_an_s1_is_a_day_of_whoever_is_on_duty():
    found = at(FollowUpKind.CONFIRM_FIX, severity=Severity.S1, on_duty=EVENINGS)
    assert found.allotted_seconds == 4 * 3600
    assert found.at == datetime(2026, 5, 4, 20, 0, tzinfo=UTC)  # 22:00 there


@pytest.mark.parametrize("severity", [Severity.S2, Severity.S3, Severity.S4, None])
def test_other_severities_stay_in_the_teams_calendar(severity: Severity | None):
    for kind in TIMED:
        assert at(kind, severity=severity, on_duty=WATCH) == at(kind, severity=severity)


def test_a_second_chance_keeps_to_the_days_of_the_team_whoever_is_on_duty():
    kind = FollowUpKind.SECOND_CHANCE
    assert at(kind, severity=Severity.S1, on_duty=WATCH) == at(kind, severity=Severity.S1)


def test_a_review_may_be_acknowledged_later_than_a_social_post():
    social, review = at(FollowUpKind.ACKNOWLEDGE), at(FollowUpKind.ACKNOWLEDGE, platform="trustpilot")
    assert review.at > social.at


def test_short_working_days_do_not_stretch_four_hours_beyond_a_day():
    mornings = calendar("Europe/Paris", ((((540, 660),),) * 5 + ((),) * 2))
    nine = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)  # 9:30: one and a half hours today, two tomorrow
    found = at(FollowUpKind.ACKNOWLEDGE, nine, calendar=mornings)
    assert found.at == nine + timedelta(hours=24)
    assert found.allotted_seconds == working_between(mornings, nine, found.at)


def test_a_post_of_a_sunday_is_not_due_the_minute_after_opening_on_monday():
    sunday = datetime(2026, 5, 10, 7, 5, tzinfo=UTC)
    assert at(FollowUpKind.ACKNOWLEDGE, sunday).at == datetime(2026, 5, 11, 11, 0, tzinfo=UTC)  # 13:00 there


@given(INSTANTS)
def test_an_acknowledgement_always_leaves_working_time(start: datetime):
    assert at(FollowUpKind.ACKNOWLEDGE, start).allotted_seconds == 4 * 3600


def test_a_team_that_never_works_on_tuesdays_to_thursdays_gives_second_chances_all_the_same():
    long_week_end = calendar("Europe/Paris", ((((540, 1080),),) + ((),) * 3 + (((540, 1080),),) * 3))
    chance = at(FollowUpKind.SECOND_CHANCE, calendar=long_week_end).at
    assert chance == datetime(2026, 5, 29, 8, 0, tzinfo=UTC)  # Monday 25 May at ten is 21 days; then Friday


@given(INSTANTS, st.sampled_from([Severity.S1, Severity.S2, Severity.S3]))
def test_a_second_chance_comes_on_a_worked_tuesday_to_thursday_at_ten(start: datetime, severity: Severity):
    chance = at(FollowUpKind.SECOND_CHANCE, start, severity=severity).at
    here = chance.astimezone(ZoneInfo("Europe/Paris"))
    assert here.weekday() in (1, 2, 3)
    assert (here.hour, here.minute) == (10, 0)
    least = timedelta(days=14 if severity is Severity.S1 else 21)
    assert least <= chance - start <= least + timedelta(days=14)


def test_a_rant_gets_no_second_chance_and_no_date_to_resolve_by():
    assert at(FollowUpKind.SECOND_CHANCE, severity=Severity.S4) is None
    assert at(FollowUpKind.RESOLVE_BY, severity=Severity.S4) is None


KINDS, SEVERITIES = st.sampled_from(TIMED), st.sampled_from(list(Severity))
PLATFORMS = st.sampled_from(["x", "trustpilot"])


@given(KINDS, SEVERITIES, INSTANTS, PLATFORMS, CALENDARS, POLICIES)
def test_a_due_date_is_after_its_start_and_its_steps_add_up_to_it(
    kind: FollowUpKind,
    severity: Severity,
    start: datetime,
    platform: str,
    of: Calendar,
    policy: Policy,
):
    found = at(kind, start, severity=severity, platform=platform, calendar=of, policy=policy)
    if found is None:
        return
    assert found.at > start
    first, last = found.steps[0], found.steps[-1]
    assert (first["step"], datetime.fromisoformat(first["at"])) == ("start", start)
    assert (last["step"], datetime.fromisoformat(last["at"])) == ("due", found.at)
    if found.counted == "working":
        counted = sum(step["seconds"] for step in found.steps if step["step"] in ("count", "days"))
        assert counted == found.allotted_seconds
        assert add_working(of, start, counted) == found.at
        assert is_open(of, found.at - timedelta(seconds=1))
    elif kind is not FollowUpKind.SECOND_CHANCE:
        [clock] = [step["seconds"] for step in found.steps if step["step"] == "clock"]
        is_moved = any(step["step"] == "moved" for step in found.steps)
        over = start + timedelta(seconds=clock)
        assert found.at == (next_open(of, over) if is_moved else over), "elapsed time, whatever the clocks do"


@given(SEVERITIES, INSTANTS, PLATFORMS, CALENDARS, POLICIES)
def test_what_is_planned_by_us_falls_into_working_time_unless_it_is_urgent_or_a_deadline(
    severity: Severity, start: datetime, platform: str, of: Calendar, policy: Policy
):
    for kind in WAITED_FOR:
        found = at(kind, start, severity=severity, platform=platform, calendar=of, policy=policy)
        if found is None or found.allotted_seconds < 24 * 3600:
            continue
        is_urgent = severity is Severity.S1 and kind is not FollowUpKind.SECOND_CHANCE
        is_open_then = is_open(of, found.at) or is_open(of, found.at - timedelta(seconds=1))
        assert is_open_then or (is_urgent and not any(one["step"] == "moved" for one in found.steps))


def test_a_check_in_of_the_early_morning_is_answered_while_the_team_is_at_work():
    early = datetime(2026, 5, 5, 4, 18, tzinfo=UTC)  # 6:18 there, a Tuesday
    found = at(FollowUpKind.CHECK_IN_ANSWER, early)
    assert found.at == datetime(2026, 5, 15, 7, 0, tzinfo=UTC)  # ten days later is a Friday, at nine
    assert [step["why"] for step in found.steps if step["step"] == "moved"] == ["working_time"]


def test_a_team_of_afternoons_and_one_of_early_mornings_get_second_chances_while_they_work():
    for slot, hour in (((840, 1320), 14), ((240, 540), 9)):
        of = calendar("Europe/Paris", (((slot,),) * 7))
        chance = at(FollowUpKind.SECOND_CHANCE, calendar=of).at.astimezone(ZoneInfo("Europe/Paris"))
        assert (chance.hour, chance.minute) == (hour, 0)


@given(KINDS, SEVERITIES, INSTANTS, INSTANTS, PLATFORMS, CALENDARS, POLICIES)
def test_what_begins_later_is_never_due_earlier(
    kind: FollowUpKind,
    severity: Severity,
    one: datetime,
    other: datetime,
    platform: str,
    of: Calendar,
    policy: Policy,
):
    facts = {"severity": severity, "platform": platform, "calendar": of, "policy": policy}
    first, second = (at(kind, start, **facts) for start in sorted((one, other)))
    assert first is second is None or first.at <= second.at


@given(KINDS, SEVERITIES, INSTANTS, PLATFORMS, CALENDARS)
def test_twice_the_time_is_never_due_earlier(
    kind: FollowUpKind, severity: Severity, start: datetime, platform: str, of: Calendar
):
    facts = {"severity": severity, "platform": platform, "calendar": of}
    usual, twice = at(kind, start, **facts), at(kind, start, policy=SOLO, **facts)
    assert usual is twice is None or usual.at <= twice.at


@given(SEVERITIES, INSTANTS, CALENDARS)
def test_the_zone_in_which_a_start_is_written_changes_no_date(
    severity: Severity, start: datetime, of: Calendar
):
    there = start.astimezone(ZoneInfo("America/St_Johns"))
    for kind in TIMED:
        facts = {"severity": severity, "calendar": of}
        one, other = at(kind, start, **facts), at(kind, there, **facts)
        assert one is other is None or one.at == other.at


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Paris", datetime(2026, 3, 28, 20, 0)),
        ("Europe/Paris", datetime(2026, 10, 24, 20, 0)),
        ("America/St_Johns", datetime(2026, 3, 7, 20, 0)),
        ("America/St_Johns", datetime(2026, 10, 31, 20, 0)),
    ],
)
def test_a_day_on_the_clock_is_24_hours_over_a_change_of_the_clock(zone: str, change: datetime):
    start = change.replace(tzinfo=ZoneInfo(zone))
    watched = at(FollowUpKind.WATCH_REVIEW, start, severity=Severity.S1)
    assert watched.at - start.astimezone(UTC) == timedelta(hours=24)
    assert watched.at.astimezone(ZoneInfo(zone)).hour != 20, "the wall clock has jumped"


def test_the_arithmetic_reads_as_a_person_would_tell_it():
    friday = datetime(2024, 11, 8, 15, 30, tzinfo=UTC)
    steps = at(FollowUpKind.ACKNOWLEDGE, friday).steps
    told = [(step["step"], step.get("seconds"), step.get("why"), step.get("name")) for step in steps]
    assert told == [
        ("start", None, None, None),
        ("count", 5400, None, None),
        ("closed", None, "week_end", None),
        ("closed", None, "holiday", "Armistice Day"),
        ("count", 9000, None, None),
        ("due", None, None, None),
    ]


def test_ten_working_days_are_told_in_a_few_lines_and_name_the_holidays_among_them():
    steps = at(FollowUpKind.RESOLVE_BY).steps
    assert len(steps) <= 8
    assert [step["day"] for step in steps if step.get("why") == "holiday"] == ["2026-05-08", "2026-05-14"]


def test_a_post_of_a_holiday_is_told_that_the_day_itself_does_not_count():
    holiday = datetime(2026, 11, 11, 15, 0, tzinfo=UTC)
    told = [(step["step"], step.get("day")) for step in at(FollowUpKind.TRIAGE, holiday).steps]
    assert told == [("start", None), ("closed", "2026-11-11"), ("count", None), ("due", None)]


@given(INSTANTS, INSTANTS, st.integers(1, 10 * 9 * 3600))
def test_paused_working_time_is_neither_lost_nor_gained(start: datetime, later: datetime, seconds: int):
    due_at = add_working(PARIS, start, seconds)
    left = remaining(due_at, start, PARIS)
    assert left == seconds
    resumed = resume(left, later, PARIS)
    assert working_between(PARIS, later, resumed.at) == seconds


@pytest.mark.parametrize(("slept", "asks"), [(0, False), (1, False), (2, True), (3, True)])
def test_from_the_third_snooze_on_a_reason_is_asked(slept: int, asks: bool):
    assert must_say_why(slept) is asks
