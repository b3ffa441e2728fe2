"""Vocabulary of playbooks and checklists."""

from enum import StrEnum


class PlaybookSubject(StrEnum):
    """What a playbook is for: cases of one theme, nature or severity, or those flagged as a threat."""

    THEME = "theme"
    NATURE = "nature"
    SEVERITY = "severity"
    THREAT = "threat"


class StepKind(StrEnum):
    """Whether a step is something to do, or a question whose answer is kept."""

    DO = "do"
    ASK = "ask"


class StepState(StrEnum):
    """Where a step of a case's checklist is."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
