"""Playbooks of the team, and the contacts that their steps need (P45, P51)."""

from amends.services.follow_up.playbooks.commands import (
    Given,
    PlaybookChanged,
    Step,
    change,
    make,
    restore,
    retire,
)
from amends.services.follow_up.playbooks.rows import (
    PlaybookRow,
    PlaybookUnknown,
    StepRow,
    everything,
    find,
    offered,
    steps_of,
)

__all__ = [
    "Given",
    "PlaybookChanged",
    "PlaybookRow",
    "PlaybookUnknown",
    "Step",
    "StepRow",
    "change",
    "everything",
    "find",
    "make",
    "offered",
    "restore",
    "retire",
    "steps_of",
]
