"""Does the lint find in a reply what a calm colleague would, and nothing else? In both languages."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.reply.reply_lint import (
    LESSONS,
    Circumstances,
    LintRule,
    Weight,
    is_hot,
    is_only_links,
    language_of,
    lint,
    says_place,
)
from amends.rules.reply.reply_lint.dates import named
from amends.rules.reply.reply_lint.english import ENGLISH
from amends.rules.reply.reply_lint.french import FRENCH
from amends.rules.reply.reply_lint.phrases import Phrases, found_by
from amends.rules.reply.reply_lint.sentences import plain, sentences, tidy
from amends.rules.vocabulary import Nature
from amends.rules.vocabulary.replies import Occasion
from tests.rules.reply.reply_corpus import TODAY, Example, corpus, figures

HERE = Circumstances(today=TODAY)
LANGUAGES = {"en": ENGLISH, "fr": FRENCH}


def test_a_private_link_is_an_invitation():
    assert says_place("We are sorry. https://amends.bakers.example/h/AM-7K3Q-ZH2P")
    assert not says_place("We are sorry. https://amends.bakers.example/h/")


@pytest.mark.parametrize("example", corpus(), ids=str)
def test_a_reply_gives_its_findings_and_no_others(example: Example):
    wanted = (example.must - example.missed) | example.wrong
    assert example.found() - (example.may - wanted) == wanted


def test_the_corpus_has_sixty_replies_of_each_language_and_every_rule_in_both():
    for language in LANGUAGES:
        replies = [one for one in corpus() if one.language == language]
        assert len(replies) >= 60
        assert frozenset().union(*(one.must for one in replies)) == frozenset(LintRule)


def test_no_rule_speaks_wrongly_and_none_misses_more_than_a_fifth():
    for rule, (right, wrong, missed) in figures().items():
        assert wrong == 0, rule
        assert right >= 4 * missed, rule


def test_a_finding_quotes_the_sentence_and_the_words_and_says_what_to_do():
    [blame] = lint("Thank you. You should have read it, Dana. Write to us.", HERE)
    assert (blame.rule, blame.sentence) == (LintRule.BLAME, "You should have read it, Dana.")
    assert blame.words == "You should have"
    assert (blame.is_error, blame.lesson.practice, bool(blame.lesson.advice)) == (True, 39, True)


def test_the_heaviest_finding_comes_first():
    found = lint("We will do our best. We will refund you by Friday. You are a liar.", HERE)
    weights = [finding.lesson.weight for finding in found]
    assert weights == sorted(weights, key=list(Weight).index)
    assert {Weight.ERROR, Weight.WARNING, Weight.NOTE} == set(weights)


def test_each_rule_is_told_once_for_a_sentence():
    found = lint("Oh please, bravo, how original, nice try. Call us.", HERE)
    assert [finding.rule for finding in found] == [LintRule.SARCASM]


@pytest.mark.parametrize(
    ("reply", "hot"),
    [
        ("Oh really? Call us.", True),
        ("You should have called us.", True),
        ("We NEVER got it. Call us.", True),
        ("You are a liar. Call us.", True),
        ("Nobody else has complained. Call us.", False),
        ("We are sorry about the cake. Call us.", False),
    ],
)
def test_heat_is_sarcasm_blame_insult_and_capitals(reply: str, hot: bool):
    assert is_hot(lint(reply, HERE)) is hot


def test_every_rule_has_its_lesson_from_one_of_the_practices():
    assert LESSONS.keys() == set(LintRule)
    assert all(1 <= lesson.practice <= 80 for lesson in LESSONS.values())


def test_our_own_places_and_names_are_no_private_details_and_no_shouts():
    reply = "PANIFICIUM HQ is open. The counter has 020 7946 0958."
    assert {finding.rule for finding in lint(reply, HERE)} >= {LintRule.SHOUTING, LintRule.PRIVATE_DETAIL}
    ours = Circumstances(today=TODAY, places=("020 7946 0958",), names=("Panificium HQ",))
    assert lint(reply, ours) == ()


@pytest.mark.parametrize("occasion", Occasion)
def test_an_invitation_is_asked_for_until_the_matter_is_solved(occasion: Occasion):
    found = lint("Thank you for telling us.", Circumstances(today=TODAY, occasion=occasion))
    assert [one.rule for one in found] == ([] if occasion is Occasion.SOLUTION else [LintRule.NO_INVITATION])


def test_what_a_site_takes_counts_after_the_first_answer_too():
    long = Circumstances(today=TODAY, platform="x", occasion=Occasion.FOLLOWING)
    assert [one.rule for one in lint("Write to us. " * 25, long)] == [LintRule.TOO_LONG]
    assert lint("Write to us. " * 60, Circumstances(today=TODAY, occasion=Occasion.FOLLOWING)) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The soup was cold and the waiter was not kind to us.", "en"),
        ("La soupe était froide et le serveur n’a pas été aimable avec nous.", "fr"),
        ("Die Suppe war kalt und der Kellner nicht freundlich.", "de"),
        ("La sopa estaba fría y el camarero no fue muy amable, no volveremos por aquí.", "es"),
        ("La zuppa era fredda e il cameriere non è stato gentile con noi, che peccato.", "it"),
        ("De soep was koud en de ober was niet vriendelijk, wij komen niet meer.", "nl"),
        ("A sopa estava fria e o empregado não foi muito simpático com a minha mãe.", "pt"),
        ("Cold soup!", None),
        ("", None),
        ("寿司はとても美味しかったです", None),
    ],
)
def test_a_language_is_told_by_its_small_words_and_never_guessed(text: str, language: str | None):
    assert language_of(text) == language


MONDAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("language", "sentence", "day"),
    [
        ("en", "today", MONDAY),
        ("en", "by tomorrow noon", MONDAY + timedelta(days=1)),
        ("en", "by Friday", date(2026, 5, 8)),
        ("en", "on Monday", date(2026, 5, 11)),
        ("en", "within 48 hours", date(2026, 5, 6)),
        ("en", "in three working days", date(2026, 5, 7)),
        ("en", "within 5 business days", date(2026, 5, 11)),
        ("en", "in two weeks", date(2026, 5, 18)),
        ("en", "by the end of the week", date(2026, 5, 8)),
        ("en", "by the end of the month", date(2026, 5, 31)),
        ("en", "next week", date(2026, 5, 15)),
        ("en", "on 12 May", date(2026, 5, 12)),
        ("en", "on May 12th", date(2026, 5, 12)),
        ("en", "on 2 January", date(2026, 1, 2)),
        ("en", "by 2026-06-01", date(2026, 6, 1)),
        ("en", "on 31 June", None),
        ("fr", "demain", MONDAY + timedelta(days=1)),
        ("fr", "après-demain", MONDAY + timedelta(days=2)),
        ("fr", "d’ici vendredi", date(2026, 5, 8)),
        ("fr", "sous 48h", date(2026, 5, 6)),
        ("fr", "dans les 24 heures", date(2026, 5, 5)),
        ("fr", "dans trois jours ouvrés", date(2026, 5, 7)),
        ("fr", "d’ici la fin de la semaine", date(2026, 5, 8)),
        ("fr", "le 12/05", date(2026, 5, 12)),
        ("fr", "le 1er juin", date(2026, 6, 1)),
        ("fr", "avant la fin du mois", date(2026, 5, 31)),
    ],
)
def test_a_day_is_read_as_people_mean_it(language: str, sentence: str, day: date | None):
    found = named(plain(sentence), LANGUAGES[language].days, today=MONDAY)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "sentence", ["soon", "a cake for 12 people", "version 3.2", "bientôt", "24/7", "½ 10"]
)
def test_what_is_no_day_is_not_read_as_one(sentence: str):
    assert named(plain(sentence), ENGLISH.days | FRENCH.days, today=MONDAY) is None  # type: ignore[operator]


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_no_text_whatever_breaks_the_reading_of_days(text: str, today: date):
    for phrases in LANGUAGES.values():
        named(plain(text), phrases.days, today=today)


WORDS = st.sampled_from(
    [
        "we will refund you", "by friday", "never", "NEVER", "!!", "your review", "a voucher", "if", "vous",
        "nous", "rembourserons", "demain", "écrivez-nous", "write to us", "at care@x.example", "order 4711",
        "+33612345678",
        "12/05", ".", "!", "?", "…", "\n", "🙄", "oh please", "İ", "e\u0301",
    ]
)  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=8), max_size=40).map(" ".join), st.sampled_from([None, *Nature]))
def test_every_finding_quotes_what_was_written(text: str, nature: Nature | None):
    whole = tidy(text)
    for finding in lint(text, Circumstances(today=TODAY, nature=nature, language="fr")):
        assert finding.sentence in whole
        assert finding.words in finding.sentence
        assert finding.due is None or finding.rule is LintRule.DATED_PROMISE


@given(st.text(max_size=200))
def test_plain_letters_stand_where_the_written_ones_do(text: str):
    assert len(plain(tidy(text))) == len(tidy(text))
    assert all(len(one.text) == len(one.plain) for one in sentences(tidy(text)))


HOSTILE = (
    "a", "we will ", "nous vous ", "a@", "0 ", "1", "A", "?!", "! ", "(0", "your review ", "order # # ", "j'",
    "gb29 ", "nous le la les lui leur y en ", "if you ", "a.a@a-a.", "change the review then ", "M. ", "\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_is_read_to_its_end(piece: str):
    """It would hang here if an expression looked at a text again and again."""
    text = piece * (20_000 // len(piece))
    lint(text, Circumstances(today=TODAY, nature=Nature.THREAT, language="en"))


def every_phrase(phrases: Phrases) -> list[str]:
    tables = [phrases.vows, phrases.vows_when_dated, phrases.invites, phrases.theirs, phrases.regrets]
    tables += [phrases.gifts, phrases.revisions, phrases.conditions, *phrases.wording.values()]
    return [phrase for table in tables for phrase in table]


UNBOUNDED = re.compile(r"(?<!\\)(?:(?<!\()\+|\*(?!\|)|\{\d+,\})(?!\S?\?:)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_the_tables_matches_something_short_and_repeats_without_end_only_alone(language: str):
    """Two repetitions without an end, one within or after the other, are what makes an expression slow."""
    for phrase in every_phrase(LANGUAGES[language]):
        assert len(UNBOUNDED.findall(phrase)) <= 1, phrase
        assert not found_by((phrase,)).search("")


@pytest.mark.parametrize(
    ("reply", "is_bare"),
    [
        ("https://amends.example/h/AM-7K3Q-ZH2P", True),
        ("→ https://amends.example/h/AM-7K3Q-ZH2P. 👋", True),
        ("https://a.example/1 https://a.example/2", True),
        ("Here: https://amends.example/h/AM-7K3Q-ZH2P", False),
        ("👍", False),
        ("", False),
    ],
)
def test_a_link_alone_says_nothing(reply: str, is_bare: bool):
    assert is_only_links(reply) is is_bare
