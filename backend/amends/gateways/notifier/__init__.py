"""Notifier: sends a `Message` to a target's address and returns a `Result`."""

from amends.gateways.notifier.contract import Message, Notifier, NotifierIsBusy, Outcome, Push, Result
from amends.gateways.notifier.policy import explain, in_words, mask, reason
from amends.gateways.notifier.sandbox_client import SandboxedNotifier

__all__ = [
    "Message",
    "Notifier",
    "NotifierIsBusy",
    "Outcome",
    "Push",
    "Result",
    "SandboxedNotifier",
    "explain",
    "in_words",
    "mask",
    "reason",
]
