"""Vocabulary of events that other programs hear of."""

from enum import StrEnum


class EventType(StrEnum):
    """What a webhook tells; what stands before the point names the subject whose order is kept."""

    CASE_CAPTURED = "case.captured"
    CASE_SEEN_AGAIN = "case.seen_again"
    CASE_RECHECKED = "case.rechecked"
    CASE_MOVED = "case.moved"
    CASE_ASSIGNED = "case.assigned"
    CASE_SEVERITY_SET = "case.severity_set"
    CASE_NOTED = "case.noted"
    CASE_TOUCHPOINT = "case.touchpoint"
    CASE_PROMISE = "case.promise"
    CASE_REMEDY = "case.remedy"
    CASE_CHANGED = "case.changed"
    CASE_REMOVED = "case.removed"
    CASE_ERASED = "case.erased"
    FOLLOW_UP_MADE = "follow_up.made"
    FOLLOW_UP_MOVED = "follow_up.moved"
    FOLLOW_UP_SETTLED = "follow_up.settled"
    NUDGE_SENT = "nudge.sent"
    NUDGE_FAILED = "nudge.failed"
    PROBLEM_OPENED = "problem.opened"
    PROBLEM_CHANGED = "problem.changed"
    PROBLEM_FIXED = "problem.fixed"
    PROBLEM_REOPENED = "problem.reopened"
    INCIDENT_OPENED = "incident.opened"
    INCIDENT_CHANGED = "incident.changed"
    INCIDENT_CLOSED = "incident.closed"
    WEBHOOK_TEST = "webhook.test"
