"""Figures of a day: every case counts once in each of its cells, and each event on its own day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.rules.insight.case_facts import CaseFact, Event, Flag, Measure
from amends.rules.insight.day_figures import OVERLAPPING, Dimension, Figures, cells, of_day, total

FIRST = date(2026, 5, 4)
DAYS = [FIRST + timedelta(days=number) for number in range(3)]
FACTS = st.builds(
    CaseFact,
    number=st.integers(1, 99),
    day=st.sampled_from(DAYS),
    platform=st.sampled_from(["x", "google"]),
    severity=st.sampled_from(["", "s1", "s3"]),
    lang=st.sampled_from(["", "fr"]),
    flags=st.frozensets(st.sampled_from(Flag), min_size=1),
    times=st.dictionaries(st.sampled_from(Measure), st.integers(0, 60)),
    events=st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(Event)), max_size=4).map(tuple),
    themes=st.lists(st.sampled_from(["late", "rude"]), unique=True).map(tuple),
)


@given(st.lists(FACTS, max_size=12))
def test_all_days_together_hold_every_case_and_event_once_in_each_cell(facts: list[CaseFact]):
    by_day = [of_day(day, facts) for day in DAYS]
    for cell in {cell for one in facts for cell in cells(one)}:
        figures = total(one[cell] for one in by_day if cell in one)
        mine = [one for one in facts if cell in cells(one)]
        for flag in Flag:
            assert figures.flags[flag] == sum(flag in one.flags for one in mine)
        for event in Event:
            assert figures.events[event] == sum(what is event for one in mine for _day, what in one.events)
        for measure in Measure:
            assert sum(figures.times.get(measure, {}).values()) == sum(measure in one.times for one in mine)


def test_a_case_of_two_themes_counts_in_both_and_once_in_all():
    one = CaseFact(
        number=1,
        day=FIRST,
        platform="x",
        severity="s3",
        lang="fr",
        flags=frozenset({Flag.CAPTURED}),
        times={},
        themes=("late", "rude"),
    )
    found = of_day(FIRST, [one])
    assert {key for key in found if key[0] is Dimension.THEME} == {("theme", "late"), ("theme", "rude")}
    assert found[Dimension.ALL, ""].flags[Flag.CAPTURED] == 1


@given(st.lists(FACTS, max_size=12))
def test_the_values_of_each_dimension_add_up_to_all_but_for_themes(facts: list[CaseFact]):
    found = of_day(FIRST, facts)
    whole = found.get((Dimension.ALL, ""), Figures())
    for dimension in set(Dimension) - OVERLAPPING - {Dimension.LOCATION, Dimension.ALL}:
        added = total(figures for cell, figures in found.items() if cell[0] is dimension)
        assert (+added.flags, +added.events) == (+whole.flags, +whole.events)
