"""Are the posts of a drill complete for every kind of storm, and nobody's?"""

from random import Random

from amends.rules.insight.invented_posts import ALWAYS, AUTHORS, DANGERS, PLATFORMS, POSTS, invent
from amends.rules.vocabulary import IncidentKind


def test_every_kind_of_storm_has_its_posts_in_both_languages():
    assert set(POSTS) == set(IncidentKind)
    for english, french in (said for texts in (*POSTS.values(), *DANGERS.values(), ALWAYS) for said in texts):
        assert english
        assert french
        assert english != french


def test_every_author_is_another_one_and_says_that_it_is_invented():
    assert len(set(AUTHORS)) == len(AUTHORS) == 100
    assert all(one.startswith("invented_") for one in AUTHORS)


def test_one_post_in_eight_is_one_of_danger_and_all_are_on_known_platforms():
    posts = invent(IncidentKind.OTHER, posts=48, minutes=30, draw=Random(5).random)
    assert sum(one.danger for one in posts) == 6
    assert {one.platform for one in posts} <= set(PLATFORMS)
    assert (posts[0].after, posts[-1].after) == (0, 1800)


def test_customers_write_in_every_storm_but_a_harassment():
    for kind in IncidentKind:
        posts = invent(kind, posts=48, minutes=5, draw=Random(5).random)
        assert any(one.customer for one in posts) is (kind is not IncidentKind.HARASSMENT)
