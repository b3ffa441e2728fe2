"""Web share target: address, title and words that a phone or a bookmark hands over."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
CLOSING = tuple(".,;:!?…'’")
PAIRS = {")": "(", "]": "["}
WITHOUT_SCHEME = re.compile(r"(?:[\w-]+\.)+[^\W\d]{2,}(?::\d+)?(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class Shared:
    """A post as another program told it; each part may be empty."""

    url: str
    title: str
    text: str


def read(*, url: str = "", title: str = "", text: str = "") -> Shared:
    """The parts in their places: Android puts the address into the text, some programs into the title.

    An address that ends the text is taken out of it; in the midst of a sentence it stays a word.
    """
    url, title, text = url.strip(), title.strip(), text.strip()
    if url:
        return Shared(url, title, _without(url, text))
    if found := address_in(text):
        return Shared(found, title, _without(found, text))
    if found := address_in(title):
        return Shared(found, _without(found, title), text)
    return Shared("", title, text)


def address_in(text: str) -> str:
    """The last address in a text, without the signs of the sentence around it; "" when there is none.

    The last: people quote before they point.
    """
    found = ADDRESS.findall(text)
    return _bare(found[-1]) if found else ""


def spelled_out(address: str) -> str:
    """An address with its scheme, as people leave it out when they type: example.org/post is https."""
    address = address.strip()
    return f"https://{address}" if WITHOUT_SCHEME.fullmatch(address) else address


def _bare(address: str) -> str:
    while address.endswith(CLOSING) or _closes_nothing(address):
        address = address[:-1]
    return address


def _closes_nothing(address: str) -> bool:
    """A bracket of the sentence around the address; many addresses hold pairs of their own."""
    opening = PAIRS.get(address[-1:])
    return opening is not None and address.count(address[-1]) > address.count(opening)


def _without(address: str, text: str) -> str:
    return text.removesuffix(address).rstrip() if text != address else ""
