"""How do nudges leave? `JailedNotifier` sends a `Message` to an address and answers with a `Result`."""

from amends.gateways.notifier.contract import Message, Notifier, Outcome, Result
from amends.gateways.notifier.jailed import JailedNotifier
from amends.gateways.notifier.policy import explain, in_words, mask

__all__ = ["JailedNotifier", "Message", "Notifier", "Outcome", "Result", "explain", "in_words", "mask"]
