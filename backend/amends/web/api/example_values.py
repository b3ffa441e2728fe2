"""Values that several examples of the API share, and the struct of one example."""

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
    "location": None,
    "dueAt": "2026-05-04T12:00:00Z",
    "dueKind": "acknowledge",
    "snoozedUntil": None,
    "openedAt": "2026-05-04T08:00:00Z",
    "movedAt": "2026-05-04T08:05:00Z",
    "cameBackAt": None,
    "publicReplies": 0,
    "nextStep": {
        "do": "write_reply",
        "reason": "no_reply",
        "turn": "ours",
        "kind": "acknowledge",
        "by": "2026-05-04T12:00:00Z",
        "whose": MARIE["id"],
    },
}

CHANGED = {"number": 12, "stage": "acknowledge", "version": 4}
POST = {
    "id": "7f0c9a52-6a1e-4a4b-8a63-8f9d1c1c2b77",
    "authorName": "Dana",
    "platform": "trustpilot",
    "kind": "review",
    "url": "https://www.trustpilot.com/reviews/6a1e",
    "title": "Never again",
    "text": "The cake never arrived and nobody answers.",
    "truncated": False,
    "lang": "en",
    "postedAt": "2026-05-04T07:00:00Z",
    "rating": 1.0,
    "ratingMax": 5.0,
    "capturedAt": "2026-05-04T08:00:00Z",
    "evidence": [],
}
ENTRY = {
    "position": 2,
    "kind": "noted",
    "at": "2026-05-04T08:05:00Z",
    "actor": MARIE["id"],
    "by": MARIE,
    "channel": None,
    "particulars": {"text": "She has called twice."},
    "erased": False,
}
FOLLOW_UP = {"id": "3b1f7c5e-0d55-4c3e-9a4f-52f2f6a9f1aa", "number": 12}
OWED = {
    "id": FOLLOW_UP["id"],
    "kind": "promise",
    "state": "due",
    "words": "A new cake by Friday",
    "dueAt": "2026-05-08T16:00:00Z",
    "owner": MARIE,
    "late": False,
    "paused": False,
    "repeats": None,
    "generation": 1,
    "settledAt": None,
}
MADE = {"number": 12, "position": 3, "version": 4}
PERSON = {
    "author": "d2b6a2a0-7c5b-4c36-9d5e-7b1f0a9c4e10",
    "name": "Dana",
    "handle": "@dana",
    "platform": "x",
    "customerStatus": "claimed",
    "lastSeenAt": "2026-05-04T08:00:00Z",
    "cases": 2,
}
PROBLEM = {
    "number": 3,
    "title": "Glue melts in summer",
    "state": "open",
    "owner": MARIE,
    "dueAt": None,
    "fixedAt": None,
    "people": 5,
    "cases": 6,
    "told": 0,
    "untold": 0,
}
FILE = "0b2f1a6c-9a77-4f0e-8f55-1f7e8b0d9c33"
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CASE_OF_BROWSER = {
    "number": 12,
    "url": "https://amends.example.org/cases/12",
    "stage": "new",
    "owner": None,
}
PERSON_SHOWN = {
    "author": PERSON["author"],
    "name": "Dana",
    "known": {"contact": "dana@example.org", "notes": "Prefers to write", "customerStatus": "verified"},
    "accounts": [
        {
            "id": PERSON["author"],
            "platform": "x",
            "handle": "@dana",
            "name": "Dana",
            "url": "https://x.com/dana",
            "customerStatus": "verified",
            "accountSince": "2014-06-28",
            "firstSeenAt": "2026-03-02T08:00:00Z",
            "lastSeenAt": "2026-05-04T08:00:00Z",
        }
    ],
    "cases": [CASE],
}
PREPARED = {
    "id": FILE,
    "title": "Late delivery",
    "text": "We are sorry that it is late, {name}. Please write to us: {contact}",
    "language": "en",
    "stance": "fix",
    "occasion": "first",
    "tone": "apology",
    "source": "any",
    "archived": False,
    "changedAt": "2026-05-04T08:00:00Z",
}
PROBLEM_SHOWN = {
    "number": 3,
    "version": 2,
    "title": "Glue melts in summer",
    "cause": "The van has no cooling",
    "action": "Another glue",
    "state": "open",
    "owner": MARIE,
    "dueAt": None,
    "fixedAt": None,
    "cost": 12_000,
    "currency": "EUR",
    "cases": [12, 9],
    "moreCases": 0,
}
INCIDENT = {
    "number": 1,
    "title": "The shop is down",
    "kind": "outage",
    "state": "open",
    "onHold": True,
    "openedAt": "2026-05-04T08:00:00Z",
    "closedAt": None,
    "cases": 2,
    "lead": "Marie",
}
INCIDENT_SHOWN = {name: value for name, value in INCIDENT.items() if name not in ("cases", "lead")} | {
    "roles": [{"role": "lead", "member": MARIE}]
}
SHEET = {
    "statement": {
        "lineEn": "We know that the shop is down, and are on it.",
        "lineFr": "",
        "version": 1,
        "publicEn": "",
        "publicFr": "",
        "publishedAt": None,
    },
    "facts": [
        {
            "id": FILE,
            "state": "known",
            "words": "The shop went down at 9:40",
            "source": "Monitoring",
            "at": "2026-05-04T08:00:00Z",
            "by": MARIE,
        }
    ],
    "tasks": [
        {
            "position": 1,
            "kind": "step",
            "step": "facts",
            "words": "",
            "owner": None,
            "dueAt": None,
            "state": "done",
            "settledAt": "2026-05-04T08:00:00Z",
        }
    ],
    "platforms": [{"platform": "x", "posts": 4, "state": "answered"}],
}
