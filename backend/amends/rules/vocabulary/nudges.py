"""Vocabulary of nudges."""

from enum import StrEnum


class NudgeState(StrEnum):
    """How far a nudge has come; void when no longer true, dead when no try could deliver it."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    VOID = "void"
    DEAD = "dead"


class NudgeKind(StrEnum):
    """What a nudge is: one rung of a follow-up, a member's digest, a notice, or the test of a target.

    A report to a chosen address is no reminder, but travels like one.
    """

    RUNG = "rung"
    DIGEST = "digest"
    NOTICE = "notice"
    TRIAL = "trial"
    REPORT = "report"


class Audience(StrEnum):
    """Whom a rung of the ladder speaks to, or who asked to hear of new cases."""

    OWNER = "owner"
    TEAM = "team"
    LEAD = "lead"
    ON_DUTY = "on_duty"
    NEWS = "news"


class News(StrEnum):
    """What is told of a case at once, before anything is late."""

    URGENT = "urgent"
    NEW = "new"
    CAME_BACK = "back"


class NewCases(StrEnum):
    """Of which new cases a member, or the team's own targets, want to hear."""

    NEVER = "never"
    SEVERE = "severe"
    ALL = "all"
