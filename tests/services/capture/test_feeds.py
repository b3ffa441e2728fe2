"""Feeds: fetched when due, proposed once, opened as a case or ignored, left alone after failures."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from amends import tables
from amends.gateways.feeds import Fetched
from amends.rules.capture.feed_documents import MOST_ITEMS, FeedItem
from amends.rules.capture.feeds import MOST_WAITING
from amends.services.capture import feeds
from amends.services.capture.feeds import (
    FeedThere,
    FeedUnknown,
    ItemSettled,
    ItemUnknown,
    WrongFeed,
)
from amends.services.team.members import Act, Member
from amends.tables import capture as capture_tables
from tests.world import DAY, MONDAY, make_case

ADDRESS = "https://forum.example/feed.xml"
HALF_HOUR = timedelta(minutes=30)


class Answers:
    """A feed reader that gives one answer after another, and keeps what it was asked."""

    def __init__(self, *answers: Fetched) -> None:
        self.answers, self.asked = list(answers), []

    async def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        self.asked.append((address, etag, modified))
        return self.answers.pop(0)


def items(*numbers: int, etag: str = "") -> Fetched:
    """An answer with these posts of the forum, written this morning."""
    found = tuple(
        FeedItem(
            id=str(n),
            link=f"https://forum.example/t/{n}",
            title=f"Late {n}",
            words=f"<p>Parcel {n} never came.</p>",
            author="Dana",
            at="2026-05-04T07:00:00Z",
        )
        for n in numbers
    )
    return Fetched(outcome="items", address=ADDRESS, items=found, etag=etag)


async def followed(by: Member, address: str = ADDRESS) -> UUID:
    return await feeds.subscribe(Act(by, MONDAY), "Forum", address)


async def titles() -> list[str]:
    return [one.title for one in await feeds.waiting()]


async def test_a_new_feed_is_fetched_at_once_and_then_every_half_hour(alice: Member):
    await followed(alice)
    reader = Answers(items(1, etag='"a"'), Fetched(outcome="same"))
    assert await feeds.fetch_next(reader, now=MONDAY)
    assert not await feeds.fetch_next(reader, now=MONDAY)
    assert not await feeds.fetch_next(reader, now=MONDAY + HALF_HOUR - timedelta(seconds=1))
    assert await feeds.fetch_next(reader, now=MONDAY + HALF_HOUR)
    assert reader.asked == [(ADDRESS, "", ""), (ADDRESS, '"a"', "")]
    assert await titles() == ["Late 1"]


async def test_no_item_is_proposed_twice_even_by_two_feeds(alice: Member):
    await followed(alice)
    await followed(alice, "https://forum.example/other.xml")
    reader = Answers(items(1, 2), items(2, 3), items(1, 2, 3))
    for _fetch in range(2):
        await feeds.fetch_next(reader, now=MONDAY)
    await feeds.fetch_next(reader, now=MONDAY + HALF_HOUR)
    assert sorted(await titles()) == ["Late 1", "Late 2", "Late 3"]


async def test_an_ignored_item_is_not_proposed_again_and_can_be_put_back_within_a_day(
    alice: Member, bob: Member
):
    await followed(alice)
    await feeds.fetch_next(Answers(items(1)), now=MONDAY)
    [one] = await feeds.waiting()
    await feeds.ignore(Act(bob, MONDAY), one.id)
    await feeds.fetch_next(Answers(items(1)), now=MONDAY + HALF_HOUR)
    assert await titles() == []
    assert [each.id for each in await feeds.ignored_lately(now=MONDAY)] == [one.id]
    with pytest.raises(ItemSettled):
        await feeds.ignore(Act(bob, MONDAY), one.id)
    with pytest.raises(ItemSettled):
        await feeds.open_case(Act(bob, MONDAY), one.id)
    with pytest.raises(ItemSettled):
        await feeds.put_back(Act(bob, MONDAY + 2 * DAY), one.id)
    await feeds.put_back(Act(bob, MONDAY), one.id)
    assert await titles() == ["Late 1"]


async def test_a_case_is_opened_once_with_what_the_item_says(alice: Member, bob: Member):
    await followed(alice)
    await feeds.fetch_next(Answers(items(1)), now=MONDAY)
    [one] = await feeds.waiting()
    opened = await feeds.open_case(Act(bob, MONDAY), one.id)
    again = await feeds.open_case(Act(bob, MONDAY), one.id)
    assert opened.case.number == again.case.number
    assert await titles() == []
    capture = tables.Capture
    [row] = await capture.select(capture.url, capture.title, capture.text, capture.author.name)
    assert (row["title"], row["text"], row["author.name"]) == ("Late 1", "Parcel 1 never came.", "Dana")


async def test_a_post_that_is_a_case_already_is_found_again(alice: Member, bob: Member):
    number = await make_case(bob, platform="web", id=None, url="https://forum.example/t/1")
    await followed(alice)
    await feeds.fetch_next(Answers(items(1)), now=MONDAY)
    [one] = await feeds.waiting()
    received = await feeds.open_case(Act(bob, MONDAY), one.id)
    assert (received.case.number, received.existing) == (number, True)


@pytest.mark.parametrize(
    "given",
    [
        {"title": "Late"},
        {"title": "Late", "at": "2099-01-01T00:00:00Z"},
        {"title": "Late", "link": "https://forum.example:99999/t"},
        {"words": "Late"},
        {"link": "https://forum.example/caf%E9"},
        {"link": "https://forum.example/caf\u00e9", "at": "0001-01-01"},
        {"title": "&#x202e;<script>x()</script>Late\u0007<![", "words": "<a <a", "author": "\u202eDana"},
        {"title": "x" * 20_000, "words": "x\n" * 10_000, "author": "x" * 20_000, "id": "x" * 20_000},
    ],
    ids=["title", "future", "port", "words", "escape", "letters", "markup", "length"],
)
async def test_whatever_is_proposed_can_become_a_case(alice: Member, given: dict[str, str]):
    await followed(alice)
    answer = Fetched(outcome="items", address=ADDRESS, items=(FeedItem(**given),))
    await feeds.fetch_next(Answers(answer), now=MONDAY)
    [one] = await feeds.waiting()
    assert not (await feeds.open_case(Act(alice, MONDAY), one.id)).existing


async def test_pages_that_cannot_be_compared_are_not_one_and_the_same(alice: Member):
    await followed(alice)
    links = ("https://forum.example/caf%E9", "https://forum.example/th%E9")
    found = tuple(FeedItem(link=link, title=link[-5:]) for link in links)
    await feeds.fetch_next(Answers(Fetched(outcome="items", address=ADDRESS, items=found)), now=MONDAY)
    assert len(await titles()) == len(links)


async def test_a_feed_whose_ids_change_fills_the_list_and_no_more(alice: Member):
    await followed(alice)
    fetches = [
        tuple(FeedItem(id=f"{fetch} {n}", title=f"Late {n}") for n in range(MOST_ITEMS)) for fetch in range(4)
    ]
    reader = Answers(*(Fetched(outcome="items", address=ADDRESS, items=one, etag='"a"') for one in fetches))
    for half_hours in range(3):
        await feeds.fetch_next(reader, now=MONDAY + half_hours * HALF_HOUR)
    assert await feeds.how_many_wait() == MOST_WAITING
    [first, *_others] = await feeds.waiting()
    await feeds.ignore(Act(alice, MONDAY), first.id)
    await feeds.fetch_next(reader, now=MONDAY + 3 * HALF_HOUR)
    assert reader.asked[-1] == (ADDRESS, "", "")
    assert await feeds.how_many_wait() == MOST_WAITING


@pytest.mark.parametrize("outcome", ["unreachable", "private", "slow", "huge", "not_a_feed", "redirects"])
async def test_a_failure_is_kept_for_leads_and_doubles_the_pause(alice: Member, outcome: str):
    await followed(alice)
    now = MONDAY
    for failures in (1, 2):
        assert await feeds.fetch_next(Answers(Fetched(outcome=outcome)), now=now)
        [feed] = await feeds.listed()
        assert (feed.failure, feed.failures) == (outcome, failures)
        now = feed.next_at
    assert now - MONDAY == (2 + 4) * HALF_HOUR
    await feeds.fetch_next(Answers(items(1)), now=now)
    [feed] = await feeds.listed()
    assert (feed.failure, feed.failures) == ("", 0)


async def test_a_feed_that_is_gone_is_asked_no_more_until_a_lead_says_so(alice: Member):
    feed = await followed(alice)
    await feeds.fetch_next(Answers(Fetched(outcome="gone")), now=MONDAY)
    assert not await feeds.fetch_next(Answers(), now=MONDAY + 30 * DAY)
    await feeds.fetch_soon(Act(alice, MONDAY), feed)
    assert await feeds.fetch_next(Answers(items(1)), now=MONDAY)


async def test_a_feed_that_is_removed_while_it_is_fetched_proposes_nothing(alice: Member):
    feed = await followed(alice)

    class Removing(Answers):
        async def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
            await feeds.unsubscribe(Act(alice, MONDAY), feed)
            return await super().fetch(address, etag=etag, modified=modified)

    assert await feeds.fetch_next(Removing(items(1)), now=MONDAY)
    assert await titles() == []


async def test_the_first_fetch_proposes_no_old_posts_and_keeps_none_of_their_words(alice: Member):
    await followed(alice)
    await feeds.fetch_next(Answers(items(1)), now=MONDAY + 30 * DAY)
    assert await titles() == []
    item = capture_tables.FeedItem
    [row] = await item.select(item.state, item.title, item.words)
    assert row == {"state": "old", "title": "", "words": ""}


async def test_the_words_of_what_was_settled_are_forgotten_and_it_stays_known(alice: Member):
    await followed(alice)
    await feeds.fetch_next(Answers(items(1)), now=MONDAY)
    [one] = await feeds.waiting()
    await feeds.ignore(Act(alice, MONDAY), one.id)
    await feeds.forget_old(now=MONDAY + 31 * DAY)
    item = capture_tables.FeedItem
    assert (await item.select(item.words))[0]["words"] == ""
    await feeds.fetch_next(Answers(items(1)), now=MONDAY + 31 * DAY)
    assert await titles() == []


@pytest.mark.parametrize("address", ["", "ftp://a.example/", "javascript:1", "https://me:pw@a.example/"])
async def test_an_address_that_is_none_is_refused(alice: Member, address: str):
    with pytest.raises(WrongFeed) as refused:
        await feeds.subscribe(Act(alice, MONDAY), "", address)
    assert set(refused.value.fields) == {"name", "address"}


async def test_of_several_who_follow_a_feed_at_once_one_does(alice: Member):
    act = Act(alice, MONDAY)
    asked = [feeds.subscribe(act, f"News {number}", ADDRESS) for number in range(6)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["FeedThere"] * 5 + ["UUID"]
    assert len(await feeds.listed()) == 1


async def test_a_feed_is_followed_once_and_goes_with_what_it_proposed(alice: Member):
    feed = await followed(alice)
    with pytest.raises(FeedThere):
        await followed(alice)
    await feeds.fetch_next(Answers(items(1)), now=MONDAY)
    [one] = await feeds.waiting()
    await feeds.unsubscribe(Act(alice, MONDAY), feed)
    assert await feeds.listed() == await feeds.waiting() == []
    with pytest.raises(ItemUnknown):
        await feeds.ignore(Act(alice, MONDAY), one.id)
    with pytest.raises(FeedUnknown):
        await feeds.unsubscribe(Act(alice, MONDAY), feed)
