"""Search words of a case, and where in a text they stand."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from amends.rules.case import timeline

MOST_ASKED = 10
"""Words of a question that count."""
MOST_KEPT = 20_000
"""Different words of one text that a case can be found by."""
LONGEST = 60
"""Letters of a word that count; what is longer is no word that anybody types."""
AROUND = 60
"""Letters shown before and after what was found."""

TOKEN = re.compile(r"[^\W_]+")
LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}
)
"""Letters that Unicode does not take apart, and that people type apart."""

FOUND_IN = (*timeline.SAID, "person", "contact", "order_number")
"""Keys of an entry's particulars by whose words its case is found."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a text around what was found, in pieces; those that were asked for say so."""

    pieces: tuple[tuple[str, bool], ...]
    words: int


def words_of(*texts: str) -> str:
    """The different words of some texts, folded, with a space between two; "" when there is none.

    Without case, accents and ligatures: "Cœur déçu!" gives "coeur decu". Only letters and digits are left, so
    that both databases cut it into the same words.
    """
    folded = dict.fromkeys(word for text in texts for word in words_in(text))
    return " ".join(list(folded)[:MOST_KEPT])


def words_in(text: str) -> list[str]:
    """All words of a text, folded, in their order, as often as they stand there."""
    return [word for _start, _end, words in _words(text) for word in words]


def words_of_entry(particulars: Mapping[str, object]) -> str:
    """What the words of one entry of a timeline add."""
    return words_of(*(str(said) for name in FOUND_IN if (said := particulars.get(name))))


def asked(typed: str) -> tuple[str, ...]:
    """The words that somebody looks for. All of them have to be there, each at least as a beginning.

    A number is looked for as a whole: who types 12 does not want the cases 120 to 129.
    """
    return tuple(words_of(typed).split()[:MOST_ASKED])


def is_whole(word: str) -> bool:
    """Whether a word that is looked for has to be there as a whole."""
    return word.isdecimal()


@lru_cache(maxsize=4096)
def excerpt(text: str, wanted: tuple[str, ...]) -> Excerpt | None:
    """The part of a text with the first word that was looked for; None when none stands there."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    hits = [(start, end, found) for start, end, words in _words(line) if (found := _hit(words, wanted))]
    if not hits:
        return None
    begin = _edge(line, hits[0][0] - AROUND)
    finish = _edge(line, hits[0][1] + AROUND)
    pieces: list[tuple[str, bool]] = [("… ", False)] if begin else []
    at = begin
    for start, end, _found in hits:
        if end > finish:
            break
        pieces += [(line[at:start], False), (line[start:end], True)]
        at = end
    pieces += [(line[at:finish] + (" …" if finish < len(line) else ""), False)]
    different = {word for *_place, found in hits for word in found}
    return Excerpt(tuple(piece for piece in pieces if piece[0]), len(different))


def _words(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Each word of a text: where it stands, and what it is when folded (½ is two words)."""
    if text.isascii():  # most are, or nearly, and this is many times as fast
        for found in TOKEN.finditer(text):
            yield found.start(), found.end(), [found[0].lower()[:LONGEST]]
        return
    for found in TOKEN.finditer(unicodedata.normalize("NFC", text)):
        apart = unicodedata.normalize("NFKD", found[0].translate(LIGATURES)).casefold()
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
        yield found.start(), found.end(), [word[:LONGEST] for word in TOKEN.findall(plain)]


def _hit(words: list[str], wanted: tuple[str, ...]) -> set[str]:
    return {
        one for one in wanted if any(word == one if is_whole(one) else word.startswith(one) for word in words)
    }


def _edge(line: str, place: int) -> int:
    """The place where a word begins, at or after this one."""
    if place <= 0:
        return 0
    space = line.find(" ", place)
    return len(line) if space < 0 or place >= len(line) else space
