"""Are texts of every script cut into what people look for?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case import word_folding
from amends.rules.case.searches import Question, asked, excerpt, index_of, is_whole

TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("search_questions.tsv").read_text("utf-8").splitlines()[1:]
]


def has(index: str, question: Question) -> bool:
    """What both engines do with a question, told simply."""
    words = index.split()

    def stands(word: str) -> bool:
        return any(known == word if is_whole(word) else known.startswith(word) for known in words)

    numbers = (stands(one.phone) or all(map(stands, one.plain)) for one in question.numbers)
    phrases = (phrase in f" {index} " for phrase in question.phrases)
    return bool(question) and all((*map(stands, question.words), *numbers, *phrases))


@pytest.mark.parametrize(("text", "typed", "expected"), TABLE)
def test_a_question_finds_its_text_and_no_other(text: str, typed: str, expected: str):
    assert has(index_of(text), asked(typed)) is (expected == "+")


SHOWN = [row[:2] for row in TABLE if row[2] == "+" and "2026" not in row[1]]


@pytest.mark.parametrize(("text", "typed"), SHOWN)
def test_what_was_found_is_shown_in_its_text(text: str, typed: str):
    found = excerpt(text, asked(typed))
    assert found
    assert any(hit for _piece, hit in found.pieces)


def test_there_are_at_least_ninety_questions():
    assert len(TABLE) >= 95
    assert sum(row[2] == "-" for row in TABLE) >= 25


def test_a_pair_of_signs_in_the_middle_of_a_run_is_marked_alone():
    found = excerpt("这家店的服务太差了", asked("服务太"))
    assert found
    assert found.pieces == (("这家店的", False), ("服务太", True), ("差了", False))


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 100_000,
        "1-" * 100_000,
        "字" * 100_000,
        "e\u0301" * 50_000,
        "\u00ad" * 200_000,
        "a\u00ad" * 100_000,
    ],
)
def test_no_text_costs_more_than_its_length(text: str):
    assert len(index_of(text)) <= 12 * len(text)


@given(st.text())
def test_every_term_stands_where_it_says_and_has_nothing_that_an_engine_knows(text: str):
    for start, end, term in (*word_folding.terms(text), *word_folding.phones(text)):
        assert 0 <= start < end <= len(text)
        assert term
        assert not set(term) & set(" \"'\\|&!()*:<%_")
