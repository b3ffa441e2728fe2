"""What can be asked of a colleague, and who is proposed?"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from amends.rules.follow_up.questions import HERE, Answer, Colleague, Preset, answers, in_order, with_words

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


def colleague(name: str, *, reads_it: bool = False, away: bool = False, seen: timedelta | None = None):
    seen_at = NOW - seen if seen is not None else None
    return Colleague(id=uuid4(), name=name, reads_it=reads_it, away=away, seen_at=seen_at)


@pytest.mark.parametrize(
    ("preset", "offered"),
    [
        (Preset.JOKE, (Answer.JOKE, Answer.SERIOUS, Answer.NOT_SURE)),
        (Preset.MEANING, (Answer.NOT_SURE,)),
        (None, (Answer.YES, Answer.NO, Answer.NOT_SURE)),
    ],
)
def test_each_question_offers_the_answers_that_fit_it(preset: Preset | None, offered: tuple[Answer, ...]):
    assert answers(preset) == offered


def test_who_reads_the_language_comes_first_then_who_is_here_then_who_is_not_away():
    ordered = in_order(
        [
            colleague("away", away=True),
            colleague("zoe"),
            colleague("Adam"),
            colleague("here", seen=timedelta(minutes=1)),
            colleague("reads and away", reads_it=True, away=True),
            colleague("reads and here", reads_it=True, seen=timedelta(0)),
            colleague("reads", reads_it=True),
        ],
        now=NOW,
    )
    assert [one.name for one in ordered] == [
        "reads and here",
        "reads",
        "reads and away",
        "here",
        "Adam",
        "zoe",
        "away",
    ]


@pytest.mark.parametrize(("since", "is_here"), [(HERE, True), (HERE + timedelta(seconds=1), False)])
def test_a_member_counts_as_here_for_ten_minutes_after_their_last_page(since: timedelta, is_here: bool):
    assert colleague("x", seen=since).is_here(NOW) is is_here
    assert not colleague("never seen").is_here(NOW)


@pytest.mark.parametrize(
    ("ready", "words", "said"),
    [("Joke", "", "Joke"), ("", "Our baker", "Our baker"), ("Joke", "I think", "Joke – I think")],
)
def test_typed_words_follow_what_a_button_says(ready: str, words: str, said: str):
    assert with_words(ready, words) == said
