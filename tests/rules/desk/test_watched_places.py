"""When is a place visited again, whose turn is it, and which pages may be opened at all?"""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.desk.watched_places import (
    INTERVALS,
    PROFILES,
    SEARCHES,
    in_turn,
    is_late,
    is_page,
    next_visit,
    own_addresses,
    search_address,
    turn_after,
    whose_turn,
)
from amends.rules.team.reply_rules import OwnAccount

FRIDAY, MONDAY = date(2026, 5, 8), date(2026, 5, 11)
A, B, C = (UUID(int=number) for number in (1, 2, 3))


def on_weekdays(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("visited", "every", "due"),
    [
        (MONDAY, 1, MONDAY + timedelta(days=1)),
        (FRIDAY, 1, MONDAY),
        (FRIDAY, 2, MONDAY),
        (FRIDAY, 3, MONDAY),
        (FRIDAY, 7, FRIDAY + timedelta(days=7)),
        (MONDAY, 30, date(2026, 6, 10)),
    ],
)
def test_a_visit_falls_on_a_working_day(visited: date, every: int, due: date):
    assert next_visit(visited, every, on_weekdays) == due


def test_a_team_that_is_closed_for_good_still_has_a_date():
    assert next_visit(FRIDAY, 1, lambda _day: False) == FRIDAY + timedelta(days=1)


@given(every=st.sampled_from(INTERVALS), offset=st.integers(0, 400))
def test_the_next_visit_is_never_before_its_interval_nor_long_after(every: int, offset: int):
    visited = MONDAY + timedelta(days=offset)
    assert timedelta(days=every) <= next_visit(visited, every, on_weekdays) - visited <= timedelta(every + 2)


@pytest.mark.parametrize(
    ("turn", "away", "whose"),
    [
        (0, {}, A),
        (1, {}, B),
        (5, {}, C),  # of three, after some were taken out
        (0, {A: None}, B),
        (0, {A: C}, C),
        (0, {A: C, C: None}, B),
        (2, {C: None}, A),
        (0, {A: None, B: None, C: None}, None),
    ],
)
def test_whoever_is_away_is_replaced_by_their_deputy_else_by_the_next(turn: int, away: dict, whose: UUID):
    assert whose_turn([A, B, C], turn, away) == whose


def test_a_deputy_may_be_someone_who_takes_no_turns():
    assert whose_turn([A], 0, {A: B}) == B
    assert whose_turn([A], 0, {A: None}) is None


def test_without_members_it_is_nobodys_turn():
    assert whose_turn([], 3, {}) is None
    assert in_turn([], 3) == ()


def test_the_order_begins_with_whose_turn_it_is():
    assert in_turn([A, B, C], 1) == (B, C, A)


@pytest.mark.parametrize(
    ("turn", "was_due", "then"), [(0, True, 1), (2, True, 0), (1, False, 1), (9, True, 1)]
)
def test_a_turn_ends_with_a_visit_that_was_due(turn: int, was_due: bool, then: int):
    assert turn_after(turn, [A, B, C], was_due=was_due) == then


def test_a_visit_is_late_the_day_after():
    assert not is_late(MONDAY, MONDAY)
    assert is_late(FRIDAY, MONDAY)


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://www.trustpilot.com/review/shop.example", True),
        ("http://forum.example:8080/shop?page=2#last", True),
        ("https://forum.example/@dana", True),
        ("javascript:alert(1)", False),
        ("data:text/html,hello", False),
        ("file:///etc/passwd", False),
        ("//forum.example", False),
        ("https://", False),
        ("https://me:secret@forum.example/", False),
        ("https://[forum.example/", False),
        ("https://forum.example:port/", False),
        ("", False),
    ],
)
def test_a_place_is_a_page_of_the_web_and_holds_no_password(address: str, is_one: bool):
    assert is_page(address) is is_one


def test_own_accounts_are_proposed_by_their_address_or_by_what_their_site_makes_of_the_handle():
    accounts = (
        OwnAccount(platform="x", handle="@bakers"),
        OwnAccount(platform="reddit", handle="bakers/../r"),
        OwnAccount(platform="google", url="https://maps.google.com/?cid=1"),
        OwnAccount(platform="google", handle="Bakers"),
    )
    assert list(own_addresses(accounts)) == [
        "https://x.com/bakers",
        "https://www.reddit.com/user/bakers%2F..%2Fr",
        "https://maps.google.com/?cid=1",
    ]


def test_a_search_holds_the_words_and_nothing_else_of_them():
    assert search_address("x", "Bakers & Co") == "https://x.com/search?q=Bakers%20%26%20Co&f=live"
    assert search_address("trustpilot", "Bakers") == ""
    assert search_address("x", "") == ""


@pytest.mark.parametrize("address", [*SEARCHES.values(), *PROFILES.values()])
def test_every_address_that_we_propose_is_a_page(address: str):
    assert is_page(address.format(words="a", handle="a"))
