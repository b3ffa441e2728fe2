"""What does a message, or a page, say of a wave in one sentence?"""

import pytest

from amends.i18n import use_language
from amends.services.nudge.wave_words import about, sentence

SUM = {"hours": 3, "people": 31, "usual": 2, "line": 11}


@pytest.mark.parametrize(
    ("scope", "theme", "said"),
    [
        ("all", "", "Overall"),
        ("platform:x", "", "X"),
        ("theme:1", "Late parcels", "“Late parcels”"),
        ("theme:1", "", "“a removed theme”"),
        ("text:1", "", "Nearly the same text"),
    ],
)
def test_a_wave_is_named_by_its_scope(scope: str, theme: str, said: str):
    assert about(scope, theme) == said


def test_the_sentence_gives_the_sum_behind_the_warning():
    said = sentence(scope="platform:x", theme="", **SUM)
    assert said == "X: 31 people in 3 hours; usual: 2; we warn from 11."


def test_a_week_is_said_in_days_and_one_person_in_the_singular():
    said = sentence(scope="all", theme="", hours=168, people=1, usual=0, line=1)
    assert "1 person in 7 days" in said


def test_french_puts_its_own_marks():
    with use_language("fr"):
        said = sentence(scope="platform:x", theme="", **SUM)
    assert said.startswith("X\u202f: 31 personnes en\u202f3 heures\u202f;"), said
