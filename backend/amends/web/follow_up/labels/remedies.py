"""Labels of remedies: kind, state and cost."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_currency

from amends.i18n import gettext as _
from amends.i18n import language, mark
from amends.rules.vocabulary import RemedyKind, RemedyState

KINDS = {
    RemedyKind.REFUND: mark("Refund"),
    RemedyKind.REPLACEMENT: mark("Replacement"),
    RemedyKind.REPAIR: mark("Repair"),
    RemedyKind.VOUCHER: mark("Voucher"),
    RemedyKind.APOLOGY: mark("Apology"),
    RemedyKind.OTHER: mark("Something else"),
}
STATES = {
    RemedyState.ASKED: mark("waits for a lead"),
    RemedyState.REFUSED: mark("not agreed to"),
    RemedyState.OFFERED: mark("offered"),
    RemedyState.ACCEPTED: mark("accepted"),
    RemedyState.DECLINED: mark("declined"),
    RemedyState.DELIVERED: mark("delivered"),
}
TONES = {
    RemedyState.ASKED: "today",
    RemedyState.REFUSED: "closed",
    RemedyState.OFFERED: "theirs",
    RemedyState.ACCEPTED: "ours",
    RemedyState.DECLINED: "closed",
    RemedyState.DELIVERED: "won",
}
TOLD = {
    RemedyState.ASKED: mark("asked a lead to agree to a remedy: %(what)s"),
    RemedyState.REFUSED: mark("did not agree to a remedy: %(what)s"),
    RemedyState.OFFERED: mark("offered a remedy: %(what)s"),
    RemedyState.ACCEPTED: mark("recorded that they accepted: %(what)s"),
    RemedyState.DECLINED: mark("recorded that they declined: %(what)s"),
    RemedyState.DELIVERED: mark("delivered a remedy: %(what)s"),
}


def kind(given: RemedyKind) -> str:
    """What sort of thing it is."""
    return _(KINDS[given])


def state(given: RemedyState) -> str:
    """How it stands."""
    return _(STATES[given])


def money(cost: int | None, currency: str) -> str:
    """Hundredths of a currency as the reader writes them; "" for nothing."""
    return "" if cost is None else format_currency(cost / 100, currency, locale=language())


def told(particulars: Mapping[str, Any]) -> str:
    """What an entry of the timeline says of a remedy."""
    cost = money(particulars.get("cost"), str(particulars.get("currency", "")))
    what = kind(RemedyKind(particulars["remedy_kind"])).lower()
    return _(TOLD[RemedyState(particulars["state"])]) % {"what": f"{what} {cost}".strip()}
