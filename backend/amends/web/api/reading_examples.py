"""Examples of what the API answers to those who read."""

from collections.abc import Mapping

from amends.web.api.example_values import (
    CASE,
    CASE_OF_BROWSER,
    ENTRY,
    FILE,
    INCIDENT,
    INCIDENT_SHOWN,
    MARIE,
    OWED,
    PERSON,
    PERSON_SHOWN,
    POST,
    PREPARED,
    PROBLEM,
    PROBLEM_SHOWN,
    SHA256,
    SHEET,
    Example,
)

READING: Mapping[str, Example] = {
    "listCases": Example(answer={"cases": [CASE], "total": 31, "next": "MTI"}),
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
    "listCaseThemes": Example(answer={"themes": [FILE]}),
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
    "listTimeline": Example(answer={"entries": [ENTRY], "next": None}),
    "listPosts": Example(answer={"posts": [POST], "next": None}),
    "listFollowUps": Example(answer={"followUps": [OWED], "next": None}),
    "listPeople": Example(answer={"people": [PERSON], "next": None}),
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
    "getCase": Example(
        answer={
            "number": 12,
            "version": 3,
            "url": "https://amends.example.org/cases/12",
            "title": "The cake never arrived",
            "stage": "acknowledge",
            "outcome": None,
            "severity": "s3",
            "platform": "trustpilot",
            "owner": "Marie",
            "location": None,
            "publicReplies": 0,
            "fields": {"order_number": "4711"},
            "openedAt": "2026-05-04T08:00:00Z",
            "closedAt": None,
            "snoozedUntil": None,
            "posts": ["https://www.trustpilot.com/reviews/6a1e"],
            "followUps": [
                {"kind": "acknowledge", "dueAt": "2026-05-04T12:00:00Z", "late": False, "paused": False}
            ],
            "moves": ["post_acknowledgement"],
        }
    ),
    "getSummary": Example(answer={"overdue": 1, "due": 4, "url": "https://amends.example.org/"}),
    "findCapture": Example(answer={"case": CASE_OF_BROWSER}),
    "listKnownPosts": Example(answer={"posts": [], "language": "en", "ownAccounts": []}),
    "listPlaces": Example(
        answer={"places": [{"id": FILE, "url": "https://www.trustpilot.com/review/bakers.example"}]}
    ),
    "sayHello": Example(
        answer={"name": "Amends", "version": "0.8.0", "now": "2026-05-04T08:00:00Z", "setUp": True}
    ),
    "getReply": Example(
        answer={
            "number": 12,
            "url": "https://amends.example.org/cases/12",
            "stage": "acknowledge",
            "owner": "Marie",
            "publicReplies": 0,
            "budget": 2,
            "next": "post_reply",
            "prepared": [
                {
                    "id": "draft",
                    "title": "Draft",
                    "text": "We are sorry. Please write to us at help@example.org.",
                    "lang": "en",
                    "approved": True,
                }
            ],
        }
    ),
    "listFiles": Example(
        answer={
            "files": [
                {
                    "id": FILE,
                    "number": 12,
                    "name": "letter.pdf",
                    "mediaType": "application/pdf",
                    "sha256": SHA256,
                    "size": 48210,
                    "keptAt": "2026-05-04T08:05:00Z",
                    "keptBy": MARIE,
                }
            ],
            "next": None,
        }
    ),
    "getPerson": Example(answer=PERSON_SHOWN),
    "listPreparedReplies": Example(answer={"replies": [PREPARED], "next": None}),
    "listCaseHolds": Example(
        answer={
            "holds": [
                {
                    "id": FILE,
                    "number": 12,
                    "reason": "A letter of their lawyer",
                    "reviewOn": "2026-11-01",
                    "placedAt": "2026-05-04T08:00:00Z",
                    "placedBy": MARIE,
                }
            ]
        }
    ),
    "getTelling": Example(
        answer={
            "version": 3,
            "lineEn": "The glue is another one since May.",
            "lineFr": "",
            "changeEn": "Hello {author}, the glue is another one now.",
            "changeFr": "",
            "approvedAt": "2026-05-04T08:00:00Z",
            "cases": [{"number": 12, "toldAt": None, "mayBeTold": True}],
            "next": 12,
        }
    ),
    "getMessage": Example(
        answer={
            "text": "Hello Dana, the glue is another one now.",
            "language": "en",
            "missing": [],
            "isSecondChance": True,
        }
    ),
    "getIncidentSheet": Example(answer=SHEET),
    "getPreparedReply": Example(answer=PREPARED),
    "listRules": Example(
        answer={
            "rules": [
                {
                    "id": FILE,
                    "name": "Late cakes",
                    "on": True,
                    "platform": "trustpilot",
                    "language": "en",
                    "words": "never arrived, late",
                    "stars": 2,
                    "owner": MARIE,
                    "theme": None,
                    "playbook": None,
                    "field": None,
                    "value": "",
                    "location": None,
                    "place": None,
                    "severity": None,
                    "sets": ["owner"],
                }
            ]
        }
    ),
    "getFigures": Example(
        answer={
            "first": "2026-05-01",
            "last": "2026-05-31",
            "counts": [{"what": "captured", "number": 31, "before": 28}],
            "times": [{"what": "answer_clock", "half": 210.0, "nineInTen": 1400.0}],
            "late": 1,
            "forgotten": 0,
            "givenUp": 0,
        }
    ),
    "listFigures": Example(
        answer={
            "first": "2026-05-01",
            "last": "2026-05-31",
            "lines": [{"value": "trustpilot", "counts": [{"what": "captured", "number": 19}], "late": 2}],
        }
    ),
    "getProblem": Example(answer=PROBLEM_SHOWN),
    "listIncidents": Example(answer={"incidents": [INCIDENT], "next": None}),
    "getIncident": Example(answer=INCIDENT_SHOWN),
    "listIncidentCases": Example(
        answer={
            "cases": [{"number": 12, "releasedAt": None}, {"number": 11, "releasedAt": None}],
            "next": None,
        }
    ),
    "listMatches": Example(
        answer={
            "matches": [
                {
                    "author": FILE,
                    "name": "Dana B.",
                    "handle": "@dana_b",
                    "platform": "instagram",
                    "share": 0.62,
                    "reasons": [{"sign": "same_text", "detail": "The cake never arrived"}],
                }
            ],
            "decided": [],
        }
    ),
    "listHolds": Example(
        answer={
            "holds": [
                {
                    "id": FILE,
                    "number": None,
                    "reason": "A letter of their lawyer",
                    "reviewOn": "2026-11-01",
                    "placedAt": "2026-05-04T08:00:00Z",
                    "placedBy": MARIE,
                }
            ]
        }
    ),
    "listMeasures": Example(
        answer={
            "measures": [
                {
                    "id": FILE,
                    "case": 12,
                    "kind": "reported",
                    "place": "X",
                    "reference": "R-4711",
                    "proofUrl": "",
                    "words": "Threats against a colleague",
                    "accounts": ["@dana"],
                    "madeBy": MARIE,
                    "madeAt": "2026-05-04T08:00:00Z",
                    "dueAt": "2026-05-11T08:00:00Z",
                    "result": None,
                    "resultWords": "",
                    "resultBy": None,
                    "resultAt": None,
                }
            ]
        }
    ),
}
