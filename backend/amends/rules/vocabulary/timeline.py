"""Vocabulary of timeline entries."""

from enum import StrEnum


class EntryKind(StrEnum):
    """What one line of a timeline tells."""

    CAPTURED = "captured"
    SEEN_AGAIN = "seen_again"
    RECHECK_REQUESTED = "look_asked"  # as it is stored: the chain covers it
    RECHECKED = "looked_again"
    EVIDENCE_KEPT = "evidence_kept"
    FILES_ADDED = "files_added"
    FILE_REMOVED = "file_removed"
    MOVED = "moved"
    UNDONE = "undone"
    REOPENED = "reopened"
    ASSIGNED = "assigned"
    SEVERITY_SET = "severity_set"
    FACTS_SET = "facts_set"
    LINKED = "linked"
    THEMED = "themed"
    NOTED = "noted"
    NOTE_EDITED = "note_edited"
    NOTE_PINNED = "note_pinned"
    NOTE_UNPINNED = "note_unpinned"
    QUESTION = "question"
    TOUCHPOINT = "touchpoint"
    CONTACT_ASKED = "contact_asked"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    CHECKLIST = "checklist"
    REMEDY = "remedy"
    PROMISED = "promised"
    PROMISE_SETTLED = "promise_settled"
    FOLLOW_UP_COMPLETED = "follow_up_completed"
    FOLLOW_UP_RESCHEDULED = "follow_up_rescheduled"
    NUDGED = "nudged"
