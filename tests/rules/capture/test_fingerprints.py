"""Is a fingerprint the same for what was seen, whatever keeps it, and another for anything else?"""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from amends.rules.capture.fingerprints import SEEN, fingerprint
from amends.rules.vocabulary import PostKind

KEPT: dict[str, Any] = {
    **dict.fromkeys(SEEN, ""),
    "kind": PostKind.REVIEW,
    "text": "Jamais livré 😠",
    "truncated": False,
    "posted_approximately": False,
    "posted_at": None,
    "rating": 4.3,
    "rating_max": 5.0,
    "metrics": {"replies": 3, "score": 0.1},
    "context": {"thread": [1, 2]},
    "media": ["https://example.org/1.png"],
    "reader": {"name": "x", "version": "1"},
    "captured_at": datetime(2026, 3, 2, 9, tzinfo=UTC),
}


@pytest.mark.parametrize(
    "as_kept",
    [
        {"kind": "review"},
        {"rating": 4.300000190734863},
        {"truncated": 0},
        {"metrics": '{"score": 0.1, "replies": 3}'},
        {"captured_at": datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=1)))},
    ],
)
def test_it_is_the_same_in_whatever_form_a_database_gives_it_back(as_kept: dict[str, Any]) -> None:
    assert fingerprint({**KEPT, **as_kept}) == fingerprint(KEPT)


@pytest.mark.parametrize("name", SEEN)
def test_it_covers_every_column(name: str) -> None:
    assert fingerprint({**KEPT, name: "another"}) != fingerprint(KEPT)
