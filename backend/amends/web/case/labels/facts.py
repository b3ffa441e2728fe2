"""Words for the facts of a case that were corrected."""

from collections.abc import Callable, Mapping
from typing import Any

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.vocabulary import CustomerStatus, Nature
from amends.web.case.labels import FAULTS
from amends.web.labels import label


def corrected(particulars: Mapping[str, Any]) -> str:
    """What was corrected, as a predicate with the values before and after."""
    before, after = (particulars.get(name) or {} for name in ("before", "after"))
    corrected = ", ".join(
        f"{_(FACTS[name][0])}: {_fact(name, before.get(name))} → {_fact(name, value)}"
        for name, value in after.items()
    )
    if particulars.get("of_person"):
        return _("corrected, along with the person: %(facts)s") % {"facts": corrected}
    return _("corrected: %(facts)s") % {"facts": corrected}


FACTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "nature": (N_("Nature"), lambda value: label(Nature(value))),
    "customer_status": (N_("Customer"), lambda value: label(CustomerStatus(value))),
    "fault": (N_("Fault"), lambda value: _(FAULTS.get(value, ""))),
}
"""What may be corrected: what it is called, and what its values are called."""


def _fact(name: str, value: str | None) -> str:
    return FACTS[name][1](value) if value else "–"
