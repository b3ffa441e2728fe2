"""Vocabulary of campaigns."""

from enum import StrEnum


class Verdict(StrEnum):
    """What a lead decided about a campaign."""

    GO = "go"
    NO_GO = "no_go"


class CampaignState(StrEnum):
    """Where a campaign is, by its last decision and its days."""

    PLANNED = "planned"
    STOPPED = "stopped"
    READY = "ready"
    RUNNING = "running"
    OVER = "over"
