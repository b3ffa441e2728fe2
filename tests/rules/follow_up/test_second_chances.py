"""Do the prepared check-in messages ask one question, in the customer's language, and offer nothing?"""

from datetime import UTC, datetime, timedelta

import pytest

from amends.rules.follow_up.second_chances import messages
from amends.rules.vocabulary import Language

FIXED = datetime(2026, 11, 2, 10, tzinfo=UTC)


def written(language: Language = Language.ENGLISH, *, name: str = "Dana", days: int = 21) -> tuple[str, ...]:
    return messages(language, name=name, signature="Bob", fixed_at=FIXED, now=FIXED + timedelta(days=days))


@pytest.mark.parametrize("language", Language)
def test_there_are_two_and_each_greets_and_signs(language: Language):
    found = written(language)
    assert len(set(found)) == 2
    for one in found:
        assert "Dana,\n\n" in one
        assert one.endswith("\n\nBob")
        assert "{" not in one


@pytest.mark.parametrize(
    ("days", "english", "french"),
    [
        (3, "A few days ago", "Il y a quelques jours"),
        (7, "A week ago", "Il y a une semaine"),
        (21, "3 weeks ago", "Il y a 3 semaines"),
    ],
)
def test_they_say_how_long_it_has_been(days: int, english: str, french: str):
    assert all(english in one for one in written(days=days))
    assert all(french in one for one in written(Language.FRENCH, days=days))


@pytest.mark.parametrize("language", Language)
def test_somebody_whose_name_is_not_known_is_greeted_all_the_same(language: Language):
    assert all(one.split("\n")[0] in ("Hello,", "Bonjour,") for one in written(language, name=""))


@pytest.mark.parametrize("language", Language)
def test_nothing_is_offered_and_no_review_is_asked_for(language: Language):
    for one in written(language):
        for word in ("review", "avis", "star", "étoile", "gift", "cadeau", "discount", "remise", "voucher"):
            assert word not in one.lower()


@pytest.mark.parametrize("language", Language)
def test_a_braced_name_is_only_a_name(language: Language):
    assert all("{when} {0}" in one for one in written(language, name="{when} {0}"))
