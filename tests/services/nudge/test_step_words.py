"""Words for the next step in messages: each step has some, in each language."""

import pytest

from amends.i18n import use_language
from amends.rules.workflow.next_step import STEPS
from amends.services.nudge import step_words


def test_every_step_has_words_and_no_words_are_left_over():
    assert set(map(str, step_words.WORDS)) == set(STEPS)


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_step_is_said_in_the_readers_language(step: str):
    with use_language("fr"):
        french = step_words.words(step)
    assert french != step_words.words(step)
