"""Search words of a case, the question that somebody asks, and where in a text its words stand."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from amends.rules.case import fields, timeline, word_folding
from amends.rules.case.word_folding import LONGEST as LONGEST

MOST_ASKED = 10
"""Words of a question that count."""
MOST_PHRASES = 3
MOST_KEPT = 20_000
"""Words of one text that a case can be found by."""
AROUND = 60
"""Letters shown before and after what was found."""
BORDER = "|"
"""Stands between two texts, so that no phrase goes over it; neither engine takes it for a word."""
PHONE_DIGITS = 8
"""The last digits by which a phone number is known: country codes and a zero stand before them."""

QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”«»]")
ASKED_PHONE = re.compile(r"(?<!\w)\+?\d[\d .\-()/\u00a0\u202f\u2009\u2011]{5,30}\d(?!\w)")

FOUND_IN = (*timeline.SAID, "person", "contact", "subject")
"""Keys of an entry's particulars by whose words its case is found."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may be a phone's: its last digits in reverse, or the numbers that it is written with."""

    phone: str
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks for: all `words`, each at least as a beginning, all numbers, and all phrases.

    A phrase is the words that follow each other as `index_of` writes them, with a space before the first, and
    after the last unless that is one sign of a run without spaces. Words that are `whole` are no beginnings:
    an index finds those without reading all that begin so.
    """

    words: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    phrases: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.numbers)

    @property
    def marks(self) -> tuple[str, ...]:
        """What is marked where it stands in a text."""
        return (*self.words, *(number.phone for number in self.numbers))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a text around what was found, in pieces; those that were asked for say so."""

    pieces: tuple[tuple[str, bool], ...]
    words: int


def words_of(*texts: str) -> str:
    """The different words of some texts, folded, with a space between two; "" when there is none.

    Without case, accents and ligatures: "Cœur déçu!" gives "coeur decu".
    """
    plain = dict.fromkeys(word for text in texts for word in words_in(text))
    return " ".join(list(plain)[:MOST_KEPT])


def words_in(text: str) -> list[str]:
    """All words of a text, folded, in their order, as often as they stand there."""
    return [word for _start, _end, words in word_folding.words(_composed(text)) for word in words]


def index_of(*texts: str) -> str:
    """What a case is found by for some texts, in their order; "" when there is nothing.

    Words and emoji as they follow each other, then what may be phone numbers; a border after each text.
    """
    return " ".join(part for text in texts if (part := _index_of(text)))


def index_of_entry(particulars: Mapping[str, Any]) -> str:
    """What the words of one entry of a timeline add."""
    return index_of(*said_in(particulars))


def said_in(particulars: Mapping[str, Any]) -> list[str]:
    """The texts of one entry by whose words its case is found, the names of its files among them."""
    said = [str(text) for name in FOUND_IN if (text := particulars.get(name))]
    for key in ("fields", "given"):
        said += [one.after for one in fields.said_in(particulars, key) if one.kind in fields.SEARCHED]
    return said + [str(file["name"]) for file in particulars.get("files") or ()]


def asked(typed: str) -> Question:
    """What somebody looks for, who typed this.

    A number is looked for as a whole: who types 12 does not want the cases 120 to 129. Words in quotation
    marks have to follow each other.
    """
    text = _composed(typed)
    quoted = [words for words in QUOTED.findall(text) if _sequence(words)]
    rest = QUOTED.sub(" ", text)
    numbers = [number for match in ASKED_PHONE.finditer(rest) if (number := _number(match[0]))]
    if numbers:
        rest = ASKED_PHONE.sub(lambda match: " " if _number(match[0]) else match[0], rest)
    words = dict.fromkeys(word for part in (*quoted, rest) for word in _sequence(part))
    return Question(
        words=tuple(words)[:MOST_ASKED],
        numbers=tuple(numbers[:MOST_PHRASES]),
        phrases=tuple(_phrase(words) for words in quoted[:MOST_PHRASES]),
    )


def asked_for(words: Iterable[str], *, cut: str = "") -> Question:
    """The question for words that were folded before, all of which have to be there as a whole.

    One that may have been `cut`, as the last of a text, may be the beginning of another.
    """
    wanted = tuple(dict.fromkeys(_sequence(" ".join(words))))[:MOST_ASKED]
    return Question(wanted, whole=frozenset(wanted) - {cut})


def last_word(text: str) -> str:
    """The last word of a text, folded, which a site may have cut; "" where there is none."""
    return (words_in(text) or [""])[-1]


def is_whole(word: str) -> bool:
    """Whether a word that somebody types has to be there as a whole."""
    return word.isdecimal()


@lru_cache(maxsize=4096)
def excerpt(text: str, question: Question) -> Excerpt | None:
    """The part of a text with the first of what was looked for; None when nothing of it stands there."""
    line = " ".join(_composed(text).split())
    places = [*word_folding.terms(line), *word_folding.phones(line)]
    hits = sorted((start, end, mark) for start, end, word in places for mark in _hits(word, question.marks))
    if not hits:
        return None
    begin, finish = _edge(line, hits[0][0] - AROUND), _edge(line, hits[0][1] + AROUND)
    pieces: list[tuple[str, bool]] = [("… ", False)] if begin else []
    at = begin
    for start, end in _merged(hits):
        if end > finish:
            break
        pieces += [(line[at:start], False), (line[start:end], True)]
        at = end
    pieces += [(line[at:finish] + (" …" if finish < len(line) else ""), False)]
    return Excerpt(tuple(piece for piece in pieces if piece[0]), len({mark for *_place, mark in hits}))


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _index_of(text: str) -> str:
    composed = _composed(text)
    words = [word for _start, _end, word in word_folding.terms(composed)][:MOST_KEPT]
    phones = dict.fromkeys(word for _start, _end, word in word_folding.phones(composed))
    parts = [*words, BORDER, *phones, BORDER] if phones else [*words, BORDER]
    return " ".join(parts) if words else ""


def _sequence(text: str) -> list[str]:
    """The terms of a question; of a run without spaces that ends it only the pairs, where there are some."""
    terms = list(word_folding.terms(text))
    return [
        word
        for place, (start, end, word) in enumerate(terms)
        if not (place and terms[place - 1][0] < start and terms[place - 1][1] == end)
    ]


def _phrase(text: str) -> str:
    """The terms of a phrase as they follow each other in the index, where its last run may go on."""
    terms = list(word_folding.terms(text))
    ends_pair = len(terms) > 1 and terms[-2][0] < terms[-1][0] < terms[-2][1]
    if ends_pair:
        terms.pop()
    is_sign = word_folding.is_unspaced(terms[-1][2]) and not ends_pair
    return f" {' '.join(word for *_place, word in terms)}{'' if is_sign else ' '}"


def _number(written: str) -> Number | None:
    """A number of a question that may be a phone's: in groups, or too long for a number of another kind."""
    plain = _sequence(written)
    digits = "".join(plain)
    if not digits.isdecimal() or len(digits) < (7 if len(plain) > 1 else PHONE_DIGITS) or len(digits) > 15:
        return None
    return Number(word_folding.phone(digits[-PHONE_DIGITS:]), tuple(plain))


def _hits(word: str, marks: tuple[str, ...]) -> list[str]:
    return [mark for mark in marks if (word == mark if is_whole(mark) else word.startswith(mark))]


def _merged(hits: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """The places of hits, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end, _mark in hits:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _edge(line: str, place: int) -> int:
    """The place where a word begins, at or after this one."""
    if place <= 0:
        return 0
    space = line.find(" ", place)
    return len(line) if space < 0 or place >= len(line) else space
