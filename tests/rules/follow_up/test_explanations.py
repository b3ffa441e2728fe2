"""How a due date is told: steps that lie in order, add up, and name every day that did not count."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from amends.rules.follow_up.explanations import Step, of_clock_time, of_working_time
from amends.rules.team.calendars import add_working, calendar, is_working_day, working_between

PARIS = calendar("Europe/Paris", country="FR")
LUNCH = calendar("Europe/Paris", ((((540, 720), (780, 1080)),) * 6 + ((),)), "FR")
ST_JOHNS = calendar(
    "America/St_Johns", country="CA", subdivision="NL", extra_closed=[date(2026, 7, day) for day in (1, 2, 3)]
)
NIGHT = calendar("Europe/Paris", ((((0, 120), (1320, 1440)),) * 7))
ALWAYS = calendar("America/St_Johns", ((((0, 1440)),),) * 7)
CALENDARS = st.sampled_from([PARIS, LUNCH, ST_JOHNS, NIGHT, ALWAYS])
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
LENGTHS = st.integers(1, 15 * 9 * 3600)


def told(of, start: datetime, seconds: int) -> tuple[Step, ...]:
    return of_working_time(of, start, seconds, add_working(of, start, seconds))


def counted(steps: tuple[Step, ...]) -> list[Step]:
    return [step for step in steps if step["step"] in ("count", "days")]


@given(CALENDARS, INSTANTS, LENGTHS)
def test_what_was_counted_adds_up_to_the_term(of, start: datetime, seconds: int):
    stretches = counted(told(of, start, seconds))
    assert sum(step["seconds"] for step in stretches) == seconds
    for step in stretches:
        begins, ends = datetime.fromisoformat(step["from"]), datetime.fromisoformat(step["until"])
        assert working_between(of, begins, ends) == step["seconds"]


@given(CALENDARS, INSTANTS, LENGTHS)
def test_stretches_follow_each_other_and_end_at_the_date(of, start: datetime, seconds: int):
    stretches = counted(told(of, start, seconds))
    assert all(one["until"] <= other["from"] for one, other in pairwise(stretches))
    assert datetime.fromisoformat(stretches[-1]["until"]) == add_working(of, start, seconds)


@given(CALENDARS, INSTANTS, LENGTHS)
def test_every_holiday_on_the_way_is_named_and_no_working_day_is_called_closed(of, start, seconds):
    steps = [step for step in told(of, start, seconds) if step["step"] == "closed"]
    for step in steps:
        assert not is_working_day(of, datetime.fromisoformat(step["day"]).date())
        assert bool(step["name"]) == (step["why"] == "holiday")
    days = [step["day"] for step in steps]
    assert len(set(days)) == len(days)


def test_own_closed_days_are_told_within_a_long_term():
    steps = told(ST_JOHNS, datetime(2026, 6, 25, 12, 0, tzinfo=UTC), 10 * 9 * 3600)
    closed = [(step["day"], step["why"]) for step in steps if step.get("why") in ("holiday", "closed_day")]
    assert ("2026-07-02", "closed_day") in closed
    assert ("2026-07-03", "closed_day") in closed


def test_christmas_in_the_middle_of_a_long_term_is_named():
    steps = told(PARIS, datetime(2026, 12, 18, 9, 0, tzinfo=UTC), 12 * 9 * 3600)
    named = [step["name"] for step in steps if step.get("why") == "holiday"]
    assert named == ["Christmas Day", "New Year's Day"]


def test_a_long_term_is_never_a_long_text():
    assert len(told(PARIS, datetime(2026, 4, 30, 9, 0, tzinfo=UTC), 15 * 9 * 3600)) <= 10


def test_time_on_the_clock_is_told_in_one_step():
    start = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
    steps = of_clock_time(start, 1800, start + timedelta(minutes=30))
    assert [(step["step"], step.get("seconds")) for step in steps] == [
        ("start", None),
        ("clock", 1800),
        ("due", None),
    ]
