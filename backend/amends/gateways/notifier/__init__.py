"""Notifier: sends a `Message` to a target's address and returns a `Result`."""

from amends.gateways.notifier.contract import Message, Notifier, Outcome, Result
from amends.gateways.notifier.policy import explain, in_words, mask
from amends.gateways.notifier.sandbox_client import SandboxedNotifier

__all__ = ["Message", "Notifier", "Outcome", "Result", "SandboxedNotifier", "explain", "in_words", "mask"]
