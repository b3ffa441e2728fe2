"""Cleaning of nested JSON that a page says of a post."""

from typing import Any

from amends.rules.capture.outside_numbers import plausible
from amends.rules.case.texts import clean, clean_name

LIST_LIMIT = 50
DEPTH_LIMIT = 4
STRING_LIMIT = 2_000


def harmless(value: Any, depth: int = 0) -> Any:  # noqa: ANN401
    """Nested particulars of a page, cut to what a case can need."""
    if depth > DEPTH_LIMIT:
        return None
    if isinstance(value, str):
        return clean(value, limit=STRING_LIMIT).text
    if isinstance(value, list):
        return [harmless(item, depth + 1) for item in value[:LIST_LIMIT]]
    if isinstance(value, dict):
        items = list(value.items())[:LIST_LIMIT]
        return {clean_name(str(key))[:40]: harmless(item, depth + 1) for key, item in items}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plausible(value)
    return value
