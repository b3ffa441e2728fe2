"""In which language is a post answered that says little?"""

import pytest

from amends.rules.reply.post_languages import Guess, Hints, guess, heard
from amends.rules.vocabulary import Language

EN, FR = Language.ENGLISH, Language.FRENCH
LONG_FRENCH = "Je suis venue chez vous et on ne m’a pas servie. Ce n’est pas pour me plaire."
LONG_ENGLISH = "I was at your shop and you did not serve me. What is this?"
LONG_GERMAN = "Ich war bei euch und das ist nicht gut, die Torte war alt und der Preis auch."


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        (Hints(text=LONG_FRENCH, page="en", earlier=LONG_ENGLISH, team=EN), Guess(FR, True)),
        (Hints(text=LONG_ENGLISH, page="fr", team=FR, member=FR), Guess(EN, True)),
        (Hints(text=LONG_GERMAN, page="de", team=FR, member=FR), Guess(FR, True)),
        (Hints(text="Colis jamais arrivé, honteux", page="en", team=FR), Guess(FR, False)),
        (Hints(text="Colis jamais arrivé", page="en", earlier=LONG_FRENCH), Guess(FR, True)),
        (Hints(text="Nul, la livraison", page="en", team=FR), Guess(FR, False)),
        (Hints(text="Never again", page="en", team=FR, member=FR), Guess(EN, False)),
        (Hints(text="Arnaque", page="fr-FR", team=FR), Guess(FR, False)),
        (Hints(text="Arnaque", earlier=LONG_FRENCH, team=EN), Guess(FR, True)),
        (Hints(text="👎", team=FR), Guess(FR, False)),
        (Hints(text="👎", member=FR), Guess(FR, False)),
        (Hints(text="Kuchen!", page="de", team=EN, member=FR), Guess(FR, False)),
        (Hints(text="", page="en", earlier=LONG_FRENCH), Guess(FR, False)),
    ],
)  # fmt: skip
def test_enough_words_decide_alone_and_hints_where_there_are_too_few(hints: Hints, expected: Guess):
    assert guess(hints) == expected


@pytest.mark.parametrize(
    ("hints", "language"),
    [
        (Hints(text=LONG_GERMAN, page="fr", team=FR), "de"),
        (Hints(text=LONG_FRENCH, page="en"), "fr"),
        (Hints(text="Colis jamais arrivé", page="en", earlier=LONG_FRENCH), "fr"),
        (Hints(text="Nul, la livraison", page="en", team=FR), None),
        (Hints(text="👎", page="en", team=EN), None),
    ],
)
def test_the_language_of_a_post_is_said_where_it_is_certain_and_never_by_its_page_alone(
    hints: Hints, language: str | None
):
    assert heard(hints) == language
