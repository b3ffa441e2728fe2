"""Examples of requests and answers for the description of the API; a test decodes each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """One request and what it may be answered, by the id of the operation."""

    body: Any = None
    answer: Any = None


MARIE = {"id": "0b9b1f7e-3c0e-4a55-9d5f-0f3d3f0a5c11", "name": "Marie"}
CASE: dict[str, Any] = {
    "number": 12,
    "url": "https://amends.example.org/cases/12",
    "title": "The cake never arrived",
    "stage": "acknowledge",
    "outcome": None,
    "severity": "s3",
    "platform": "trustpilot",
    "lang": "en",
    "authorName": "Dana",
    "authorHandle": "@dana",
    "owner": MARIE,
    "dueAt": "2026-05-04T12:00:00Z",
    "dueKind": "acknowledge",
    "snoozedUntil": None,
    "openedAt": "2026-05-04T08:00:00Z",
    "movedAt": "2026-05-04T08:05:00Z",
    "cameBackAt": None,
    "publicReplies": 0,
}

EXAMPLES: Mapping[str, Example] = {
    "listCases": Example(answer={"cases": [CASE], "total": 31, "next": "MTI"}),
}
