"""Audit log: what happens to accounts and to the installation, only added to and chained (R-56)."""

from amends.rules.team.audit import COMMAND_LINE, STRANGER, SYSTEM
from amends.services.team.audit.chaining import Verified, chain, head, prune, verify
from amends.services.team.audit.reading import EventShown, Filters, every, page
from amends.services.team.audit.writing import record, record_change

__all__ = [
    "COMMAND_LINE",
    "STRANGER",
    "SYSTEM",
    "EventShown",
    "Filters",
    "Verified",
    "chain",
    "every",
    "head",
    "page",
    "prune",
    "record",
    "record_change",
    "verify",
]
