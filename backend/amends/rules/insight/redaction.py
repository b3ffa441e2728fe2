"""Redaction of a story: names, handles, links, mail addresses, phone and order numbers become “[…]” (P60)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

MARK = "[…]"
"""The usual sign for words left out, in every language; it holds no letter, so no name survives in it."""
ANYWHERE = 5
"""From so many letters on, a name is found inside longer words too, as in a hashtag."""
LEAST = 2
"""A single letter is no part of a name that could be found."""
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

MAIL = re.compile(r"[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\.\w[\w-]*")
LINK = re.compile(
    r"\b\w[\w+.-]*://\S+|\bwww\.\S+"
    r"|\b(?:[\w-]{1,63}\.){1,6}(?:com|net|org|fr|de|co|io|eu|uk|be|ch|ca|info|me|shop|store|app|social)\b(?:/\S*)?"
    r"|\b(?:[\w-]{1,63}\.){1,6}[a-z]{2,}/\S+",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<!\w)@\w[\w.-]*(?:@[\w.-]+)?|(?<!\w)/?u/[\w-]+")
NAMED_NUMBER = re.compile(
    r"\b(order|parcel|tracking|invoice|ticket|booking|reservation|contract|customer|account|reference|ref|case"
    r"|commande|colis|suivi|facture|réservation|contrat|client|compte|référence|réf|dossier)\b"
    r"((?:\s+(?:number|numéro|no|nr|id)\b)?[\s:#.n°º]*)"
    r"(?=[\w/-]*\d)[\w/-]{3,}",
    re.IGNORECASE,
)
NUMBER_SIGN = re.compile(r"(?:#|n[°º]\s*)[a-z]{0,4}-?\d[\w-]+", re.IGNORECASE)
ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,}(?:\s?[A-Z0-9]{1,3})?\b")
PHONE = re.compile(r"(?<![\w-])[+(]*\d(?:[^\S\n]*[().\-/]?[^\S\n]*[(]?\d){6,}")
CODE = re.compile(r"[\w-]{5,}")
DIGITS_OF_CODE = 4
"""A year has four digits, but no letter beside them."""

CONTACTS = (MAIL, LINK, HANDLE, ACCOUNT, PHONE)
WORD = re.compile(r"[^\W_]+")
MARKS_TOGETHER = re.compile(r"\[…\](?:[ ,]*\[…\])+")


def without_contacts(text: str) -> str:
    """The text without links, addresses, handles, phone and order numbers: they serve no story."""
    for pattern in CONTACTS:
        text = pattern.sub(MARK, text)
    text = NUMBER_SIGN.sub(MARK, NAMED_NUMBER.sub(rf"\1\2{MARK}", text))
    return MARKS_TOGETHER.sub(MARK, CODE.sub(_without_code, text))


def _without_code(found: re.Match[str]) -> str:
    word = found.group()
    digits = sum(one.isdecimal() for one in word)
    is_code = digits > DIGITS_OF_CODE or (digits == DIGITS_OF_CODE and any(one.isalpha() for one in word))
    return MARK if is_code else word


def anonymous(text: str, names: Iterable[str]) -> str:
    """The same without these names and handles, however they are written, nor their parts."""
    return MARKS_TOGETHER.sub(MARK, without_names(without_contacts(text), names))


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
    folded, places = _folded(text)
    return sorted(
        (places[found.start()], places[found.end() - 1] + 1)
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


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as names are compared, and from which character of it each of the folded ones is."""
    letters, places = list[str](), list[int]()
    for place, character in enumerate(text):
        plain = _fold(character)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(one for one in apart if unicodedata.category(one) not in ("Mn", "Me", "Cf"))


def _patterns(names: Iterable[str]) -> Iterator[re.Pattern[str]]:
    for name in names:
        folded = _fold(name)
        words = WORD.findall(folded)
        if words:
            yield _pattern(words, anywhere=len("".join(words)) >= ANYWHERE)
            yield from (_pattern([one]) for one in words if len(one) >= LEAST and one not in ORDINARY)
        elif any(unicodedata.category(one) in SYMBOLS for one in folded):
            yield re.compile(re.escape(folded.strip()))


def _pattern(words: list[str], *, anywhere: bool = False) -> re.Pattern[str]:
    """A name by its words, whatever stands between them."""
    inside = r"[\W_]*".join(re.escape(one) for one in words)
    is_unspaced = any(unicodedata.category(letter) == UNSPACED for word in words for letter in word)
    return re.compile(inside if anywhere or is_unspaced else rf"(?<![^\W_]){inside}(?![^\W_])")
