"""Cleaning of nested JSON that a page says of a post."""

from typing import Any

from amends.rules.capture.limits import LIMITS, Shortening
from amends.rules.capture.outside_numbers import plausible

FIELD = "context"


def harmless(value: Any, shortening: Shortening, depth: int = 0) -> Any:  # noqa: ANN401
    """Nested particulars of a page, cut to what a case can need."""
    if value is not None and depth > LIMITS.depth:
        shortening.fields.add(FIELD)
        return None
    if isinstance(value, str):
        return shortening.text(FIELD, value, LIMITS.particular)
    if isinstance(value, list):
        return [harmless(item, shortening, depth + 1) for item in shortening.entries(FIELD, value)]
    if isinstance(value, dict):
        items = shortening.entries(FIELD, value.items())
        return {
            shortening.line(FIELD, str(key), LIMITS.key): harmless(item, shortening, depth + 1)
            for key, item in items
        }
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plausible(value)
    return value
