"""When may two captures be of one post, and by which words is the other one looked for?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.person.post_copies import Sight, looked_for, may_be_one, number_of

LONG = "Nous avons attendu deux heures, le plat était froid et personne ne s’est excusé. À fuir !"
ONE = Sight(platform="google", number="", name="Léa Ménard", text=LONG)
CUT = LONG[: LONG.index("excusé") + 3] + "…"


@pytest.mark.parametrize(
    "other",
    [
        ONE,
        replace(ONE, number="ChZDSUhN1"),
        replace(ONE, name="LEA MENARD"),
        replace(ONE, text=CUT),
        replace(ONE, text=f"{LONG} Édit : toujours pas de réponse."),
        replace(ONE, text=LONG.upper()),
    ],
)
def test_the_same_name_with_nearly_the_same_words_may_be_one_post(other: Sight):
    assert may_be_one(ONE, other)
    assert may_be_one(other, ONE)


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, platform="trustpilot"),
        replace(ONE, name="Léo Ménard"),
        replace(ONE, text="Parfait, merci à toute l’équipe pour ce dîner d’anniversaire."),
        replace(ONE, text="Nous avons attendu"),
        replace(ONE, text=""),
    ],
)
def test_another_site_another_name_or_other_words_are_another_post(other: Sight):
    assert not may_be_one(ONE, other)
    assert not may_be_one(other, ONE)


def test_few_words_count_when_they_are_the_same_and_none_never_do():
    short = replace(ONE, text="Très déçue.")
    assert may_be_one(short, replace(short, text="tres decue"))
    assert not may_be_one(short, replace(short, text="Très déçue du dessert."))
    assert not may_be_one(replace(ONE, text=""), replace(ONE, text=""))
    assert not may_be_one(replace(ONE, name=""), replace(ONE, name=""))


def test_two_numbers_that_differ_are_two_posts_whatever_they_say():
    assert not may_be_one(replace(ONE, number="1"), replace(ONE, number="2"))
    assert may_be_one(replace(ONE, number="1"), replace(ONE, number="1"))


def test_a_copy_is_looked_for_by_the_name_and_the_beginning_which_a_cut_leaves():
    words = looked_for(ONE)
    assert words[:2] == ("lea", "menard")
    assert set(words) == set(looked_for(replace(ONE, text=f"{LONG} Et encore beaucoup d’autres mots…")))
    assert looked_for(replace(ONE, text="")) == looked_for(replace(ONE, name="", text="Très déçue.")) == ()


SELECTED = replace(ONE, platform="web", name="", url="https://blog.example/avis")


@pytest.mark.parametrize(
    ("other", "is_maybe_one"),
    [
        (SELECTED, True),
        (replace(SELECTED, text=LONG[LONG.index("attendu") : LONG.index("excusé")]), True),
        (replace(SELECTED, url="https://blog.example/avis#comments"), True),
        (replace(SELECTED, text=LONG.upper()), True),
        (replace(SELECTED, url="https://blog.example/other"), False),
        (replace(SELECTED, url=""), False),
        (replace(SELECTED, name="Léa Ménard"), False),
        (replace(SELECTED, text="Nous avons attendu deux heures"), False),
        (replace(SELECTED, text="Le serveur a été charmant et nous reviendrons avec plaisir."), False),
    ],
)
def test_where_nobody_knows_who_wrote_it_the_page_stands_for_the_name(other: Sight, is_maybe_one: bool):
    assert may_be_one(SELECTED, other) is is_maybe_one
    assert may_be_one(other, SELECTED) is is_maybe_one


def test_the_number_of_selected_words_is_no_number_of_the_site():
    assert number_of("https://blog.example/avis#words-9f3a1c") == ""
    assert number_of("ChZDSUhN1") == "ChZDSUhN1"


@given(st.text(max_size=80), st.text(max_size=80))
def test_it_is_the_same_whichever_comes_first(text: str, other: str):
    first, second = replace(ONE, text=text), replace(ONE, text=other)
    assert may_be_one(first, second) == may_be_one(second, first)
