"""Parser of strangers' RSS and Atom documents: no entities, no depth or length beyond our limits (P2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

MOST_ITEMS = 200
LONGEST_FIELD = 20_000
DEEPEST = 40
"""Elements within one another; a feed has about six."""
ROOTS = frozenset({"rss", "RDF", "feed"})
ITEMS = frozenset({"item", "entry"})
FIELDS = {
    "title": "title",
    "guid": "id",
    "id": "id",
    "link": "link",
    "description": "words",
    "summary": "words",
    "content": "words",
    "encoded": "words",
    "creator": "author",
    "author": "author",
    "name": "author",
    "pubDate": "at",
    "published": "at",
    "date": "at",
    "updated": "at",
}
"""By the names of elements without their namespaces: RSS 0.9 to 2.0, RSS 1.0 with Dublin Core, Atom 1.0."""
STRONGER = frozenset({"content", "encoded", "published", "name"})
"""Elements that say more than another one of the same field, and so take its place."""


class NotAFeed(Exception):
    """It cannot be read as RSS or Atom: it is something else, broken, or asks for more than a feed needs."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item as the document has it, cut to our limits; what it does not say is empty."""

    id: str = ""
    link: str = ""
    title: str = ""
    words: str = ""
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """The title of a feed and its first items."""

    title: str
    items: tuple[FeedItem, ...]


@dataclass(slots=True)
class _Reading:
    """What was read so far: the open elements, the item that is open, and the text of the open field."""

    path: list[str] = field(default_factory=list)
    title: str = ""
    item: dict[str, str] | None = None
    items: list[FeedItem] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    length: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if (not self.path and local not in ROOTS) or len(self.path) >= DEEPEST:
            raise NotAFeed
        if not self._is_markup():
            self.text, self.length = [], 0
        self.path.append(local)
        if local in ITEMS and self.item is None:
            self.item = {}
        elif local == "link" and self.item is not None and _is_its_page(attributes):
            self.item.setdefault("link", attributes.get("href", "")[:LONGEST_FIELD])

    def characters(self, text: str) -> None:
        if self.length < LONGEST_FIELD:
            self.text.append(text[: LONGEST_FIELD - self.length])
            self.length += len(text)

    def end(self, _name: str) -> None:
        local = self.path.pop()
        if self._is_markup():
            self.text.append("\n")
            return
        text = "".join(self.text).strip()
        self.text, self.length = [], 0
        if self.item is None:
            if local == "title" and not self.title:
                self.title = text
        elif local in ITEMS and not any(one in ITEMS for one in self.path):
            self._finish()
        elif text and local in FIELDS and (local in STRONGER or not self.item.get(FIELDS[local])):
            self.item[FIELDS[local]] = text

    def _is_markup(self) -> bool:
        """Whether what is open stands inside of words that were written as elements, as XHTML in Atom."""
        return any(FIELDS.get(one) == "words" for one in self.path)

    def _finish(self) -> None:
        if self.item and len(self.items) < MOST_ITEMS:
            self.items.append(FeedItem(**self.item))
        self.item = None


def _is_its_page(attributes: Mapping[str, str]) -> bool:
    """Whether a link of Atom leads to the page of the item, not to its feed or its comments."""
    return bool(attributes.get("href")) and attributes.get("rel", "alternate") == "alternate"


def read_feed(content: bytes) -> FeedDocument:
    """The items of a document. Raises NotAFeed, at the first declaration of an entity, too.

    Without declared entities nothing can be multiplied (“billion laughs”) and nothing is fetched: expat
    resolves no external entity by itself.
    """
    reading, parser = _Reading(), expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.characters
    parser.EntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as broken:
        raise NotAFeed from broken
    return FeedDocument(reading.title, tuple(reading.items))


def _refuse(*_declared: Any) -> int:  # noqa: ANN401 - whatever expat says of it
    raise NotAFeed
