"""How are we reminded? Nudges are planned as rows, delivered at least once, and shown when they cannot be."""

from amends.services.nudges.claims import LEASE, free_leases
from amends.services.nudges.dead_letters import DeadLetter, NudgeIsAlive, NudgeUnknown, dead, retry
from amends.services.nudges.delivery import announce_waiting, deliver, ready
from amends.services.nudges.planning import sweep, tell_leads_now

__all__ = [
    "LEASE",
    "DeadLetter",
    "NudgeIsAlive",
    "NudgeUnknown",
    "announce_waiting",
    "dead",
    "deliver",
    "free_leases",
    "ready",
    "retry",
    "sweep",
    "tell_leads_now",
]
