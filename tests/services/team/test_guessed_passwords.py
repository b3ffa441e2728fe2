"""The list of guessed passwords."""

from amends.services.team.guessed_passwords import GUESSED_PASSWORDS


def test_the_guessed_passwords_are_folded_as_they_are_compared() -> None:
    assert all(word == word.casefold() and word.isalnum() for word in GUESSED_PASSWORDS)
