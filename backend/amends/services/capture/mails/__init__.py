"""Mails that came in: kept once, listed while they wait, put aside, and forgotten."""

from amends.services.capture.mails.alerts import propose, source_of
from amends.services.capture.mails.forgetting import erase_gone, forget_old
from amends.services.capture.mails.keeping import keep

__all__ = [
    "erase_gone",
    "forget_old",
    "keep",
    "propose",
    "source_of",
]
