"""Redaction of other people in a dossier: their names and handles become “[…]” wherever they stand (P60).

What a hash covers is not altered: a post or an entry that names one of them goes in without its original
words, as what was erased does, and beside it a copy with the marks, which no hash covers and which says so.
"""

import json
from collections.abc import Mapping, Sequence

from amends.rules.insight.redaction import without_names

MOST_NAMES = 200
LONGEST_NAME = 200


def names_in(typed: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """The names to be redacted: those that were ticked, and those that were typed, one a line; each once."""
    found = (one.strip()[:LONGEST_NAME] for one in [*chosen, *typed.splitlines()])
    return tuple(dict.fromkeys(filter(None, found)))[:MOST_NAMES]


def in_text(text: str, names: Sequence[str]) -> str:
    """The text with marks instead of these names."""
    return without_names(text, names) if names and text else text


def holds(told: object, names: Sequence[str]) -> bool:
    """Whether a name stands anywhere in what an entry or a post tells."""
    text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, default=str)
    return bool(names) and in_text(text, names) != text


def in_post(seen: Mapping[str, object], names: Sequence[str]) -> dict[str, object]:
    """A copy of what was seen of a post, with marks."""
    return {key: _marked(value, names) for key, value in seen.items()}


def _marked(value: object, names: Sequence[str]) -> object:
    if isinstance(value, str):
        return in_text(value, names)
    if isinstance(value, Mapping):
        return {key: _marked(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [_marked(one, names) for one in value]
    return value
