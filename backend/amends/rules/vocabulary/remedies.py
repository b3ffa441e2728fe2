"""Vocabulary of remedies."""

from enum import StrEnum


class RemedyKind(StrEnum):
    """What sort of thing is offered (P52)."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    VOUCHER = "voucher"
    APOLOGY = "apology"
    OTHER = "other"


class RemedyState(StrEnum):
    """How it stands: a lead is asked, it was refused, offered, accepted, declined, or delivered."""

    ASKED = "asked"
    REFUSED = "refused"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELIVERED = "delivered"
