"""Events for other programs: which line of a history is told as which event, and who wants to hear it."""

from amends.rules.vocabulary import EntryKind, IncidentEntry, ProblemEntry
from amends.rules.vocabulary.events import EventType

OF_ENTRIES: dict[EntryKind, EventType] = dict.fromkeys(EntryKind, EventType.CASE_CHANGED) | {
    EntryKind.CAPTURED: EventType.CASE_CAPTURED,
    EntryKind.SEEN_AGAIN: EventType.CASE_SEEN_AGAIN,
    EntryKind.RECHECKED: EventType.CASE_RECHECKED,
    EntryKind.MOVED: EventType.CASE_MOVED,
    EntryKind.UNDONE: EventType.CASE_MOVED,
    EntryKind.REOPENED: EventType.CASE_MOVED,
    EntryKind.ASSIGNED: EventType.CASE_ASSIGNED,
    EntryKind.SEVERITY_SET: EventType.CASE_SEVERITY_SET,
    EntryKind.NOTED: EventType.CASE_NOTED,
    EntryKind.TOUCHPOINT: EventType.CASE_TOUCHPOINT,
    EntryKind.PROMISED: EventType.CASE_PROMISE,
    EntryKind.PROMISE_SETTLED: EventType.CASE_PROMISE,
    EntryKind.REMEDY: EventType.CASE_REMEDY,
    EntryKind.ERASED: EventType.CASE_ERASED,
    EntryKind.NUDGED: EventType.NUDGE_SENT,
}
OF_PROBLEMS: dict[ProblemEntry, EventType] = dict.fromkeys(ProblemEntry, EventType.PROBLEM_CHANGED) | {
    ProblemEntry.OPENED: EventType.PROBLEM_OPENED,
    ProblemEntry.FIXED: EventType.PROBLEM_FIXED,
    ProblemEntry.RETURNED: EventType.PROBLEM_REOPENED,
    ProblemEntry.REOPENED: EventType.PROBLEM_REOPENED,
}
OF_INCIDENTS: dict[IncidentEntry, EventType] = dict.fromkeys(IncidentEntry, EventType.INCIDENT_CHANGED) | {
    IncidentEntry.OPENED: EventType.INCIDENT_OPENED,
    IncidentEntry.CLOSED: EventType.INCIDENT_CLOSED,
}


def wants(chosen: str, kind: EventType) -> bool:
    """Whether an endpoint with these types, separated by spaces, hears of this one; none chosen is all."""
    return kind is EventType.WEBHOOK_TEST or not chosen or kind.value in chosen.split()
