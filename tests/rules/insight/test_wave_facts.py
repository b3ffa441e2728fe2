"""Is of each sign counted only what is known, and each person once?"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from amends.rules.capture.account_dates import Span
from amends.rules.insight.wave_facts import WavePost, facts_of, is_young, own_links
from amends.rules.insight.waves import Facts
from amends.rules.vocabulary import CustomerStatus
from tests.world import DAY, HOUR, MONDAY


def post(who: str, **known: Any) -> WavePost:
    usual = {"at": MONDAY, "platform": "x", "first_seen_at": MONDAY}
    return WavePost(who=who, **{**usual, **known})


def facts(*posts: WavePost, ours: frozenset[str] = frozenset()) -> Facts:
    return facts_of(posts, begin=MONDAY - 3 * HOUR, now=MONDAY, ours=ours, doublings=0)


def test_a_person_counts_once_for_the_address_that_most_name():
    found = facts(
        post("a", text="See https://blog.example/lies?from=a and https://blog.example/lies"),
        post("a", text="https://blog.example/lies"),
        post("b", text="http://www.blog.example/lies/"),
        post("c", text="https://other.example"),
    )
    assert (found.people, found.posts, found.link) == (3, 4, 2)


def test_a_link_to_us_is_no_sign():
    ours = own_links(["https://bakers.example/contact", "https://x.com/bakers"])
    own = ("https://bakers.example/shop", "https://x.com/bakers/status/1")
    assert facts(*(post(who, text=text) for who in "ab" for text in own), ours=ours).link == 0
    assert (
        facts(post("a", text="https://x.com/troll"), post("b", text="https://x.com/troll"), ours=ours).link
        == 2
    )


def exactly(at: datetime) -> Span:
    return Span(at, at)


@pytest.mark.parametrize(
    ("since", "seen", "young"),
    [
        (exactly(MONDAY - 3 * DAY), MONDAY, True),
        (exactly(MONDAY - 30 * DAY), MONDAY, False),
        (Span(MONDAY - 29 * DAY, MONDAY + DAY), MONDAY, True),
        (Span(MONDAY - 31 * DAY, MONDAY - DAY), MONDAY, None),
        (Span(MONDAY - 60 * DAY, MONDAY - 30 * DAY), MONDAY, False),
        (Span(MONDAY - 31 * DAY, MONDAY - DAY), MONDAY - 30 * DAY, False),
        (None, MONDAY - 30 * DAY, False),
        (None, MONDAY - 29 * DAY, None),
        (exactly(MONDAY + DAY), MONDAY, None),
        (exactly(MONDAY + DAY), MONDAY - 30 * DAY, False),
    ],
)
def test_the_age_of_an_account_is_known_by_its_date_or_by_when_we_saw_it_first(
    since: Span | None, seen: datetime, young: bool | None
):
    assert is_young(since, seen, MONDAY) is young


def test_accounts_whose_age_is_not_known_are_not_counted():
    found = facts(
        post("a", since=exactly(MONDAY - DAY)), post("b"), post("c", first_seen_at=MONDAY - 90 * DAY)
    )
    assert (found.young, found.young_known) == (1, 2)


def test_customers_are_counted_of_those_of_whom_it_is_known():
    statuses = (
        CustomerStatus.VERIFIED,
        CustomerStatus.CLAIMED,
        CustomerStatus.UNKNOWN,
        CustomerStatus.NOT_A_CUSTOMER,
    )
    found = facts(*(post(one, customer=one) for one in statuses))
    assert (found.customers, found.customers_known) == (2, 3)


def test_reach_is_how_often_posts_were_seen_else_how_many_follow_and_never_both():
    found = facts(
        post("a", metrics={"views": 100, "followers": 5_000}),
        post("a", metrics={"views": 20, "followers": 5_000}),
        post("b", metrics={"followers": 30}),
        post("b", metrics={"followers": 40}),
        post("c", metrics={"likes": 7}),
        post("d", metrics={"views": True, "followers": -1}),
    )
    assert (found.reach, found.reach_known) == (160, 2)


def test_new_and_alike_and_within_hours_are_counted_by_person():
    late = timedelta(hours=9)
    found = facts(
        post("a", group="one"),
        post("a", group="one"),
        post("b", group="one", at=MONDAY - late),
        post("c", group="two", first_seen_at=MONDAY - 40 * DAY, platform="facebook"),
    )
    assert (found.alike, found.new, found.soon, found.platforms) == (2, 2, 2, 2)
