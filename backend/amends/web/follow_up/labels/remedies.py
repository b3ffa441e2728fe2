"""Labels of remedies: kind, state and cost."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_currency

from amends.i18n import N_, language
from amends.i18n import gettext as _
from amends.rules.vocabulary import RemedyKind, RemedyState

KINDS = {
    RemedyKind.REFUND: N_("Refund"),
    RemedyKind.REPLACEMENT: N_("Replacement"),
    RemedyKind.REPAIR: N_("Repair"),
    RemedyKind.VOUCHER: N_("Voucher"),
    RemedyKind.APOLOGY: N_("Apology"),
    RemedyKind.OTHER: N_("Something else"),
}
STATES = {
    RemedyState.ASKED: N_("awaiting approval"),
    RemedyState.REFUSED: N_("not approved"),
    RemedyState.OFFERED: N_("offered"),
    RemedyState.ACCEPTED: N_("accepted"),
    RemedyState.DECLINED: N_("declined"),
    RemedyState.DELIVERED: N_("delivered"),
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
    RemedyState.ASKED: N_("asked for approval of a remedy: %(what)s"),
    RemedyState.REFUSED: N_("refused a remedy: %(what)s"),
    RemedyState.OFFERED: N_("offered a remedy: %(what)s"),
    RemedyState.ACCEPTED: N_("recorded the acceptance of: %(what)s"),
    RemedyState.DECLINED: N_("recorded the refusal of: %(what)s"),
    RemedyState.DELIVERED: N_("delivered a remedy: %(what)s"),
}
AGREED = N_("approved a remedy: %(what)s")
"""What a lead did by whom it is offered now."""


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
    words = AGREED if particulars.get("agreed") else TOLD[RemedyState(particulars["state"])]
    return _(words) % {"what": f"{what} {cost}".strip()}
