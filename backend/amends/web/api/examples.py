"""Examples of requests and answers for the description of the API; a test decodes each of them."""

from collections.abc import Mapping

from amends.web.api.example_values import CHANGED, FILE, FOLLOW_UP, MADE, SHA256, Example
from amends.web.api.reading_examples import READING

PROBLEM_CHANGED = {"number": 3, "state": "open", "version": 3}
WRITTEN = {
    "title": "Late delivery",
    "text": "Hello {author}, that is later than we promised. Please write to us: {private_place}",
    "language": "en",
    "stance": "fix",
}
TEMPLATE_CHANGED = {"id": FILE, "archived": False}
INCIDENT_CHANGED = {"number": 1, "state": "open", "onHold": True}

EXAMPLES: Mapping[str, Example] = {
    **READING,
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
    "chooseThemes": Example(body={"add": [], "remove": []}, answer={"themes": [FILE]}),
    "fillFields": Example(body={"values": [{"name": "order_number", "value": "4711"}]}, answer=CHANGED),
    "addNote": Example(body={"text": "She has called twice."}, answer=MADE),
    "editNote": Example(body={"text": "She has called three times."}, answer=MADE),
    "addTouchpoint": Example(
        body={"channel": "email", "direction": "in", "text": "Thank you, it has arrived."}, answer=MADE
    ),
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
    "setKnown": Example(
        body={"contact": "dana@example.org", "notes": "Prefers to write", "customerStatus": "verified"}
    ),
    "openProblem": Example(body={"title": "Glue melts in summer", "cases": [1, 2]}, answer={"number": 3}),
    "addProblemCases": Example(body={"cases": [3]}, answer={"number": 3}),
    "openIncident": Example(
        body={"title": "The shop is down", "kind": "outage", "cases": [1]}, answer={"number": 1}
    ),
    "addIncidentCases": Example(body={"cases": [2, 3]}, answer={"number": 1}),
    "editProblem": Example(
        body={
            "title": "Glue melts in summer",
            "cause": "The van has no cooling",
            "action": "Another glue",
            "owner": None,
            "dueAt": None,
            "cost": 12_000,
        },
        answer=PROBLEM_CHANGED,
    ),
    "fixProblem": Example(answer={**PROBLEM_CHANGED, "state": "fixed"}),
    "dropProblem": Example(body={"reason": "One bad batch"}, answer={**PROBLEM_CHANGED, "state": "dropped"}),
    "reopenProblem": Example(answer=PROBLEM_CHANGED),
    "editIncident": Example(body={"title": "The shop is down", "kind": "outage"}, answer=INCIDENT_CHANGED),
    "giveIncidentRole": Example(body={"role": "spokesperson", "holder": None}, answer=INCIDENT_CHANGED),
    "addIncidentNote": Example(body={"text": "The supplier called."}, answer=INCIDENT_CHANGED),
    "holdIncident": Example(answer=INCIDENT_CHANGED),
    "resumeIncident": Example(answer={**INCIDENT_CHANGED, "onHold": False}),
    "closeIncident": Example(
        body={"owner": None}, answer={**INCIDENT_CHANGED, "state": "closed", "onHold": False}
    ),
    "joinPeople": Example(body={"other": FILE}, answer={"author": FILE}),
    "separatePeople": Example(body={"other": FILE}, answer={"author": FILE}),
    "undoDecision": Example(answer={"author": FILE}),
    "placeHold": Example(
        body={"reason": "A letter of their lawyer", "reviewOn": "2026-11-01"}, answer={"author": FILE}
    ),
    "reviewHold": Example(
        body={"reason": "The claim is not settled", "reviewOn": "2027-05-01"}, answer={"id": FILE}
    ),
    "liftHold": Example(body={"reason": "The claim is settled"}, answer={"id": FILE}),
    "setPublicLine": Example(
        body={"en": "The glue is another one since May.", "fr": ""}, answer=PROBLEM_CHANGED
    ),
    "setAnnouncement": Example(
        body={"en": "Hello {author}, the glue is another one now.", "fr": ""}, answer=PROBLEM_CHANGED
    ),
    "approveAnnouncement": Example(answer=PROBLEM_CHANGED),
    "markTold": Example(
        body={"channel": "email", "text": "Hello Dana, the glue is another one now."},
        answer={"case": 12, "next": 15},
    ),
    "removeProblemCase": Example(answer=PROBLEM_CHANGED),
    "addFact": Example(
        body={"state": "known", "words": "The shop went down at 9:40", "source": "Monitoring"},
        answer=INCIDENT_CHANGED,
    ),
    "editFact": Example(
        body={"state": "checking", "words": "Orders of before are safe"}, answer=INCIDENT_CHANGED
    ),
    "setStatement": Example(
        body={"lineEn": "We know that the shop is down, and are on it.", "lineFr": ""},
        answer=INCIDENT_CHANGED,
    ),
    "publishStatement": Example(answer=INCIDENT_CHANGED),
    "decidePlatform": Example(body={"platform": "x", "state": "answered"}, answer=INCIDENT_CHANGED),
    "addPersonTold": Example(body={"who": "The call centre", "how": "By telephone"}, answer=INCIDENT_CHANGED),
    "addUpdate": Example(
        body={"text": "Payments work again", "nextAt": "2026-05-04T12:00:00Z"}, answer=INCIDENT_CHANGED
    ),
    "addTask": Example(
        body={"words": "Ask the supplier", "owner": None, "dueAt": None}, answer=INCIDENT_CHANGED
    ),
    "giveTask": Example(body={"owner": None, "dueAt": "2026-05-04T12:00:00Z"}, answer=INCIDENT_CHANGED),
    "settleTask": Example(body={"done": True}, answer=INCIDENT_CHANGED),
    "releaseCase": Example(answer=INCIDENT_CHANGED),
    "removeIncidentCase": Example(answer=INCIDENT_CHANGED),
    "escalateIncident": Example(answer={"cases": 4, "hasMore": False}),
    "placeCaseHold": Example(
        body={"reason": "A letter of their lawyer", "reviewOn": "2026-11-01"}, answer={"number": 12}
    ),
    "keepCase": Example(
        body={"until": "2027-05-01", "reason": "The claim is not settled"}, answer={"number": 12}
    ),
    "keepCaseNoLonger": Example(answer={"number": 12}),
    "addMeasure": Example(
        body={
            "kind": "reported",
            "accounts": [FILE],
            "reviewOn": "2026-05-18",
            "place": "Trustpilot, report this review",
            "reference": "4711",
        },
        answer={"id": FILE},
    ),
    "setMeasureResult": Example(
        body={"result": "removed", "words": "The review is gone"}, answer={"id": FILE}
    ),
    "addPreparedReply": Example(body=WRITTEN, answer=TEMPLATE_CHANGED),
    "editPreparedReply": Example(body=WRITTEN, answer=TEMPLATE_CHANGED),
    "archivePreparedReply": Example(answer={**TEMPLATE_CHANGED, "archived": True}),
    "restorePreparedReply": Example(answer=TEMPLATE_CHANGED),
    "addStarterReplies": Example(answer={"added": 36}),
    "markPosted": Example(body={"replyUrl": "https://x.com/bakers/status/1"}),
}
"""By the id of the operation."""
