"""Keyboard shortcuts."""

import re
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.web.navigation import NAMED
from amends.web.page_kit import Here
from amends.web.security import Policy

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("Everywhere"),
        (
            *((place.keys, place.name) for place in NAMED),
            ("/", N_("Search cases")),
            ("?", N_("Help for this page, and this list")),
            ("Ctrl+K", N_("Commands")),
            ("Esc", N_("Leave a field or a dialog")),
            ("Ctrl+Enter", N_("Submit the current form")),
        ),
    ),
    (
        N_("In lists"),
        (
            ("j", N_("Next case")),
            ("k", N_("Previous case")),
            ("Enter", N_("Open it")),
            ("x", N_("Select it, to change several")),
            ("a", N_("New case")),
        ),
    ),
    (
        N_("In triage"),
        (
            ("1–4", N_("Severity")),
            ("a", N_("Answer")),
            ("c", N_("Clarify")),
            ("f", N_("Put it right")),
            ("w", N_("Watch silently")),
            ("x", N_("Escalate")),
            ("l", N_("Closed without action")),
            ("r", N_("Why this decision?")),
            ("e", N_("Decide and continue")),
            ("[ ]", N_("Previous and next case")),
        ),
    ),
    (
        N_("In approvals"),
        (
            ("a", N_("Approve")),
            ("e", N_("Edit, then approve")),
            ("r", N_("Send back")),
        ),
    ),
    (
        N_("On a case"),
        (
            ("e", N_("Next step")),
            ("1–4", N_("Severity, where the next step asks for it")),
            ("r", N_("Answer in public")),
            ("n", N_("Note")),
            ("i", N_("Assign to me")),
            ("o", N_("Owner")),
            ("s", N_("Snooze")),
            ("l", N_("Themes")),
            ("z", N_("Undo the last action")),
            (".", N_("Copy the reference")),
            ("u", N_("Back to the list")),
        ),
    ),
)

CHANGEABLE = re.compile(r"g \S|[^\s?jk]")
"""Keys instead of which another can be pressed; this list and the way through lists stay where they are."""


@get("/shortcuts", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Every key with what it does; inside a dialog when a script asks for it."""
    if here.wants_fragment:
        return await here.render("shortcuts/_table.html", frame=None, shown=keys())
    return await here.render("shortcuts/index.html", shown=keys())


def keys() -> dict[str, Any]:
    """All keys by where they work, and which of them can be changed."""
    every = {key for _where, table in KEYS for key, _what in table}
    return {"groups": groups(), "changeable": {key for key in every if CHANGEABLE.fullmatch(key)}}


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys by where they work."""
    return [(_(where), [(keys, _(what)) for keys, what in table]) for where, table in KEYS]


routes = (show,)
