"""Complaints in proportion: how many of all customers, orders or comments of a period they are."""

from enum import StrEnum

from amends.i18n import gettext as _
from amends.i18n import language, ngettext, number
from amends.rules.team.percentages import percent

MOST = 10**12
SMALLEST = 0.01
"""In hundredths: a share that is smaller is only said to be."""


class Unit(StrEnum):
    """What a member may count outside of Amends, for a period."""

    CUSTOMERS = "customers"
    ORDERS = "orders"
    COMMENTS = "comments"


def share(part: int, whole: int) -> str:
    """A share in hundredths with two digits that say something: "0.037%", "12%"; of nothing a dash."""
    if not whole:
        return "–"
    exact = 100 * part / whole
    if part and exact < SMALLEST:
        return _("less than %(percent)s%%") % {"percent": _decimal(SMALLEST, 2)}
    if exact >= 10:
        return _("%(percent)s%%") % {"percent": percent(part, whole)}
    digits = 3 if exact < 0.1 else 2 if exact < 1 else 1
    return _("%(percent)s%%") % {"percent": _decimal(exact, digits)}


def of_total(part: int, unit: Unit, total: int) -> str:
    """The same with what it is a share of: "0.037% of 12,000 orders"."""
    match unit:
        case Unit.CUSTOMERS:
            words = ngettext("%(share)s of %(count)s customer", "%(share)s of %(count)s customers", total)
        case Unit.ORDERS:
            words = ngettext("%(share)s of %(count)s order", "%(share)s of %(count)s orders", total)
        case Unit.COMMENTS:
            words = ngettext("%(share)s of %(count)s comment", "%(share)s of %(count)s comments", total)
    return words % {"share": share(part, total), "count": number(total)}


def _decimal(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if language() == "fr" else text
