"""Is whoever reposted, pinned, answered, edited or liked a post ever taken for its author?

`social-context.json` has what each site writes of such people, in its own markup. A card names Zita Outsider,
who wrote nothing; it stands before an item, first in it (unless said otherwise) or last, or so in one of its
parts. Where it `is_gone`, the site marks paid posts so, and they are no items.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.extension.conftest import PAGES, ReaderPage
from tests.extension.test_own_author import name_of


class Card(NamedTuple):
    """A card in a site's markup, and where it stands around or in the items that fit."""

    kind: str
    html: str
    place: str = "first"
    part: str = ""
    fits: str = "*"
    is_gone: bool = False


CARDS = {
    site: [Card(**card) for card in cards]
    for site, cards in json.loads((Path(__file__).parent / "social-context.json").read_text()).items()
}
FIXTURES = [path for path in sorted(PAGES.glob("*/*.json")) if path.parent.name in CARDS]
INSERT = """([url, cards]) => {
  const said = ({ author, text, kind } = {}) =>
    ({ author: [author?.name, author?.handle, author?.url], text, kind });
  const saved = document.body.cloneNode(true);
  const trusted = trustedTypes.createPolicy('cards', { createHTML: (html) => html });
  const given = [];
  for (const card of cards) {
    document.body.replaceWith(saved.cloneNode(true));
    const before = Amends.items(document, url).map((item) => ({ ...item, before: said(item.capture) }));
    const places = before.map(({ root, site }) => {
      const own = (part) => part.closest(site.item) === root;
      const parts = card.part ? [...root.querySelectorAll(card.part)].filter(own) : [root];
      return root.matches(card.fits) ? parts[0] : undefined;
    });
    const where = { before: 'beforebegin', first: 'afterbegin', last: 'beforeend' }[card.place];
    for (const place of places) place?.insertAdjacentHTML(where, trusted.createHTML(card.html));
    const after = before.map(({ root, site, before }, at) => {
      const capture = Amends.read(site, root, url);
      return { card: card.kind, isMarked: Boolean(places[at]), before, after: capture && said(capture) };
    });
    const sites = Amends.sites;
    Amends.sites = [];
    const others = Amends.generic(document, url).map(({ capture }) => said(capture));
    Amends.sites = sites;
    given.push({ after, others });
  }
  return given;
}"""


Insert = Callable[[Path], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def insert(reader_page: ReaderPage) -> Insert:
    """What is read of each item of a page before and after each card of its site was put to it."""

    @cache
    def inserted(path: Path) -> list[dict[str, Any]]:
        url = json.loads(path.read_text())["url"]
        page = reader_page.open(url, path.with_suffix(".html").read_bytes())
        cards = [card._asdict() for card in CARDS[path.parent.name]]
        found: list[dict[str, Any]] = page.evaluate(INSERT, [url, cards])
        return found

    return inserted


@pytest.mark.parametrize("path", FIXTURES, ids=name_of)
def test_who_reposted_pinned_answered_or_edited_a_post_is_never_its_author(
    path: Path, insert: Insert
) -> None:
    cards = CARDS[path.parent.name]
    wrong = []
    for card, read in zip(cards, insert(path), strict=True):
        for item in read["after"]:
            expected = None if card.is_gone and item["isMarked"] else item["before"]
            if item["after"] != expected:
                wrong.append((card.kind, expected, item["after"]))
        wrong += [
            (card.kind, "generic", other)
            for other in read["others"]
            if "zita" in str(other["author"]).lower()
        ]
    assert wrong == []


@pytest.mark.parametrize("site", sorted(CARDS))
def test_each_card_stands_on_a_page_of_its_site(site: str, insert: Insert) -> None:
    pages = [path for path in FIXTURES if path.parent.name == site]
    read = [insert(path) for path in pages]
    marked = {each["card"] for page in read for card in page for each in card["after"] if each["isMarked"]}
    assert marked == {card.kind for card in CARDS[site]}
