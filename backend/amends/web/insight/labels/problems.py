"""Labels of problems: their states, and the lines of their history."""

from collections.abc import Callable, Mapping
from typing import Any

from amends.i18n import N_, ngettext
from amends.i18n import gettext as _
from amends.rules.vocabulary import ProblemEntry, ProblemState
from amends.web.labels import reference

STATES = {
    ProblemState.OPEN: ("today", N_("In progress")),
    ProblemState.FIXED: ("won", N_("Solved")),
    ProblemState.DROPPED: ("closed", N_("Not a problem")),
}
"""Tone and word of each state."""
FIELDS = {
    "title": N_("title"),
    "cause": N_("cause"),
    "action": N_("corrective action"),
    "owner": N_("owner"),
    "due_at": N_("date"),
    "cost": N_("cost"),
}

Told = Mapping[str, Any]


def _linked(told: Told) -> str:
    numbers = told.get("cases") or []
    words = ngettext("linked %(num)d case: %(cases)s", "linked %(num)d cases: %(cases)s", len(numbers))
    return words % {"num": len(numbers), "cases": ", ".join(reference(one) for one in numbers)}


def _changed(told: Told) -> str:
    fields = ", ".join(_(FIELDS[one]) for one in told.get("fields", []) if one in FIELDS)
    return _("changed: %(fields)s") % {"fields": fields}


def _worded(told: Told) -> str:
    if not any(told.get(f"{told['what']}_{language}") for language in ("en", "fr")):
        is_line = told["what"] == "line"
        return _("cleared the public line") if is_line else _("cleared what people are told")
    return _("wrote the public line") if told["what"] == "line" else _("wrote what people are told")


def _returned(told: Told) -> str:
    people = int(told.get("people", 0))
    words = ngettext(
        "is open again: %(num)d person wrote after the fix",
        "is open again: %(num)d people wrote after the fix",
        people,
    )
    return words % {"num": people}


TOLD: dict[ProblemEntry, Callable[[Told], str]] = {
    ProblemEntry.OPENED: lambda told: _("opened the problem"),
    ProblemEntry.CHANGED: _changed,
    ProblemEntry.LINKED: _linked,
    ProblemEntry.UNLINKED: lambda told: _("took out case #%(number)s") % {"number": told.get("case", "")},
    ProblemEntry.WORDED: _worded,
    ProblemEntry.APPROVED: lambda told: _("approved what people are told"),
    ProblemEntry.FIXED: lambda told: _("said that it is fixed"),
    ProblemEntry.TOLD: lambda told: (
        _("told the person of case #%(number)s") % {"number": told.get("case", "")}
    ),
    ProblemEntry.RETURNED: _returned,
    ProblemEntry.REOPENED: lambda told: _("opened it again"),
    ProblemEntry.DROPPED: lambda told: _("said that it is not a problem"),
}


def told(kind: ProblemEntry, particulars: Told) -> str:
    """What was done, in the reader's language."""
    return TOLD[kind](particulars)


def words(particulars: Told) -> tuple[str, ...]:
    """The words that were written then, in whichever language."""
    kept = ("title", "cause", "action", "line_en", "line_fr", "change_en", "change_fr", "en", "fr", "reason")
    return tuple(str(particulars[name]) for name in kept if particulars.get(name))
