"""What Amends stored in one language is said in the reader's; what anybody typed stays as it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.i18n import LANGUAGES, catalogue, use_language
from amends.rules.capture.titles import title_of
from amends.rules.case import stored_texts
from amends.rules.follow_up import questions
from amends.rules.operation import own_texts
from amends.rules.operation.own_texts import REASONS, WHOLE


def said(message: str, language: str) -> str:
    return catalogue(language).gettext(message)


@pytest.mark.parametrize("stored_in", LANGUAGES)
@pytest.mark.parametrize("read_in", LANGUAGES)
def test_each_of_our_sentences_is_said_in_the_readers_language(stored_in: str, read_in: str):
    with use_language(read_in):
        for message in WHOLE:
            assert own_texts.words(said(message, stored_in)) == said(message, read_in)
        assert own_texts.title(said(stored_texts.ERASED, stored_in)) == said(stored_texts.ERASED, read_in)


def test_every_sentence_that_is_stored_is_known_and_has_its_french():
    named = [value for name, value in vars(stored_texts).items() if name.isupper() and isinstance(value, str)]
    with_holes = {one for one in named if "%(" in one}
    assert set(named) - with_holes - {stored_texts.ERASED} <= set(WHOLE)
    assert all(said(one, "fr") != one for one in (*named, *WHOLE, *REASONS))


@pytest.mark.parametrize("stored_in", LANGUAGES)
@pytest.mark.parametrize("read_in", LANGUAGES)
def test_a_sentence_around_what_was_typed_is_translated_and_the_words_are_not(stored_in: str, read_in: str):
    typed = "10 % sur « tout »: Write it"
    asked = {one: said(questions.ASKED[questions.Preset.JOKE], one) for one in LANGUAGES}
    sentences = {
        one: (
            said(stored_texts.REMEDY_ASKED, one) % {"name": "Bob", "words": typed},
            said(stored_texts.UNANSWERED, one) % {"question": asked[one], "name": "Bob"},
            said(stored_texts.SHORT_OF_HOURS, one) % {"reasons": " ".join(said(two, one) for two in REASONS)},
            f"Late: cakes: {said(stored_texts.INCIDENT_REVIEW, one)}",
            questions.with_words(questions.with_words(asked[one], said("Not sure", one)), typed),
        )
        for one in LANGUAGES
    }
    with use_language(read_in):
        shown = tuple(own_texts.words(one) for one in sentences[stored_in])
    assert shown == sentences[read_in]


@pytest.mark.parametrize(("value", "most"), [(1, 5), (3.5, 10), (40, 100), (0, None)])
@pytest.mark.parametrize("read_in", LANGUAGES)
def test_a_post_of_stars_alone_is_called_so_in_the_readers_language(
    value: float, most: float | None, read_in: str
):
    titles = {}
    for one in LANGUAGES:
        with use_language(one):
            titles[one] = title_of(title="", text="", url="", rating=value, rating_max=most)
    with use_language(read_in):
        assert {own_texts.title(one) for one in titles.values()} == {titles[read_in]}


@pytest.mark.parametrize(
    "title", ["Erased", "Undo", "★★★★★ Never again", "1 of the 5, no text", "Write the review", "★"]
)
def test_a_title_of_the_authors_words_stays_theirs(title: str):
    with use_language("fr"):
        assert own_texts.title(title) == title


@given(st.text(max_size=200))
def test_other_texts_stay_as_they_were_typed(typed: str):
    with use_language("fr"):
        assert own_texts.words(typed) == typed
        assert own_texts.title(typed) == typed
