"""Near-identical texts: how alike two posts are, and the numbers by which candidates are found.

MinHash over runs of five letters (Broder, 1997): texts that share one of sixteen bands are candidates, and
are compared whole. The values are kept in rows, so they must not change: a test pins them.
"""

import re
import unicodedata
from hashlib import blake2b, shake_128
from struct import unpack

LETTERS_READ = 600
RUN = 5
"""Letters of a run."""
BANDS = 16
ROWS = 4
"""Hashes of a band."""
NEAR = 0.6
"""Part of their runs that two texts share; at 0.5 one in nine other complaints was called the same."""
FEWEST_LETTERS = 30
FEWEST_WORDS = 6

ADDRESS = re.compile(r"https?://\S+|[@#]\w+")
FIGURES = re.compile(r"\d+")
WORD = re.compile(r"\w+")
NUMBERS = f"<{BANDS * ROWS}I"
BYTES = BANDS * ROWS * 4


def normal(text: str) -> str:
    """What is compared of a text: its first letters, without case, accents, emoji, addresses and mentions.

    Letters that only look bold or wide are the plain ones (NFKD).
    Every figure becomes 0, so that another amount or date makes no other text.
    """
    plain = unicodedata.normalize("NFKD", text[: 8 * LETTERS_READ]).casefold()
    words = ADDRESS.sub(" ", unicodedata.normalize("NFKD", plain))
    letters = (one for one in words if not unicodedata.combining(one))
    return FIGURES.sub("0", " ".join(WORD.findall("".join(letters))))[:LETTERS_READ].strip()


def says_enough(words: str) -> bool:
    """Whether likeness of these normal words means anything: “total scam” is everybody's."""
    return len(words) >= FEWEST_LETTERS and words.count(" ") + 1 >= FEWEST_WORDS


def runs(words: str) -> frozenset[str]:
    """The runs of letters of normal words."""
    return frozenset(words[at : at + RUN] for at in range(max(1, len(words) - RUN + 1)))


def likeness(one: str, other: str) -> float:
    """The part of all their runs that two normal texts share, from 0 to 1 (Jaccard)."""
    ours, theirs = runs(one), runs(other)
    return len(ours & theirs) / len(ours | theirs)


def are_near(one: str, other: str) -> bool:
    """Whether two normal texts say nearly the same; short ones only where they are equal."""
    if one == other:
        return bool(one)
    return says_enough(one) and says_enough(other) and likeness(one, other) >= NEAR


def bands(words: str) -> tuple[int, ...]:
    """Sixteen signed numbers of 64 bits for normal words; near texts nearly always have one in common."""
    drawn = [unpack(NUMBERS, shake_128(run.encode()).digest(BYTES)) for run in runs(words)]
    least = [min(column) for column in zip(*drawn, strict=True)]
    return tuple(_number(place, least[place * ROWS : (place + 1) * ROWS]) for place in range(BANDS))


def _number(place: int, hashes: list[int]) -> int:
    digest = blake2b(repr((place, hashes)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, byteorder="big", signed=True)


def digest(words: str) -> str:
    """The name of a text that is the same letter for letter once it is normal."""
    return blake2b(words.encode(), digest_size=16).hexdigest()
