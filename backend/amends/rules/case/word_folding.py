"""Folding and segmentation of words in every script, for search: the one place where texts are cut."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

LONGEST = 60
"""Letters of a word that count; what is longer is no word that anybody types."""
PHONE_MARK = "\ue000"
"""Begins the digits of a phone number, which stand in reverse: a private character that no word has."""
PHONE_DIGITS, LEAST_PHONE_DIGITS = 11, 7
MOST_PHONES = 200

LETTERS = str.maketrans(
    {
        **{"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"},
        **{"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t", "ı": "i"},
        **{"þ": "th", "Þ": "th", "ŋ": "n", "Ŋ": "n"},
    }
)
"""Letters that Unicode does not take apart, and that people type apart."""
ALIKE = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None, "ς": "σ"})
"""Letters that Arabic, Persian and Greek keyboards type differently, and the stroke that stretches a word."""

UNSEEN = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f\u0640"
)
"""Soft hyphens, joiners, marks of direction and of variants: in a word, and no letters of it."""
OPTIONAL = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0730-\u074a\u08d3-\u08ff\u093c\u09bc\u0a3c\u0abc\u0b3c\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef"
)
"""Accents, vowel points and the like, that people omit; the vowels of Indian and Thai writing are not."""
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Thai, Lao, Khmer, Burmese, Chinese and Japanese: no spaces between words."""
FLAG = "\U0001f1e6-\U0001f1ff"
EMOJI = (
    "\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)

RUN = re.compile(f"[{UNSPACED}]")
LEFT_OUT = re.compile(f"[{OPTIONAL}{UNSEEN}]")
PLAIN_TOKEN = re.compile(r"[^\W_]+")
NUMBERS = re.compile(r"\d+(?:[ .\-()/+\u00a0\u202f\u2009\u2011]{1,3}\d+)+|\d{7,}")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Patterns:
    """What texts that are not plain ASCII are cut by."""

    token: re.Pattern[str]
    sign: re.Pattern[str]
    in_text: re.Pattern[str]
    piece: re.Pattern[str]
    unit: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Made when the first such text is cut: it takes 50 ms, which a command that cuts none need not wait."""
    inside = _characters("M") + "\uff9e\uff9f\U000e0100-\U000e01ef" + UNSEEN
    token = rf"[^\W_](?:[^\W_]|[{inside}])*"
    sign = rf"[{FLAG}]{{2}}|[{EMOJI}]"
    return Patterns(
        token=re.compile(token),
        sign=re.compile(sign),
        in_text=re.compile(f"{token}|{sign}"),
        piece=re.compile(rf"(?P<run>[{UNSPACED}](?:[{UNSPACED}]|[{inside}])*)|(?P<word>[^{UNSPACED}]+)"),
        unit=re.compile(rf".[{inside}]*", re.DOTALL),
    )


def _characters(test: str) -> str:
    """A character class of all characters whose category begins so."""
    points = [point for point in range(0x300, 0x1F000) if unicodedata.category(chr(point)).startswith(test)]
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


def folded(token: str) -> list[str]:
    """The words of one token without case, accents and ligatures; ½ is two, an emoji is itself."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", token.translate(LETTERS)).casefold())
    plain = unicodedata.normalize("NFC", LEFT_OUT.sub("", apart)).translate(ALIKE)
    if not plain.isascii():
        plain = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in plain)
    return [word[:LONGEST] for word in patterns().token.findall(plain)]


def is_unspaced(term: str) -> bool:
    """Whether a term is of a writing without spaces between words."""
    return bool(RUN.match(term))


def words(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Each word of a text in NFC, runs without spaces as one: where it stands, and what it is when folded."""
    pattern = PLAIN_TOKEN if text.isascii() else patterns().token
    for match in pattern.finditer(text):
        yield match.start(), match.end(), _plain_or_folded(match[0])


def terms(text: str) -> Iterator[tuple[int, int, str]]:
    """What a text in NFC is found by, and where it stands: words, emoji, pairs of signs of unspaced runs.

    The last sign of a run stands alone too, so that a run is found from any sign on; pairs overlap.
    """
    if text.isascii():  # most are, or nearly, and this is many times as fast
        for match in PLAIN_TOKEN.finditer(text):
            yield match.start(), match.end(), match[0].lower()[:LONGEST]
        return
    for match in patterns().in_text.finditer(text):
        if patterns().sign.fullmatch(match[0]):
            yield match.start(), match.end(), match[0]
            continue
        for piece in patterns().piece.finditer(match[0]):
            yield from _terms_of(piece, match.start())


def phones(text: str) -> Iterator[tuple[int, int, str]]:
    """The numbers of a text that can be a phone's, and where each ends: their last digits in reverse.

    A number in groups is one, whatever stands before its last group; so "+33 6 12 34 56 78", "06.12.34.56.78"
    and "0612345678" all begin with the same eight.
    """
    return islice(_phones(text), MOST_PHONES)


def _phones(text: str) -> Iterator[tuple[int, int, str]]:
    for run in NUMBERS.finditer(text):
        digits = ""
        for group in DIGITS.finditer(run[0]):
            digits = (digits + "".join(str(unicodedata.digit(sign)) for sign in group[0][-99:]))[-99:]
            if len(digits) >= LEAST_PHONE_DIGITS:
                yield run.start(), run.start() + group.end(), phone(digits)


def phone(digits: str) -> str:
    """The word by which a phone number with these digits is found."""
    return PHONE_MARK + digits[-PHONE_DIGITS:][::-1]


def _plain_or_folded(token: str) -> list[str]:
    return [token.lower()[:LONGEST]] if token.isascii() else folded(token)


def _terms_of(piece: re.Match[str], start: int) -> Iterator[tuple[int, int, str]]:
    """The terms of a part of a word that is of one kind of script."""
    if piece["word"]:
        for word in _plain_or_folded(piece[0]):
            yield start + piece.start(), start + piece.end(), word
        return
    units = [
        (start + piece.start() + unit.start(), start + piece.start() + unit.end(), "".join(folded(unit[0])))
        for unit in patterns().unit.finditer(piece[0])
    ]
    units = [unit for unit in units if unit[2]]
    for (begin, _end, first), (_begin, end, second) in pairwise(units):
        yield begin, end, first + second
    if units:
        yield units[-1]
