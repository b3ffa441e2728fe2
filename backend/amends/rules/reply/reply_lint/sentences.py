"""Sentence splitting and folding of a reply."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

LONGEST = 10_000
"""Characters of a reply that are looked at; no site takes more."""

MOST = 500
"""Sentences that are looked at."""
LEARNT = 0x3000
"""Letters below this are kept once they were met; a stranger's text could name a million others."""

SPACES = re.compile(r"[^\S\n]+")
END = re.compile(r"[.!?…]{1,4}[\"'”»)\]]{0,3}\s|\n")
SHORT_FORM = re.compile(r"(?:^|[\s(])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Mme|Mlle|no|No)\.\s$")
UNLIKE_LETTERS = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"}


class _Plain(dict[int, str]):
    """Letters without case and accents, the usual ones learnt once; none becomes two, so places stay."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = UNLIKE_LETTERS.get(letter) or unicodedata.normalize("NFD", letter)[0].lower()
        bare = base if len(base) == 1 else letter
        if code < LEARNT:
            self[code] = bare
        return bare


_PLAIN = _Plain()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it was written, and as it is compared: the same length, place by place."""

    text: str
    plain: str


def tidy(text: str) -> str:
    """The text with one space where there are several, and every accent within its letter."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", text[:LONGEST])).strip()


def plain(text: str) -> str:
    """The text without case and accents, with straight apostrophes; as long as before."""
    return text.translate(_PLAIN)


def sentences(text: str) -> list[Sentence]:
    """The sentences of a tidy text; a new line ends one too."""
    return [Sentence(part, plain(part)) for part in islice(_parts(text), MOST)]


def _parts(text: str) -> Iterator[str]:
    begin = 0
    for end in END.finditer(text):
        if SHORT_FORM.search(text[max(begin, end.end() - 8) : end.end()]):
            continue
        if part := text[begin : end.end()].strip():
            yield part
        begin = end.end()
    if part := text[begin:].strip():
        yield part
