"""When do several people's cases ask to be one problem, who may be told of its fix, and when is it back?"""

import pytest

from amends.rules.desk.problems import asks_again, has_returned, is_shared, may_be_told, text_in
from amends.rules.vocabulary import Language, ProblemState


@pytest.mark.parametrize(("people", "is_one"), [(0, False), (2, False), (3, True), (40, True)])
def test_three_different_people_share_a_concern(people: int, is_one: bool):
    assert is_shared(people) is is_one


@pytest.mark.parametrize(
    ("people", "dismissed_at", "again"),
    [(3, 0, True), (3, 3, False), (5, 3, False), (6, 3, True), (2, 0, False)],
)
def test_what_was_dismissed_is_asked_again_with_twice_as_many(people: int, dismissed_at: int, again: bool):
    assert asks_again(people, dismissed_at=dismissed_at) is again


@pytest.mark.parametrize("state", list(ProblemState))
def test_only_a_fixed_problem_comes_back_and_only_with_as_many_as_made_it_one(state: ProblemState):
    assert has_returned(state, 3) is (state is ProblemState.FIXED)
    assert not has_returned(state, 2)


@pytest.mark.parametrize("state", list(ProblemState))
@pytest.mark.parametrize("has_change", [True, False])
@pytest.mark.parametrize("is_approved", [True, False])
def test_people_are_told_once_it_is_fixed_and_the_words_are_approved(
    state: ProblemState, has_change: bool, is_approved: bool
):
    told = may_be_told(state, has_change=has_change, is_approved=is_approved)
    assert told is (state is ProblemState.FIXED and has_change and is_approved)


def test_without_words_in_a_language_those_of_the_other_stand():
    assert text_in(Language.FRENCH, english="Fixed.", french="Corrigé.") == "Corrigé."
    assert text_in(Language.FRENCH, english="Fixed.", french="") == "Fixed."
    assert text_in(Language.ENGLISH, english="", french="") == ""
