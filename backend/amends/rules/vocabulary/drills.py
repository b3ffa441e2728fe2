"""Vocabulary of drills."""

from enum import StrEnum


class DrillDeed(StrEnum):
    """What happened in a drill: a member would have been told, or the team did something."""

    WARNED = "warned"
    ACKNOWLEDGED = "acknowledged"
    ROLE = "role"
    HELD = "held"
    STEP = "step"
    STATEMENT = "statement"
    LOOKED = "looked"
    UPDATED = "updated"
