"""Is a place to watch marked as visited when it is opened, and nothing else told of what is browsed?"""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver

REVIEWS = "https://forum.example/shops?shop=7"
REFRESH = "async () => (await import('/lib/places.js')).refreshPlaces()"
IS_AT = "async ([place, url]) => (await import('/lib/places.js')).isAt(place, url)"
KEPT = """async () => Object.entries(await chrome.storage.local.get(null))
  .filter(([key]) => key.startsWith('places:')).flatMap(([, { places }]) => places.map(place => place.url))"""
BLANK = b"<!doctype html><title>Shops</title><p>Nothing here."


def due(browser: Installed, receiver: Receiver, *addresses: str) -> list[str]:
    """The server says that these places are due, and the browser has asked; their ids."""
    receiver.places = [{"id": str(uuid4()), "url": address} for address in addresses]
    browser.call(REFRESH)
    return [one["id"] for one in receiver.places]


def told(receiver: Receiver) -> list[str]:
    """The visits that the server was told of, as their addresses say."""
    return [path for method, path in receiver.asked if method == "POST" and "/places" in path]


def test_opening_a_place_tells_its_id_once_and_nothing_of_other_pages(
    paired: Installed, receiver: Receiver
) -> None:
    [place] = due(paired, receiver, REVIEWS)
    paired.open("https://forum.example/shops?shop=8", BLANK).close()
    paired.open("https://forum.example/private/7", BLANK).close()
    page = paired.open(f"{REVIEWS}&page=2&utm_source=mail", BLANK)
    receiver.wait_for(lambda: receiver.visited)
    page.reload()
    paired.open(REVIEWS, BLANK).close()
    paired.call(REFRESH)
    assert paired.call(KEPT) == []
    page.close()
    assert told(receiver) == [f"/api/v1/places/{place}/visits"]
    assert "shop" not in str(receiver.asked)


def test_a_visit_that_could_not_be_told_is_told_the_next_time(paired: Installed, receiver: Receiver) -> None:
    [place] = due(paired, receiver, REVIEWS)
    receiver.refuse = (503, "Busy.")
    paired.open(REVIEWS, BLANK).close()
    receiver.wait_for(lambda: told(receiver))
    receiver.refuse = None
    paired.call(REFRESH)
    paired.until(KEPT, [REVIEWS])
    paired.open(REVIEWS, BLANK).close()
    receiver.wait_for(lambda: receiver.visited == [place])


def test_switched_off_nothing_is_asked_kept_or_told(paired: Installed, receiver: Receiver) -> None:
    due(paired, receiver, REVIEWS)
    options = paired.own_page("options/options.html")
    box = options.get_by_label("Mark places as visited")
    expect(box).to_be_checked()
    box.uncheck()
    expect(options.locator("#places-told")).to_have_text("Opened places are no longer told.")
    assert options.evaluate(KEPT) == []
    asked = len([one for one in receiver.asked if "/places" in one[1]])
    options.evaluate(REFRESH)
    paired.open(REVIEWS, BLANK).close()
    assert len([one for one in receiver.asked if "/places" in one[1]]) == asked
    box.check()
    expect(options.locator("#places-told")).to_have_text("Opened places are marked as visited.")
    assert options.evaluate(KEPT) == [REVIEWS]
    options.close()


@pytest.mark.parametrize(
    ("place", "url", "is_one"),
    [
        (REVIEWS, "https://forum.example/shops?page=2&shop=7#top", True),
        (REVIEWS, "http://www.forum.example/shops/?shop=7", True),
        (REVIEWS, "https://forum.example/shops?shop=70", False),
        (REVIEWS, "https://forum.example/shops", False),
        ("https://forum.example/shops", "https://forum.example/shops/7", False),
        ("https://forum.example", "https://forum.example/", True),
        ("https://forum.example", "https://evil.example/?forum.example", False),
        ("https://x.com/search?q=a%26b", "https://x.com/search?q=a%26b&src=typed", True),
        ("nothing", "nothing", False),
    ],
)
def test_a_page_is_the_place_whatever_else_stands_in_its_query(
    paired: Installed, place: str, url: str, is_one: bool
) -> None:
    assert paired.call(IS_AT, [place, url]) is is_one
