"""Who is meant by the names after an @?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.follow_up.mentions import mentioned

NAMES = ("Ito Ito", "Anne Boulanger", "Anne", "Ada Baker", "Léo Martin", "Léo Petit", "Bob")
MEMBERS = {name: name for name in NAMES}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Bob can you ring her?", ["Bob"]),
        ("@ada, @bob: look", ["Ada Baker", "Bob"]),
        ("@Ada Baker and @ada", ["Ada Baker"]),
        ("@Anne Boulanger please", ["Anne Boulanger"]),
        ("@anne please", ["Anne"]),
        ("@Léo who?", []),
        ("@leo  MARTIN", ["Léo Martin"]),
        ("(@bob)", ["Bob"]),
        ("@Ito Ito too", ["Ito Ito"]),
        ("bob@bob.example", []),
        ("@ bob", []),
        ("@bobby", []),
        ("@nobody", []),
        ("", []),
    ],
)
def test_a_whole_name_or_a_first_name_that_one_member_has(text: str, names: list[str]) -> None:
    assert mentioned(text, MEMBERS) == names


@given(st.text())
def test_whoever_is_mentioned_is_a_member_and_each_comes_once(text: str) -> None:
    found = mentioned(text, MEMBERS)
    assert len(set(found)) == len(found)
    assert set(found) <= set(MEMBERS)
