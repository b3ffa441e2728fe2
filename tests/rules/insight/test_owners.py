"""By owner: of few cases, in a small team, or with too few others nothing is shown."""

from hypothesis import given
from hypothesis import strategies as st

from amends.rules.insight.owners import ABUSE, Compared, Owned, compared, enough, is_much_abuse


def owned(name: str, cases: int = 20, *, answered: int = 10, in_term: int = 5) -> Owned:
    return Owned(owner=name, name=name, cases=cases, answered=answered, in_term=in_term)


def test_only_owners_of_ten_cases_in_teams_of_four_are_shown_by_name():
    few, bob, ada = owned("zoe", 9), owned("Bob", 99), owned("ada", 10)
    assert [one.name for one in enough([few, bob, ada], members=4)] == ["ada", "Bob"]
    assert enough([few, bob, ada], members=3) == []


@given(st.lists(st.builds(owned, st.sampled_from("abcdefgh"), st.integers(0, 40))))
def test_the_order_says_nothing_of_the_figures(several: list[Owned]):
    shown = enough(several, members=9)
    assert [one.name for one in shown] == sorted(one.name for one in shown)


def test_oneself_stands_beside_the_median_of_at_least_four():
    team = [owned(name, in_term=n) for name, n in (("a", 2), ("b", 4), ("c", 6), ("d", 10))]
    assert compared(team, me="d") == Compared(100, 50)
    assert compared(team[1:], me="d") is None
    assert compared(team, me="e") is None
    assert compared([*team[:3], owned("d", answered=9, in_term=9)], me="a") is None


def test_a_change_is_offered_from_the_ninth_hostile_case_on():
    assert (is_much_abuse(ABUSE), is_much_abuse(ABUSE + 1)) == (False, True)
