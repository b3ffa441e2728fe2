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
    "location": None,
    "dueAt": "2026-05-04T12:00:00Z",
    "dueKind": "acknowledge",
    "snoozedUntil": None,
    "openedAt": "2026-05-04T08:00:00Z",
    "movedAt": "2026-05-04T08:05:00Z",
    "cameBackAt": None,
    "publicReplies": 0,
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

EXAMPLES: Mapping[str, Example] = {
    "listCases": Example(answer={"cases": [CASE], "total": 31, "next": "MTI"}),
    "openCase": Example(
        body={
            "url": "https://www.trustpilot.com/reviews/6a1e",
            "text": "The cake never arrived.",
            "author": "Dana",
            "rating": 1,
        },
        answer={
            "case": {
                "number": 12,
                "url": "https://amends.example.org/cases/12",
                "stage": "new",
                "owner": None,
            },
            "existing": False,
        },
    ),
    "listMoves": Example(
        answer={
            "version": 3,
            "moves": [
                {
                    "name": "post_acknowledgement",
                    "stage": "contact",
                    "outcome": None,
                    "asks": ["reply_url"],
                    "offers": ["text", "plan_given", "place_given"],
                    "refusal": None,
                }
            ],
        }
    ),
    "makeMove": Example(
        body={"move": "answer", "given": {"severity": "s3", "stance": "fix"}},
        answer={**CHANGED, "undo": "5f4dcc3b-5aa7-45d6-9d83-27deb882cf99"},
    ),
    "undoMove": Example(answer={"number": 12, "stage": "new", "version": 5}),
    "assignCase": Example(body={"owner": None, "note": "Back to the pool"}, answer=CHANGED),
    "weighCase": Example(body={"severity": "s2"}, answer=CHANGED),
    "locateCase": Example(body={"location": None}, answer=CHANGED),
    "correctFacts": Example(
        body={"nature": "complaint", "customerStatus": "claimed", "fault": "ours"}, answer=CHANGED
    ),
    "snoozeCase": Example(body={"until": "2026-05-11T08:00:00Z", "wakeOnReply": True}, answer=CHANGED),
    "wakeCase": Example(answer=CHANGED),
    "watchCase": Example(body={"watch": True}, answer=CHANGED),
    "listCaseThemes": Example(answer={"themes": [FILE]}),
    "chooseThemes": Example(body={"add": [], "remove": []}, answer={"themes": [FILE]}),
    "listFields": Example(
        answer={
            "fields": [
                {
                    "name": "order_number",
                    "kind": "order_number",
                    "labelEn": "Order number",
                    "labelFr": "Numéro de commande",
                    "choices": [],
                    "asked": True,
                    "retired": False,
                }
            ]
        }
    ),
    "listCaseFields": Example(answer={"values": [{"name": "order_number", "value": "4711"}]}),
    "fillFields": Example(body={"values": [{"name": "order_number", "value": "4711"}]}, answer=CHANGED),
    "listTimeline": Example(answer={"entries": [ENTRY], "next": None}),
    "listPosts": Example(answer={"posts": [POST], "next": None}),
    "addNote": Example(body={"text": "She has called twice."}, answer=MADE),
    "editNote": Example(body={"text": "She has called three times."}, answer=MADE),
    "addTouchpoint": Example(
        body={"channel": "email", "direction": "in", "text": "Thank you, it has arrived."}, answer=MADE
    ),
    "listFollowUps": Example(answer={"followUps": [OWED], "next": None}),
    "addPromise": Example(
        body={"words": "A new cake by Friday", "dueAt": "2026-05-08T16:00:00Z"}, answer=FOLLOW_UP
    ),
    "addReminder": Example(
        body={"words": "Has it arrived?", "dueAt": "2026-05-11T08:00:00Z", "repeats": None}, answer=FOLLOW_UP
    ),
    "moveFollowUp": Example(
        body={"dueAt": "2026-05-12T08:00:00Z", "reason": "She is away"}, answer=FOLLOW_UP
    ),
    "keepPromise": Example(answer=FOLLOW_UP),
    "breakPromise": Example(answer=FOLLOW_UP),
    "tickReminder": Example(answer=FOLLOW_UP),
    "forgetReminder": Example(answer=FOLLOW_UP),
    "addFile": Example(answer={"number": 12, "id": FILE, "sha256": SHA256}),
    "listPeople": Example(answer={"people": [PERSON], "next": None}),
    "setKnown": Example(
        body={"contact": "dana@example.org", "notes": "Prefers to write", "customerStatus": "verified"}
    ),
    "listMembers": Example(answer={"members": [{**MARIE, "role": "lead", "disabled": False}]}),
    "listThemes": Example(
        answer={
            "themes": [{"id": FILE, "name": "Delivery", "path": "Delivery", "parent": None, "retired": False}]
        }
    ),
    "listLocations": Example(
        answer={
            "locations": [
                {
                    "id": FILE,
                    "name": "Rennes",
                    "kind": "shop",
                    "pages": ["https://www.facebook.com/bean.rennes"],
                    "isDefault": False,
                    "retired": False,
                }
            ]
        }
    ),
    "listProblems": Example(answer={"problems": [PROBLEM], "next": None}),
    "openProblem": Example(body={"title": "Glue melts in summer", "cases": [1, 2]}, answer={"number": 3}),
    "addProblemCases": Example(body={"cases": [3]}, answer={"number": 3}),
    "openIncident": Example(
        body={"title": "The shop is down", "kind": "outage", "cases": [1]}, answer={"number": 1}
    ),
    "addIncidentCases": Example(body={"cases": [2, 3]}, answer={"number": 1}),
    "markPosted": Example(body={"replyUrl": "https://x.com/bakers/status/1"}),
}
