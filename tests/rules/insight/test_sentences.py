"""Sentences made from figures: few, certain, the gravest first, the same figures in both languages."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from amends.i18n import use_language
from amends.rules.insight.case_facts import Event, Flag, Measure
from amends.rules.insight.day_figures import Figures
from amends.rules.insight.sentences import Facts, sentences


def figures(answer: int | None = None, events: dict[Event, int] | None = None, **flags: int) -> Figures:
    times = {Measure.ANSWER_WORK: Counter({answer: flags.get("answered", 0)})} if answer is not None else {}
    return Figures(Counter({Flag(name): n for name, n in flags.items()}), Counter(events or {}), times)


def said(facts: Facts) -> list[str]:
    return sentences(facts, lambda minutes: f"{round(minutes)} min")


def test_no_complaint_is_said_once_and_promises_kept_then_still_count():
    assert said(Facts(now=figures())) == ["No complaint was captured."]
    kept = figures(events={Event.PROMISE_KEPT: 3})
    assert said(Facts(now=kept)) == ["No complaint was captured.", "All 3 promises were kept."]


def test_what_is_forgotten_stands_first():
    found = said(Facts(now=figures(captured=4, answered=3, in_term=3), forgotten=1, late=1))
    assert found == ["1 case of this period is forgotten.", "We answered 3 of 4 complaints on time."]


def test_of_few_there_is_no_comparison_no_median_and_no_trend():
    before = figures(captured=2, answered=2)
    assert said(Facts(now=figures(answer=17, captured=9, answered=9, in_term=9), before=before)) == [
        "All 9 complaints that were to be answered were answered on time."
    ]


def test_a_change_is_worded_when_it_is_more_than_chance():
    now = figures(captured=60, answered=58, in_term=55)
    assert "There were 60, up from 20 in the period before." in said(
        Facts(now=now, before=figures(captured=20))
    )
    assert not any("period before" in text for text in said(Facts(now=now, before=figures(captured=52))))


def test_a_median_is_compared_when_it_moved_by_a_quarter():
    now, before = (
        figures(answer=19, captured=12, answered=12, in_term=12),
        figures(answer=22, captured=12, answered=12),
    )
    assert any("down from" in text for text in said(Facts(now=now, before=before)))
    assert any(text.endswith("of work or less.") for text in said(Facts(now=now, before=now)))


def test_a_theme_is_named_when_it_is_a_third_of_all():
    now = figures(captured=19)
    assert "9 of 19 were about “late parcels”." in said(Facts(now=now, theme=("late parcels", 9)))
    assert not any("late parcels" in text for text in said(Facts(now=now, theme=("late parcels", 6))))


COUNTS = st.integers(0, 90)
FIGURES = st.builds(
    lambda answered, silent, flags, answer, events: figures(
        answer,
        events,
        captured=answered + silent + flags,
        answered=answered,
        in_term=answered // 2,
        silent=silent,
    ),
    COUNTS,
    COUNTS,
    COUNTS,
    st.integers(0, 40),
    st.dictionaries(st.sampled_from(Event), st.integers(1, 9)),
)


@given(FIGURES, FIGURES, st.integers(0, 3), st.integers(0, 3))
def test_both_languages_say_the_same_figures_in_at_most_five_sentences(
    now: Figures, before: Figures, forgotten: int, late: int
):
    facts = Facts(now=now, before=before, forgotten=forgotten, late=late)
    found = []
    for language in ("en", "fr"):
        with use_language(language):
            found.append(said(facts))
    english, french = found
    assert len(english) == len(french) <= 5
    assert [sorted(re.findall(r"\d+", text)) for text in english] == [
        sorted(re.findall(r"\d+", text)) for text in french
    ]
