"""Cleaning, folding and cutting of strangers' text."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.i18n import number
from amends.rules.vocabulary import Language

KEPT_CHARACTERS = 100_000
NAME_CHARACTERS = 200
TITLE_CHARACTERS = 120
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LINE_END = re.compile("\r\n?")
JOINERS = re.compile("[\u200c\u200d]")
JOINED = "[\u0600-\u18af\u2190-\u2bff\ufb50-\ufefe\U0001f000-\U0001faff]"
"""Scripts from Arabic to Mongolian, Arabic forms, emoji: there a joiner between two has a meaning."""
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    f"|(?<!{JOINED})[\u200c\u200d]|[\u200c\u200d](?!{JOINED})"
)
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd")
"""Nothing is seen of these either, whatever their category, or they stand for what nobody saw."""
BREAKS = re.compile(r"[ \t\n\u2028\u2029]+")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that every database, page and file takes; `sha256` is of the whole, also when it was cut."""

    text: str
    truncated: bool
    sha256: str


def clean(text: str, limit: int = KEPT_CHARACTERS) -> Cleaned:
    """The text with nothing in it that breaks what stores or shows it (R-47).

    Lone surrogates become a question mark, NUL and other controls U+FFFD, every line end a line feed. Words,
    emoji and bidirectional marks stay as their author wrote them; `limit` is in characters.
    """
    whole = LINE_END.sub("\n", LONE_SURROGATE.sub("?", text))
    whole = CONTROL.sub("\ufffd", whole)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return Cleaned(whole[:limit], len(whole) > limit, digest)


class TextIsTooLong(Invalid):
    "This text is too long."


def typed_text(text: str, *, limit: int, field: str) -> str:
    """What somebody typed into a field, cleaned and never cut; nothing where it shows nothing.

    Raises TextIsTooLong with that field.
    """
    words = clean(text).text.strip()
    if len(words) > limit:
        sentence = _("At most %(most)s characters; this has %(count)s. Shorten it, or write it in two parts.")
        raise TextIsTooLong(fields={field: sentence % {"most": number(limit), "count": number(len(text))}})
    return words if shows(words) else ""


def clean_name(text: str, limit: int = NAME_CHARACTERS) -> str:
    """A name, handle or title on one line, without invisible characters that help it pose as another.

    Joiners stay where a script or an emoji is written with them.
    """
    return SPACES.sub(" ", INVISIBLE.sub("", clean(text).text)).strip()[:limit].rstrip("\u200c\u200d")


def shows(text: str) -> bool:
    """Whether a reader sees anything of it: a letter, a digit, a sign or an emoji."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in BLANKS for one in text)


def excerpt(text: str, length: int = TITLE_CHARACTERS) -> str:
    """The first words of a text on one line, cut between words."""
    return _cut(clean_name(text, limit=length + 1), length)


def shortened(text: str, length: int) -> str:
    """A member's text on one line, cut between words; what is left is as they wrote it."""
    return _cut(BREAKS.sub(" ", clean(text).text).strip(), length)


def _cut(line: str, length: int) -> str:
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[length // 2 :] else cut}…"


def fold(text: str) -> str:
    """The text as searching compares it: without case, accents and compatibility forms."""
    apart = unicodedata.normalize("NFKD", JOINERS.sub("", clean_name(text))).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def language_of(tag: str, otherwise: Language) -> Language:
    """The language of ours that a tag (BCP 47) names, French for `fr-CA`; else the other one."""
    return next((language for language in Language if tag[:2].lower() == language), otherwise)
