"""Which themes are suggested for a case, judged by the words of cases that have some?"""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amends.rules.desk.themes import MOST_SUGGESTED, Labelled, checked_name, key_of, suggested

LATE, BROKEN, PRICE = (UUID(int=number) for number in (1, 2, 3))


def case(theme: UUID, words: str) -> Labelled:
    return Labelled(frozenset({theme}), frozenset(words.split()))


PAST = [
    case(LATE, "commande jamais recue livraison retard semaine"),
    case(LATE, "livraison prevue lundi toujours rien retard"),
    case(BROKEN, "vase arrive casse emballage trop leger"),
    case(BROKEN, "assiettes casse emballage dechire"),
    case(PRICE, "trop cher pour cette qualite"),
]


def test_a_theme_is_suggested_whose_cases_share_telling_words():
    [found] = suggested(["encore", "un", "retard", "de", "livraison"], PAST)
    assert found.theme == LATE
    assert set(found.words) == {"retard", "livraison"}


def test_an_inflected_word_is_the_same_word():
    [found] = suggested(["deux", "livraisons", "retardees"], PAST)
    assert (found.theme, set(found.words)) == (LATE, {"livraisons", "retardees"})


def test_one_shared_word_is_not_enough():
    assert suggested(["livraison", "parfaite", "merci"], PAST) == ()


def test_a_word_of_every_theme_tells_nothing():
    everywhere = [case(theme, "bonjour service client") for theme in (LATE, BROKEN, PRICE) for _ in range(3)]
    assert suggested(["bonjour", "service", "client"], everywhere) == ()


def test_short_words_and_numbers_tell_nothing():
    past = [case(LATE, "un de 4711 4712"), case(LATE, "un de 4711 4712"), case(PRICE, "autre chose")]
    assert suggested(["un", "de", "4711", "4712"], past) == ()


def test_without_past_cases_nothing_is_suggested():
    assert suggested(["retard", "livraison"], []) == ()


WORDS = st.frozensets(st.sampled_from(["retard", "livraison", "colis", "casse", "emballage", "cher", "prix"]))
CASES = st.lists(st.builds(Labelled, st.frozensets(st.sampled_from((LATE, BROKEN, PRICE))), WORDS))


@given(WORDS, CASES)
def test_suggestions_are_few_different_and_by_words_of_the_case(words: frozenset[str], past: list[Labelled]):
    found = suggested(words, past)
    themes = [one.theme for one in found]
    assert len(themes) == len(set(themes)) <= MOST_SUGGESTED
    for one in found:
        assert len(one.words) >= 2
        assert set(one.words) <= words
        assert sum(one.theme in case.themes for case in past) >= 2


@given(WORDS, CASES)
def test_the_order_of_the_past_changes_nothing(words: frozenset[str], past: list[Labelled]):
    assert suggested(words, past) == suggested(words, past[::-1])


def test_two_names_that_read_the_same_have_one_key():
    assert key_of("Livraison  en Retard") == key_of("livraison en retard")
    assert checked_name("  Late\u202e\n") == "Late"
    assert checked_name("\u200b") == ""
