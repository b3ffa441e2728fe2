"""Does a drill warn as a storm does, and does its score tell what was late and what was forgotten?"""

from datetime import UTC, date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.desk.incidents import CHECKLISTS
from amends.rules.insight import drills
from amends.rules.insight.drills import SIZES, SPEEDS, Deed, Measure
from amends.rules.insight.invented_posts import InventedPost, invent
from amends.rules.insight.waves import Verdict
from amends.rules.vocabulary import DrillDeed, IncidentKind, IncidentRole, Language, TaskState
from tests.clock_changes import CHANGES, jump
from tests.world import MONDAY

MINUTE = timedelta(minutes=1)
STORMS = st.builds(
    lambda kind, posts, minutes, seed: (
        kind,
        invent(kind, posts=posts, minutes=minutes, draw=Random(seed).random),
    ),
    st.sampled_from(IncidentKind),
    st.sampled_from(SIZES),
    st.sampled_from(SPEEDS),
    st.integers(0, 10_000),
)


def storm(kind: IncidentKind = IncidentKind.OUTAGE) -> tuple[InventedPost, ...]:
    return invent(kind, posts=24, minutes=15, draw=Random(1).random)


def deed(kind: DrillDeed, minute: float, what: str = "", words: str = "yes") -> Deed:
    return Deed(kind, MONDAY + minute * MINUTE, what, words)


def score_of(*deeds: Deed) -> drills.Score:
    return drills.score(IncidentKind.OUTAGE, storm(), deeds, began_at=MONDAY)


def taken(measure: Measure, *deeds: Deed) -> drills.Taken:
    return next(one for one in score_of(*deeds).taken if one.measure is measure)


@given(STORMS)
def test_every_storm_that_can_be_chosen_is_warned_of_before_its_last_post(
    drawn: tuple[IncidentKind, tuple[InventedPost, ...]],
):
    _kind, posts = drawn
    first, *more = drills.warned_of(posts)
    assert first.growth.people == first.growth.line == 5
    assert 0 < first.after <= posts[-1].after
    assert all(
        later.growth.people >= 2 * sooner.growth.people
        for sooner, later in zip([first, *more], more, strict=False)
    )


@given(STORMS)
def test_every_storm_comes_in_order_has_dangers_and_is_marked_as_invented(
    drawn: tuple[IncidentKind, tuple[InventedPost, ...]],
):
    _kind, posts = drawn
    assert [one.after for one in posts] == sorted(one.after for one in posts)
    assert any(one.danger for one in posts)
    assert all(one.author.startswith("invented_") for one in posts)
    assert len({one.author for one in posts}) < len(posts)


def test_the_same_draw_gives_the_same_storm():
    assert storm() == storm()


def test_posts_are_in_both_languages():
    assert {one.language for one in storm()} == set(Language)


def test_harassment_looks_arranged_and_a_breakdown_does_not():
    seen = {
        kind: drills.looks(invent(kind, posts=24, minutes=5, draw=Random(3).random), doublings=2)
        for kind in (IncidentKind.HARASSMENT, IncidentKind.OUTAGE)
    }
    assert seen == {IncidentKind.HARASSMENT: Verdict.COORDINATED, IncidentKind.OUTAGE: Verdict.SPREADING}


def test_posts_come_with_the_time():
    came = [len(drills.come(storm(), began_at=MONDAY, now=MONDAY + minute * MINUTE)) for minute in (0, 5, 15)]
    assert came[0] == 1
    assert came[0] < came[1] < came[2] == 24


def test_a_drill_in_which_nothing_is_done_has_forgotten_everything():
    score = score_of()
    assert [one.measure for one in score.taken if one.is_late] == list(Measure)[1:]
    assert score.in_time == 1
    assert len(score.steps) == score.all_steps == len(CHECKLISTS[IncidentKind.OUTAGE])
    assert len(score.dangers) == score.all_dangers == 3


def test_before_the_fifth_person_nobody_is_warned():
    score = drills.score(IncidentKind.OUTAGE, storm()[:4], (), began_at=MONDAY)
    assert score.taken[0].after is None


@pytest.mark.parametrize(
    ("measure", "kind", "what", "limit"),
    [
        (Measure.ACKNOWLEDGED, DrillDeed.ACKNOWLEDGED, "", 5),
        (Measure.HELD, DrillDeed.HELD, "", 10),
        (Measure.UPDATED, DrillDeed.UPDATED, "", 30),
        (Measure.STATEMENT, DrillDeed.STATEMENT, "fr", 60),
    ],
)
def test_each_measure_counts_from_the_warning(measure: Measure, kind: DrillDeed, what: str, limit: int):
    warned = drills.warned_of(storm())[0].after / 60
    in_time, late = (taken(measure, deed(kind, warned + minutes, what)) for minutes in (limit, limit + 1))
    assert (in_time.after, in_time.is_late) == (limit * MINUTE, False)
    assert late.is_late


def test_what_was_done_before_the_warning_took_no_time():
    assert taken(Measure.HELD, deed(DrillDeed.HELD, 0)).after == timedelta()


def test_what_is_taken_back_counts_from_when_it_was_done_again():
    undone = [deed(DrillDeed.HELD, 4), deed(DrillDeed.HELD, 5, words="")]
    assert taken(Measure.HELD, *undone).after is None
    assert taken(Measure.HELD, *undone, deed(DrillDeed.HELD, 9)) == taken(
        Measure.HELD, deed(DrillDeed.HELD, 9)
    )


def test_roles_are_filled_with_the_last_of_the_two_that_are_needed():
    lead = deed(DrillDeed.ROLE, 4, IncidentRole.LEAD)
    speaker = deed(DrillDeed.ROLE, 9, IncidentRole.SPOKESPERSON)
    assert taken(Measure.ROLES, lead).after is None
    assert taken(Measure.ROLES, lead, speaker) == taken(
        Measure.ROLES, deed(DrillDeed.ROLE, 9, IncidentRole.LEAD), speaker
    )


def test_a_statement_in_one_language_stands_although_the_other_is_empty():
    versions = [deed(DrillDeed.STATEMENT, 9, "en"), deed(DrillDeed.STATEMENT, 9, "fr", "")]
    assert not taken(Measure.STATEMENT, *versions).is_late


def test_hold_role_and_statement_tick_their_steps_and_the_others_are_ticked():
    done = drills.done_steps(
        [
            deed(DrillDeed.HELD, 1),
            deed(DrillDeed.ROLE, 1, IncidentRole.SPOKESPERSON),
            deed(DrillDeed.STATEMENT, 1, "en"),
            deed(DrillDeed.STEP, 1, "status", TaskState.DONE),
            deed(DrillDeed.STEP, 1, "facts", TaskState.DONE),
            deed(DrillDeed.STEP, 2, "facts", TaskState.OPEN),
        ]
    )
    assert done == {"hold", "spokesperson", "line", "status"}
    assert not drills.has_step(IncidentKind.OUTAGE, "hold")
    assert drills.has_step(IncidentKind.OUTAGE, "status")
    assert not drills.has_step(IncidentKind.OUTAGE, "police")


def test_a_danger_that_was_looked_at_is_not_forgotten():
    [place, *_others] = [place for place, one in enumerate(storm()) if one.danger]
    assert len(score_of(deed(DrillDeed.LOOKED, 3, str(place))).dangers) == 2


def test_a_drill_ends_an_hour_after_its_last_post():
    assert drills.ends_at(MONDAY, minutes=15) == MONDAY + 75 * MINUTE


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_the_stopwatch_of_a_drill_runs_through_a_change_of_the_clock(zone: str, day: date, hours: int):
    here, posts = ZoneInfo(zone), storm()
    began_at = (jump(zone, day, hours) - 5 * MINUTE).astimezone(here)
    for number in range(0, 16 * 60, 20):
        now = (began_at.astimezone(UTC) + number * MINUTE / 60).astimezone(here)
        there = drills.come(posts, began_at=began_at, now=now)
        assert there == tuple(one for one in posts if one.after <= number)
    ends = drills.ends_at(began_at, minutes=15)
    assert ends.astimezone(UTC) - began_at.astimezone(UTC) == 75 * MINUTE
    warned = drills.warned_of(posts)[0].after
    held = (began_at.astimezone(UTC) + warned * MINUTE / 60 + 8 * MINUTE).astimezone(here)
    score = drills.score(
        IncidentKind.OUTAGE, posts, [Deed(DrillDeed.HELD, held, words="yes")], began_at=began_at
    )
    assert next(one.after for one in score.taken if one.measure is Measure.HELD) == 8 * MINUTE
    assert next(one.after for one in score.taken if one.measure is Measure.WARNED) == warned * MINUTE / 60
