"""Mails that came in: kept once, listed while they wait, put aside, and forgotten."""

from amends.services.capture.mails.alerts import propose, source_of
from amends.services.capture.mails.forgetting import erase_gone, forget_old
from amends.services.capture.mails.keeping import keep
from amends.services.capture.mails.waiting import (
    MOST_SHOWN,
    MailSettled,
    MailShown,
    MailUnknown,
    MailWhole,
    decided_lately,
    find,
    how_many_wait,
    original,
    put_back,
    set_aside,
    settled,
    waiting,
)

__all__ = [
    "MOST_SHOWN",
    "MailSettled",
    "MailShown",
    "MailUnknown",
    "MailWhole",
    "decided_lately",
    "erase_gone",
    "find",
    "forget_old",
    "how_many_wait",
    "keep",
    "original",
    "propose",
    "put_back",
    "set_aside",
    "settled",
    "source_of",
    "waiting",
]
