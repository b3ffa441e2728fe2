"""Who is meant by the names after an @?"""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.follow_up.mentions import Why, mentioned


@dataclass(frozen=True)
class Somebody:
    name: str
    disabled: bool = False


NAMES = ("Ito Ito", "Anne Boulanger", "Anne", "Ada Baker", "Léo Martin", "Léo Petit", "Bob")
MEMBERS = [Somebody(name) for name in NAMES]


def names_in(text: str) -> list[str]:
    return [member.name for member in mentioned(text, MEMBERS).members]


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
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("@nobody, see @Bob", {"nobody": Why.UNKNOWN}),
        ("@Léo who?", {"Léo": Why.SEVERAL}),
        ("@Léo Martin knows", {}),
        ("@Max left, @Eve Stone and @Eve too", {"Max": Why.DISABLED, "Eve": Why.SEVERAL}),
        ("ask bob@bob.example", {}),
    ],
)
def test_a_name_that_reaches_nobody_is_given_back_with_its_reason(text: str, missed: dict[str, Why]) -> None:
    gone, twice = [Somebody("Max", disabled=True)], [Somebody("Eve Stone"), Somebody("Eve Stone")]
    assert mentioned(text, [*MEMBERS, *gone, *twice]).missed == missed


def test_of_two_with_one_first_name_the_one_who_is_here_is_meant() -> None:
    found = mentioned("@max", [Somebody("Max Old", disabled=True), Somebody("Max New")])
    assert [member.name for member in found.members] == ["Max New"]


@given(st.text())
def test_whoever_is_mentioned_is_a_member_and_each_comes_once(text: str) -> None:
    found = names_in(text)
    assert len(set(found)) == len(found)
    assert set(found) <= set(NAMES)
