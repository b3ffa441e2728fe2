"""Which rules fit a case that comes in, and what does each of them do?"""

from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.case_rules import EFFECTS, Action, Arrival, decide, matches, moved_up, phrases

RENNES = UUID(int=1)
POST = Arrival(
    platform="google",
    language="fr-CA",
    text="Le gâteau n’est JAMAIS arrivé !",
    rating=4.0,
    rating_max=10.0,
    location=RENNES,
    addresses=("https://www.google.com/maps/reviews/@48,2/data=!1s0x1:0xab!2m1", ""),
)


@dataclass(frozen=True)
class Rule:
    platform: str = ""
    language: str = ""
    words: str = ""
    stars: int | None = None
    location: UUID | None = None
    page: str = ""
    effects: frozenset[str] = frozenset({"owner"})

    def does(self, effect: str) -> bool:
        return effect in self.effects


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (Rule(), True),
        (Rule(platform="google"), True),
        (Rule(platform="yelp"), False),
        (Rule(language="fr"), True),
        (Rule(language="en"), False),
        (Rule(words="remboursement, jamais arrive"), True),
        (Rule(words="arrive jamais"), False),
        (Rule(words="jam"), False),
        (Rule(location=RENNES), True),
        (Rule(location=UUID(int=2)), False),
        (Rule(page="https://www.google.com/maps/place/A/data=!1s0x1:0xab!2x"), True),
        (Rule(page="https://www.google.com/maps/place/A/data=!1s0x1:0xac!2x"), False),
        (Rule(page="https://www.google.com/search?q=ours"), False),
        (Rule(stars=2), True),
        (Rule(stars=1), False),
        (Rule(platform="google", language="fr", words="gateau", stars=2), True),
        (Rule(platform="google", language="en", words="gateau", stars=2), False),
    ],
)
def test_all_conditions_have_to_hold_and_of_the_words_one(rule: Rule, fits: bool):
    assert matches(rule, POST) is fits


def test_a_post_without_a_rating_gives_no_few_stars():
    assert not matches(Rule(stars=4), replace(POST, rating=None))


def test_the_first_rule_that_sets_something_counts():
    rules = [
        Rule(platform="yelp", effects=frozenset(EFFECTS)),
        Rule(effects=frozenset({"owner"})),
        Rule(effects=frozenset({"owner", "theme"})),
        Rule(effects=frozenset({"owner"})),
    ]
    assert decide(rules, POST) == (Action(1, ("owner",)), Action(2, ("theme",)))


@given(st.lists(st.builds(Rule, effects=st.frozensets(st.sampled_from(EFFECTS))), max_size=8))
def test_nothing_is_set_twice(rules: list[Rule]):
    effects = [one for action in decide(rules, POST) for one in action.effects]
    assert len(effects) == len(set(effects))


def test_phrases_are_folded_and_each_is_there_once():
    assert phrases("Refund,  never   ARRIVED, ,refund") == ("refund", "never arrived")


def test_a_rule_changes_places_with_the_one_above_it_and_the_first_stays():
    assert moved_up("abc", "c") == ["a", "c", "b"]
    assert moved_up("abc", "a") == ["a", "b", "c"]
