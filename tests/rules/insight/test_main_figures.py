"""Main figures in words: shares only of enough, each with what its list asks by."""

from amends.i18n import use_language
from amends.rules.insight.case_facts import Event, Flag, Measure
from amends.rules.insight.durations import bucket
from amends.rules.insight.main_figures import NOTHING, MainFigure, main_figures, share_of, work
from amends.rules.insight.sentences import Facts
from tests.rules.insight.test_sentences import figures


def shown(facts: Facts, *, is_whole: bool = True) -> dict[str, MainFigure]:
    return {one.name: one for one in main_figures(facts, is_whole=is_whole)}


def test_of_few_both_numbers_stand_and_of_none_a_dash():
    assert (share_of(3, 4), share_of(30, 40), share_of(0, 0)) == ("3 of 4", "75%", NOTHING)


def test_a_share_is_rounded_and_never_all_while_one_is_missing():
    assert share_of(999, 1000) == "99%"


def test_answers_are_measured_against_what_was_due_with_those_that_still_wait():
    found = shown(Facts(now=figures(captured=12, answered=10, in_term=9), late=2))["Answered on time"]
    assert (found.value, found.note, found.counted, found.count) == (
        "75%",
        "9 of 12; 2 wait past their date",
        Flag.IN_TERM,
        9,
    )


def test_the_period_before_is_measured_against_what_was_due_then():
    now, before = figures(captured=12, answered=12, in_term=12), figures(captured=12, answered=10, in_term=9)
    found = shown(Facts(now=now, before=before, late_before=2))["Answered on time"]
    assert found.note == "12 of 12; 75% in the period before"


def test_only_a_report_of_all_cases_says_whether_any_is_forgotten():
    facts = Facts(now=figures(captured=1), forgotten=1)
    assert shown(facts)["Forgotten"].tone == "late"
    assert "Forgotten" not in shown(facts, is_whole=False)


def test_what_was_won_back_stands_beside_what_was_asked():
    found = shown(Facts(now=figures(events={Event.WON_BACK: 1, Event.SECOND_CHANCE_ASKED: 3})))["Won back"]
    assert (found.value, found.note, found.tone) == ("1", "3 second-chance messages sent", "won")


def test_a_median_is_said_of_ten_cases_and_more():
    few, many = (figures(answer=bucket(130), captured=n, answered=n) for n in (9, 10))
    assert shown(Facts(now=few))["First answer"].value == NOTHING
    assert shown(Facts(now=many))["First answer"].value != NOTHING
    assert many.times[Measure.ANSWER_WORK].total() == 10


def test_work_is_said_to_five_minutes_in_the_language_at_hand():
    assert (work(7.4), work(133)) == ("7\u00a0min", "2\u00a0h\u00a015")
    with use_language("fr"):
        assert share_of(30, 40) == "75\u202f%"
