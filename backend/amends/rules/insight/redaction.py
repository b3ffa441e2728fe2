"""Redaction of a story: names, handles, links, mail addresses, phone and order numbers become “[…]” (P60)."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from amends.rules.case.texts import BLANKS
from amends.rules.case.word_folding import LETTERS
from amends.rules.insight import contact_patterns

MARK = "[…]"
"""The usual sign for words left out, in every language; it holds no letter, so no name survives in it."""
ANYWHERE = 5
"""From so many letters on, a name is found inside longer words too, as in a hashtag."""
LEAST = 2
"""A single letter is no part of a name that could be found."""
LEAST_SPELLED = 3
"""Shorter names are not looked for letter by letter: “b o” stands in many texts."""
UNSPACED = "Lo"
"""Letters of scripts without cases, several of which put no spaces between words."""
SYMBOLS = ("So", "Sk")
"""Of a name without letters, such as an emoji."""
ORDINARY = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by do for from go he if in is it me my no not of on or our out she so the to"
        " up us was we with you au aux ce ces de des du elle en es est et eu il je la le les leur ma me mes"
        " vous moi ne ni nos nous on ou par pas qui sa se ses si son sur ta te tes toi ton tu un une va",
    )
)
"""Words of handles such as “the_angry_one” that alone tell nobody; the whole handle is still found."""

WORD = re.compile(r"[^\W_]+")
MARKS_TOGETHER = re.compile(r"\[…\](?:[ ,]*\[…\])+")

SIGNS = {"。": ".", "№": "n°", "º": "°", "…": "…", **dict.fromkeys(BLANKS, "")}
"""Signs that are typed for others, or that Unicode takes apart in another way than people read them."""
LOOKS_LIKE = str.maketrans("асеорхуіјѕԁһӏқкмтпвнгαοερινκτυχ", "aceopxyijsdhlkkmtnbhraoepivktux")
"""Cyrillic and Greek letters as they look in a Latin word."""


def without_contacts(text: str) -> str:
    """The text without links, addresses, handles, phone and order numbers: they serve no story."""
    before = ""
    while before != text:  # what stood around one may be one: each round has less letters
        before = text
        for pattern in contact_patterns.PATTERNS:
            folded, places = _folded(text, _as_typed)
            spans = contact_patterns.found(pattern, folded)
            text = _covered(text, [_place(places, start, end) for start, end in spans])
        text = MARKS_TOGETHER.sub(MARK, text)
    return text


class Whole(str):
    """Something known that is looked for as a whole, not by its parts: an order number, an address."""


def anonymous(text: str, names: Iterable[str]) -> str:
    """The same without these names and handles, however they are written, nor their parts."""
    known = tuple(names)
    whole = [name for name in known if isinstance(name, Whole)]  # before a pattern takes a part of one
    return MARKS_TOGETHER.sub(MARK, without_names(without_contacts(without_names(text, whole)), known))


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without names and handles.

    Capitals, accents, full-width letters and invisible characters make no difference. A part of a name goes
    where it stands as a word; the whole name from five letters on inside words too.
    """
    patterns = tuple(_patterns(names))
    while spans := _spans(text, patterns):  # what stood around one may be one: each round has less letters
        text = _covered(text, spans)
    return text


def _spans(text: str, patterns: Iterable[re.Pattern[str]]) -> list[tuple[int, int]]:
    folded, places = _folded(text, _as_looked_at)
    return sorted(
        _place(places, found.start(), found.end())
        for pattern in patterns
        for found in pattern.finditer(folded)
    )


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the mark instead of each of these stretches, which may overlap."""
    kept, end = list[str](), 0
    for begins, ends in spans:
        if begins >= end:
            kept += [text[end:begins], MARK]
        end = max(end, ends)
    return "".join([*kept, text[end:]])


def _folded(text: str, fold: Callable[[str], str]) -> tuple[str, Sequence[int]]:
    """The text as it is compared, and from which character of it each of the folded ones is.

    The end has a place too; what shows nothing belongs to the character before it.
    """
    letters, places = list[str](), list[int]()
    for place, character in enumerate(text):
        plain = fold(character)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), [*places, len(text)]


def _place(places: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """From where to where that is in the text, whole characters of it."""
    return places[start], max(places[end], places[end - 1] + 1)


@lru_cache(maxsize=4_096)
def _as_typed(text: str) -> str:
    """As contact details are looked for: capitals stay, dashes, digits and spaces are the plain ones."""
    if text.isascii():
        return text
    apart = "".join(
        SIGNS.get(one) or unicodedata.normalize("NFKD", one) for one in text if SIGNS.get(one) != ""
    )
    return "".join(map(_plain, apart.translate(LETTERS)))


def _plain(character: str) -> str:
    match unicodedata.category(character):
        case "Mn" | "Me" | "Cf":
            return ""
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Nd":
            return str(unicodedata.decimal(character))
    return character


@lru_cache(maxsize=4_096)
def _as_looked_at(text: str) -> str:
    """As names are compared: letters that look alike are one."""
    return _fold(text).translate(LOOKS_LIKE)


def _fold(text: str) -> str:
    plain = _as_typed(text)
    return "".join(map(_plain, unicodedata.normalize("NFKD", plain.casefold())))


def _patterns(names: Iterable[str]) -> Iterator[re.Pattern[str]]:
    for name in names:
        folded = _fold(name)
        words = WORD.findall(folded)
        if words:
            yield _pattern(words, anywhere=len("".join(words)) >= ANYWHERE)
            if isinstance(name, Whole):
                continue
            yield from (_pattern([one]) for one in words if len(one) >= LEAST and one not in ORDINARY)
            yield from (_spelled(one) for one in words if len(one) >= LEAST_SPELLED)
        elif any(unicodedata.category(one) in SYMBOLS for one in folded):
            yield re.compile(re.escape(folded.strip()))


def _pattern(words: list[str], *, anywhere: bool = False) -> re.Pattern[str]:
    """A name by its words, whatever stands between them."""
    inside = r"[\W_]*".join(re.escape(one.translate(LOOKS_LIKE)) for one in words)
    is_unspaced = any(unicodedata.category(letter) == UNSPACED for word in words for letter in word)
    return re.compile(inside if anywhere or is_unspaced else rf"(?<![^\W_]){inside}(?![^\W_])")


def _spelled(word: str) -> re.Pattern[str]:
    """A name with something between all its letters, as in “M a r i e”."""
    inside = r"[\W_]{1,3}".join(re.escape(one) for one in word.translate(LOOKS_LIKE))
    return re.compile(rf"(?<![^\W_]){inside}(?![^\W_])")
