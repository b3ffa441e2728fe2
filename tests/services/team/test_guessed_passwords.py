"""The list of guessed passwords, and how people vary them."""

import pytest

from amends.services.team.guessed_passwords import folded, guessed_passwords, is_guessed


def test_the_list_is_long_and_folded_as_it_is_compared() -> None:
    assert len(guessed_passwords()) > 10_000
    assert all(word == folded(word) for word in guessed_passwords())


@pytest.mark.parametrize(
    "password", ["football", "F00tb@ll", "!!football!!", "1984football2001", "foot ball", "footballfootball"]
)
def test_simple_changes_do_not_make_a_common_password_another_one(password: str) -> None:
    assert is_guessed(password)


@pytest.mark.parametrize("password", ["", "12", "the football lies on the roof", "\u0130\u0130", "🦊" * 5])
def test_what_only_contains_a_common_word_is_another_password(password: str) -> None:
    assert not is_guessed(password)
