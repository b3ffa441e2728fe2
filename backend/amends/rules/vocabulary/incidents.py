"""Vocabulary of incidents."""

from enum import StrEnum


class IncidentKind(StrEnum):
    """What happened; each kind has a checklist of its own (P19)."""

    BAD_PRESS = "bad_press"
    DATA_LEAK = "data_leak"
    DEFECTIVE_PRODUCT = "defective_product"
    HARASSMENT = "harassment"
    OWN_POST = "own_post"
    OUTAGE = "outage"
    OTHER = "other"


class IncidentState(StrEnum):
    """Whether an incident goes on."""

    OPEN = "open"
    CLOSED = "closed"


class IncidentRole(StrEnum):
    """What a member does in an incident; one member each."""

    LEAD = "lead"
    SPOKESPERSON = "spokesperson"
    FACT_KEEPER = "fact_keeper"
    AUTHORITIES = "authorities"


class FactState(StrEnum):
    """How much is known of something."""

    KNOWN = "known"
    CHECKING = "checking"
    UNKNOWN = "unknown"


class PlaceState(StrEnum):
    """Whether we speak on a platform."""

    TO_DO = "to_do"
    ANSWERED = "answered"
    LATER = "later"
    SILENT = "silent"


class TaskKind(StrEnum):
    """What a task of an incident is: one of its checklist, its next update, its review, what that ends in."""

    STEP = "step"
    UPDATE = "update"
    REVIEW = "review"
    ACTION = "action"


class TaskState(StrEnum):
    """Whether a task is still to be done."""

    OPEN = "open"
    DONE = "done"
    NOT_DOING = "not_doing"


class ActionTarget(StrEnum):
    """What an action of a review changes (P78)."""

    PLAYBOOK = "playbook"
    REPLY = "reply"
    TIMES = "times"
    PLAN = "plan"


class ReviewState(StrEnum):
    """How far the review of an incident has come."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    CLOSED = "closed"


class IncidentEntry(StrEnum):
    """What one line of an incident's timeline tells."""

    OPENED = "opened"
    CHANGED = "changed"
    JOINED = "joined"
    LEFT = "left"
    HELD = "held"
    RESUMED = "resumed"
    RELEASED = "released"
    SEEN = "seen"
    ROLE = "role"
    FACT = "fact"
    WORDED = "worded"
    PUBLISHED = "published"
    PLACE = "place"
    TOLD = "told"
    NOTED = "noted"
    UPDATED = "updated"
    OWED = "owed"
    SETTLED = "settled"
    ESCALATED = "escalated"
    CLOSED = "closed"
    REVIEWED = "reviewed"
