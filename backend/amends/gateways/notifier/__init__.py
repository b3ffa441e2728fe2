"""Notifier: sends a `Message` to a target's address and returns a `Result`.

`policy` and `sandbox_client` are imported by their own names: the child, which imports this package too,
needs neither them nor what they load.
"""

from amends.gateways.notifier.contract import (
    PICTURE,
    Message,
    Notifier,
    NotifierIsBusy,
    Outcome,
    Push,
    Result,
)

__all__ = ["PICTURE", "Message", "Notifier", "NotifierIsBusy", "Outcome", "Push", "Result"]
