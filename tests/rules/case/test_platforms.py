"""The platforms."""

from amends.rules.case.platforms import is_review_site
from amends.rules.vocabulary import Platform


def test_review_sites_are_those_where_people_expect_an_answer_in_days():
    assert is_review_site(Platform.GOOGLE)
    assert not is_review_site(Platform.X)
