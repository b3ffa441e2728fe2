"""What one case contributes to reports: flags, times in working time and by the clock, events by day."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from amends.rules.insight.case_facts import ENDS, PARTS, CaseFact, CaseSeen, Event, Flag, Measure, fact
from amends.rules.insight.durations import bucket
from amends.rules.team.calendars import ALL_WEEK, Calendar
from amends.rules.vocabulary import Channel, EntryKind, Outcome, Stage
from tests.clock_changes import CHANGES, midnight, moments
from tests.rules.insight.test_milestones import HOUR, MONDAY, Line, moved, said

PARIS = Calendar("Europe/Paris")
LATE_SUNDAY = MONDAY - timedelta(days=1) + 15 * HOUR  # past midnight in Paris: Monday there


USUAL = {
    "number": 7,
    "platform": "x",
    "severity": "s3",
    "lang": "fr-CA",
    "stage": Stage.CONTACT,
    "outcome": None,
    "nature": None,
    "began_at": MONDAY,
    "term_at": MONDAY + 4 * HOUR,
}
SECOND = timedelta(seconds=1)


def counted(*lines: Line, **particulars: object) -> CaseFact | None:
    return fact(CaseSeen(**USUAL | particulars), lines, PARIS)  # type: ignore[arg-type]


def flags(*lines: Line, **particulars: object) -> set[Flag]:
    found = counted(*lines, **particulars)
    assert found is not None
    return set(found.flags)


ANSWERED = moved("post_acknowledgement", Stage.CONTACT, 2)


def test_a_case_answered_before_its_date_is_in_term():
    assert flags(ANSWERED) == {Flag.CAPTURED, Flag.ANSWERED, Flag.IN_TERM}
    assert flags(ANSWERED, term_at=MONDAY + HOUR) == {Flag.CAPTURED, Flag.ANSWERED}
    assert flags(ANSWERED, term_at=None) == {Flag.CAPTURED, Flag.ANSWERED}


def test_who_was_reached_in_private_before_the_date_was_answered_in_term():
    told = said(Channel.DIRECT_MESSAGE, "out", 2)
    assert flags(told) == {Flag.CAPTURED, Flag.ANSWERED, Flag.IN_TERM}
    assert Flag.IN_TERM not in flags(said(Channel.DIRECT_MESSAGE, "in", 2)), "they wrote, and we did not"
    assert Flag.IN_TERM not in flags(told, moved("post_acknowledgement", Stage.CONTACT, 9))
    assert flags(told, term_at=MONDAY + HOUR) == {Flag.CAPTURED, Flag.ANSWERED}


def test_silence_is_on_purpose_only_where_somebody_decided_it():
    assert Flag.SILENT in flags(stage=Stage.WATCHED)
    assert Flag.SILENT in flags(stage=Stage.CLOSED, outcome=Outcome.LET_GO)
    assert flags(stage=Stage.NEW) == {Flag.CAPTURED}
    assert Flag.SILENT not in flags(ANSWERED, stage=Stage.CLOSED, outcome=Outcome.LET_GO)


@pytest.mark.parametrize("outcome", [Outcome.DUPLICATE, Outcome.ERASED])
def test_what_is_counted_on_another_case_or_erased_counts_nowhere(outcome: Outcome):
    assert counted(ANSWERED, stage=Stage.CLOSED, outcome=outcome) is None


def test_times_are_kept_in_working_time_and_by_the_clock():
    found = counted(moved("post_acknowledgement", Stage.CONTACT, 26))  # the next day at noon in Paris
    assert found is not None
    lengths = {measure: n for measure, n in found.times.items() if measure not in PARTS}
    assert lengths == {Measure.ANSWER_WORK: bucket(11 * 60), Measure.ANSWER_CLOCK: bucket(26 * 60)}


def test_what_was_answered_before_it_was_captured_has_no_time():
    found = counted(moved("answered_already", Stage.CONTACT, -3))
    assert found is not None
    assert not found.times.keys() - PARTS


def test_days_are_those_of_the_team_and_languages_have_no_country():
    found = counted(said(None, "out", 0), began_at=LATE_SUNDAY)
    assert found is not None
    assert (found.day, found.lang) == (date(2026, 5, 4), "fr")


def test_events_are_dated_by_the_day_on_which_they_happened():
    settled = Line(EntryKind.PROMISE_SETTLED, MONDAY + 24 * HOUR, particulars={"result": "late"})
    seen = Line(
        EntryKind.RECHECKED,
        MONDAY + 48 * HOUR,
        particulars={"changes": ["rating", "edited"], "ratings": [1.0, 4.0]},
    )
    end = moved("win_back", Stage.CLOSED, 72, outcome="won_back")
    found = counted(ANSWERED, moved("check_in", Stage.CHECKED_IN, 4), settled, seen, end)
    assert found is not None
    assert found.events == (
        (date(2026, 5, 4), Event.SECOND_CHANCE_ASKED),
        (date(2026, 5, 5), Event.PROMISE_LATE),
        (date(2026, 5, 6), Event.RATING_RAISED),
        (date(2026, 5, 6), Event.POST_EDITED),
        (date(2026, 5, 7), Event.WON_BACK),
    )


def test_every_end_of_a_counted_case_is_an_event():
    assert {end.value for end in ENDS} == {outcome.value for outcome in Outcome} - {"duplicate", "erased"}


@pytest.mark.parametrize(("began", "part"), [(MONDAY, 1), (MONDAY + 10 * HOUR, 3), (MONDAY + 15 * HOUR, 0)])
def test_the_part_of_the_day_of_a_post_is_that_of_the_team_and_counts_once_it_was_answered(
    began: datetime, part: int
):
    answer = moved("post_acknowledgement", Stage.CONTACT, 20)
    in_time, late = (counted(answer, began_at=began, term_at=MONDAY + n * HOUR) for n in (21, 1))
    assert in_time is not None
    assert late is not None
    assert {measure: n for measure, n in in_time.times.items() if measure in PARTS} == {
        Measure.ANSWERED_PART: part
    }
    assert late.times[Measure.LATE_PART] == part
    waiting = counted(began_at=began)
    assert waiting is not None
    assert waiting.times == {}


def nudged(hours: int, rung: int = 1, audience: str = "owner") -> Line:
    told = {"follow_up": "acknowledge", "rung": rung, "audience": audience}
    return Line(EntryKind.NUDGED, MONDAY + hours * HOUR, particulars=told, actor="system")


def reminders(*lines: Line) -> tuple[int, int]:
    found = counted(*lines)
    assert found is not None
    events = [event for _day, event in found.events]
    return events.count(Event.NUDGED), events.count(Event.NUDGE_HEEDED)


def test_a_reminder_is_heeded_where_a_member_acts_within_a_day():
    note = Line(EntryKind.NOTED, MONDAY + 25 * HOUR, actor="alice")
    assert reminders(nudged(1), note) == (1, 1)
    assert reminders(nudged(0), note) == (1, 0)
    assert reminders(note, nudged(26)) == (1, 0)


def test_one_reminder_to_several_is_one_and_the_next_rung_another():
    assert reminders(nudged(1), nudged(1, audience="team"), nudged(5, rung=2)) == (2, 0)
    assert reminders(nudged(1), nudged(40)) == (2, 0)


def test_what_the_system_or_the_author_does_and_new_times_of_the_team_are_no_act():
    at = MONDAY + 2 * HOUR
    others = [
        Line(EntryKind.MOVED, at, actor="author", particulars={"after": Stage.WORKING}),
        Line(EntryKind.SNOOZED, at, actor="system"),
        Line(EntryKind.FOLLOW_UP_RESCHEDULED, at, actor="alice", particulars={"policy": 2}),
        Line(EntryKind.SEEN_AGAIN, at, actor="alice"),
    ]
    assert reminders(nudged(1), *others) == (1, 0)
    assert reminders(nudged(1), Line(EntryKind.FOLLOW_UP_RESCHEDULED, at, actor="alice")) == (1, 1)


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_each_moment_of_a_day_on_which_the_clock_changes_counts_on_that_day_alone(
    zone: str, day: date, hours: int
):
    def day_of(at: datetime) -> date:
        seen = CaseSeen(**USUAL | {"began_at": at, "term_at": None})  # type: ignore[arg-type]
        found = fact(seen, [Line(EntryKind.REOPENED, at)], Calendar(zone))
        assert found is not None
        assert found.events == ((found.day, Event.REOPENED),)
        return found.day

    inside = moments(zone, day, hours)
    assert {day_of(at) for at in inside} == {day}
    assert day_of(inside[0] - SECOND) == day - timedelta(days=1)
    assert day_of(inside[-1] + HOUR / 2) == day + timedelta(days=1)


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_an_answer_over_a_change_of_the_clock_took_the_time_that_passed(zone: str, day: date, hours: int):
    night = midnight(zone, day)
    for calendar, working in ((Calendar(zone, ALL_WEEK), hours), (Calendar(zone), 0)):
        seen = CaseSeen(**USUAL | {"began_at": night, "term_at": night + hours * HOUR})  # type: ignore[arg-type]
        told = [replace(ANSWERED, at=midnight(zone, day + timedelta(days=1)))]
        found = fact(seen, told, calendar)
        assert found is not None
        assert found.times[Measure.ANSWER_CLOCK] == bucket(60 * hours)
        assert found.times[Measure.ANSWER_WORK] == bucket(60 * working)
        assert Flag.IN_TERM in found.flags
        assert found.times[Measure.ANSWERED_PART] == 0
