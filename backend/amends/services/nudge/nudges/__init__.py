"""Nudges: planned as rows, delivered at least once, shown when they cannot be."""

from amends.services.nudge.nudges.claims import LEASE, free_leases
from amends.services.nudge.nudges.dead_letters import (
    DeadLetter,
    NudgeIsAlive,
    NudgeUnknown,
    count_dead,
    dead,
    retry,
)
from amends.services.nudge.nudges.delivery import announce_waiting, deliver, ready
from amends.services.nudge.nudges.escalation_alerts import Alert, alerts
from amends.services.nudge.nudges.news import announce, is_announced
from amends.services.nudge.nudges.notices import tell_members
from amends.services.nudge.nudges.planning import sweep, tell_new_holders, tell_of_escalation
from amends.services.nudge.nudges.stats import Queue, Settled, Untold, Why, overdue, queue, settled, untold

__all__ = [
    "LEASE",
    "Alert",
    "DeadLetter",
    "NudgeIsAlive",
    "NudgeUnknown",
    "Queue",
    "Settled",
    "Untold",
    "Why",
    "alerts",
    "announce",
    "announce_waiting",
    "count_dead",
    "dead",
    "deliver",
    "free_leases",
    "is_announced",
    "overdue",
    "queue",
    "ready",
    "retry",
    "settled",
    "sweep",
    "tell_members",
    "tell_new_holders",
    "tell_of_escalation",
    "untold",
]
