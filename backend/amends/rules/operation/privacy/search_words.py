"""Words by which a person is found where no link leads: names, handles, addresses, numbers, ids of posts."""

import json
import re
from collections.abc import Iterable

LEAST = 4
"""Characters of a word that says whom it means; shorter ones stand in half of all texts."""
MOST = 60
"""So many words are looked for at once."""
LEFT_OUT = "[…]"
"""What stands where a person was named; never longer than what it stands for."""
AROUND = 80
"""Characters shown before and after a name."""
SPLIT = re.compile(r"[\n,;|]+")

SearchWords = tuple[str, ...]


def search_words(*given: Iterable[str]) -> SearchWords:
    """What is looked for, the longest first, so that a part never leaves the rest of a whole."""
    found: set[str] = set()
    for text in (one for several in given for one in several):
        for part in SPLIT.split(text or ""):
            word = part.strip().lstrip("@").strip()
            if len(word) >= LEAST:
                found.add(word)
    return tuple(sorted(found, key=lambda word: (-len(word), word)))[:MOST]


def is_named(text: str, words: SearchWords) -> bool:
    """Whether a text names the person: a whole word, whatever its case, plain or as JSON escapes it."""
    pattern = _pattern(words)
    return bool(pattern and pattern.search(text))


def without(text: str, words: SearchWords) -> str:
    """The text with the person left out; JSON stays JSON."""
    pattern = _pattern(words)
    return pattern.sub(LEFT_OUT, text) if pattern else text


def around(text: str, words: SearchWords) -> str:
    """The piece of a text around the first place that names the person; its beginning where none does."""
    pattern = _pattern(words)
    found = pattern.search(text) if pattern else None
    begin, end = found.span() if found else (0, AROUND)
    first, last = max(0, begin - AROUND), end + AROUND
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


def _pattern(words: SearchWords) -> re.Pattern[str] | None:
    spellings = dict.fromkeys(one for word in words for one in (word, json.dumps(word)[1:-1]))
    if not spellings:
        return None
    either = "|".join(map(re.escape, spellings))
    begins = r"(?:(?<!\w)|(?<=\\[nrtbf])|(?<=\\u[0-9a-f]{4}))"  # JSON: the n of an escape is no letter
    return re.compile(rf"{begins}(?:{either})(?!\w)", re.IGNORECASE)
