"""Mails that came in: kept once, listed while they wait, put aside, and forgotten."""

from amends.services.capture.mails.alerts import propose, source_of
from amends.services.capture.mails.forgetting import erase_gone, forget, forget_old, leave_original
from amends.services.capture.mails.keeping import NewMail, keep, prepare, store
from amends.services.capture.mails.waiting import (
    MOST_SHOWN,
    WAITS,
    MailSettled,
    MailShown,
    MailUnknown,
    MailWhole,
    content_of,
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
    "WAITS",
    "MailSettled",
    "MailShown",
    "MailUnknown",
    "MailWhole",
    "NewMail",
    "content_of",
    "decided_lately",
    "erase_gone",
    "find",
    "forget",
    "forget_old",
    "how_many_wait",
    "keep",
    "leave_original",
    "original",
    "prepare",
    "propose",
    "put_back",
    "set_aside",
    "settled",
    "source_of",
    "store",
    "waiting",
]
