"""Vocabulary of problems."""

from enum import StrEnum


class ProblemState(StrEnum):
    """Where a problem is: being worked on, fixed, or found to be none."""

    OPEN = "open"
    FIXED = "fixed"
    DROPPED = "dropped"


class ProblemEntry(StrEnum):
    """What one line of a problem's history tells."""

    OPENED = "opened"
    CHANGED = "changed"
    LINKED = "linked"
    UNLINKED = "unlinked"
    WORDED = "worded"
    APPROVED = "approved"
    FIXED = "fixed"
    TOLD = "told"
    RETURNED = "returned"
    REOPENED = "reopened"
    DROPPED = "dropped"
