"""Vocabulary of measures: what was done about an account, and what came of it (P61)."""

from enum import StrEnum


class MeasureKind(StrEnum):
    """What a member did about accounts."""

    BLOCKED = "blocked"
    MUTED = "muted"
    HIDDEN = "hidden"
    REPORTED = "reported"
    AUTHORITIES = "authorities"


class MeasureResult(StrEnum):
    """What a member saw of it since; a mistake was never done."""

    REMOVED = "removed"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    KEPT = "kept"
    LIFTED = "lifted"
    MISTAKE = "mistake"


class MeasureDeed(StrEnum):
    """What a timeline tells of a measure."""

    RECORDED = "recorded"
    SETTLED = "settled"
