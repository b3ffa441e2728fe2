"""Fingerprint of a capture: binds what was seen of a post to the timeline of its case (P61 to P63)."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec

from amends.rules.case.timeline import canonical

SEEN = (
    "platform",
    "kind",
    "external_id",
    "url",
    "title",
    "text",
    "truncated",
    "lang",
    "translated_to",
    "posted_at",
    "posted_approximately",
    "time_text",
    "rating",
    "rating_max",
    "metrics",
    "context",
    "media",
    "quoted",
    "reader",
    "page_url",
    "page_title",
    "captured_at",
)
"""Columns of a capture that nothing ever changes. Who wrote it stands on the timeline itself."""
JSON_COLUMNS = frozenset({"metrics", "context", "media", "reader"})


def fingerprint(kept: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical form of a capture, as it was cleaned or as a database gives it back."""
    return hashlib.sha256(written(kept)).hexdigest()


def written(kept: Mapping[str, Any]) -> bytes:
    """What was seen, in its canonical form: JSON in UTF-8, its keys in order."""
    seen = {name: _plain(name, kept[name]) for name in SEEN}
    return canonical(seen).encode("utf-8", "surrogatepass")


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """One form whatever the database: it may keep JSON as text, and numbers with fewer digits."""
    if name in JSON_COLUMNS and isinstance(value, str):
        with suppress(msgspec.DecodeError):  # altered into what is no JSON: another fingerprint
            value = msgspec.json.decode(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, int) and name in ("truncated", "posted_approximately"):
        return bool(value)
    if isinstance(value, Mapping):
        return {key: _plain("", one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain("", one) for one in value]
    return value.value if hasattr(value, "value") else value
