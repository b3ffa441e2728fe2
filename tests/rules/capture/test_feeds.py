"""What does an item of a feed propose, what is old, and when is a feed asked again?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.feed_documents import FeedItem
from amends.rules.capture.feeds import EVERY, LONGEST_PAUSE, is_news, next_fetch, plain, proposal

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
BASE = "https://forum.example/feed.xml"


@pytest.mark.parametrize(
    ("failures", "asked", "pause"),
    [
        (0, 0, EVERY),
        (1, 0, 2 * EVERY),
        (3, 0, 8 * EVERY),
        (6, 0, LONGEST_PAUSE),
        (1_000_000, 0, LONGEST_PAUSE),
        (0, 7200, timedelta(hours=2)),
        (0, 10**9, LONGEST_PAUSE),
    ],
)
def test_each_failure_doubles_the_pause_up_to_a_day(failures: int, asked: int, pause: timedelta):
    assert next_fetch(NOW, failures, asked_pause=asked) - NOW == pause


@pytest.mark.parametrize(
    ("age", "place", "is_first", "is_one"),
    [
        (timedelta(days=30), 0, False, True),
        (timedelta(days=6), 100, True, True),
        (timedelta(days=8), 0, True, False),
        (None, 19, True, True),
        (None, 20, True, False),
    ],
)
def test_the_first_fetch_proposes_the_last_week(
    age: timedelta | None, place: int, is_first: bool, is_one: bool
):
    at = None if age is None else NOW - age
    assert is_news(at, place, is_first=is_first, now=NOW) is is_one


def test_an_item_is_text_with_a_whole_address():
    item = FeedItem(
        id="7", link="/t/7", title="<b>Late</b>", words="<p>One&nbsp;&lt;two&gt;</p><script>x()</script>Three"
    )
    found = proposal(item, base=BASE, now=NOW)
    assert found is not None
    assert (found.address, found.title, found.words) == (
        "https://forum.example/t/7",
        "Late",
        "One <two>\nThree",
    )


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:,x", "https://h.example:99999/", "https://[", "file:///etc/passwd"]
)
def test_an_address_that_is_no_page_is_none(link: str):
    found = proposal(FeedItem(link=link, title="Late"), base=BASE, now=NOW)
    assert found is not None
    assert found.address == ""


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Mon, 04 May 2026 10:00:00 +0200", NOW),
        ("2026-05-04T08:00:00Z", NOW),
        ("2026-05-04T08:00:00", NOW),
        ("yesterday", None),
        ("", None),
        ("0001-01-01T00:00:00Z", None),
        ("Mon, 99 May 2026", None),
    ],
)
def test_dates_are_read_in_both_forms_or_not_at_all(written: str, at: datetime | None):
    found = proposal(FeedItem(title="Late", at=written), base=BASE, now=NOW)
    assert found is not None
    assert found.posted_at == at


def test_an_item_is_known_by_its_own_id_else_by_its_page_else_by_its_words():
    one = proposal(FeedItem(id="7", title="a"), base=BASE, now=NOW)
    same = proposal(FeedItem(id="7", title="b"), base=BASE, now=NOW)
    other = proposal(FeedItem(title="b"), base=BASE, now=NOW)
    keys = [each.key for each in (one, same, other) if each is not None]
    assert keys[0] == keys[1] != keys[2]


def test_an_item_that_says_nothing_proposes_nothing():
    assert proposal(FeedItem(at="2026-05-04"), base=BASE, now=NOW) is None


@given(st.text(max_size=300))
def test_any_text_becomes_words_without_a_failure(markup: str):
    assert plain(markup) == plain(markup).strip()
    proposal(FeedItem(link=markup, title=markup, words=markup, at=markup, id=markup), base=BASE, now=NOW)


HOSTILE = {
    "tags that never end": "<a " * 6_600,
    "quotes that never end": "<a b='" * 3_300,
    "comments that never end": "<!--" * 5_000,
    "sections that are none": "<![" * 6_600,
    "hidden within hidden": "<script>" * 2_500,
    "a number without end": "&#" + "1" * 19_000 + ";",
    "a number of hexadecimal digits": "&#x" + "f" * 19_000,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_markup_that_is_none_takes_as_long_as_words(markup: str):
    for _item in range(20):
        item = FeedItem(title="Late", words=markup, author=markup)
        found = proposal(item, base=BASE, now=NOW)
        assert found is not None
        assert found.title == "Late"


@given(st.text(alphabet="<>&#x1;!-[]/?'\" aspcriptCDAT", max_size=200))
def test_any_pieces_of_markup_become_words_without_a_failure(markup: str):
    proposal(FeedItem(link=markup, title=markup, words=markup, author=markup), base=BASE, now=NOW)


def test_words_between_markup_are_kept_and_scripts_are_not():
    markup = (
        "A <3 B<br/>C<!-- <p>no</p> --><SCRIPT>if (x<y) z()</script> &amp;lt;D<?no?><p class=x>E &#x1F600;"
    )
    assert plain(markup) == "A <3 B\nC &lt;D\nE \U0001f600"


def test_an_item_from_the_future_has_no_date():
    at = (NOW + timedelta(minutes=1)).isoformat()
    found = proposal(FeedItem(title="Late", at=at), base=BASE, now=NOW)
    assert found is not None
    assert found.posted_at is None
