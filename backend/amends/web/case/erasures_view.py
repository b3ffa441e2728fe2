"""The erasure ahead of a case, ready to show."""

import msgspec

from amends.services.case.erasures_ahead import Erasure
from amends.web import dates


class ErasureShown(msgspec.Struct, frozen=True, kw_only=True):
    """From which day a case is erased for good, or until when it is kept: one of the two is empty."""

    goes: str = ""
    kept_until: str = ""


def shown(erasure: Erasure | None) -> ErasureShown | None:
    """What there is to say; nothing of a case that is not on the list."""
    if erasure is None:
        return None
    if erasure.kept_until:
        return ErasureShown(kept_until=dates.day(erasure.kept_until))
    return ErasureShown(goes=dates.first_day(erasure.goes_at))
