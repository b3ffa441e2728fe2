"""Keyboard shortcuts."""

import re

from litestar import Response, get
from litestar.di import NamedDependency

from amends.i18n import gettext as _
from amends.i18n import mark
from amends.web.page_kit import Here
from amends.web.security import Policy

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        mark("Everywhere"),
        (
            ("g t", mark("Today")),
            ("g n", mark("Triage")),
            ("g c", mark("Cases")),
            ("g p", mark("People")),
            ("g a", mark("Agenda")),
            ("g l", mark("Replies")),
            ("g d", mark("Approvals")),
            ("g s", mark("Settings")),
            ("/", mark("Search the cases")),
            ("?", mark("This list")),
            ("Ctrl+K", mark("Commands")),
            ("Esc", mark("Leave a field or a dialog")),
            ("Ctrl+Enter", mark("Send the form you are in")),
        ),
    ),
    (
        mark("In lists"),
        (
            ("j", mark("Next case")),
            ("k", mark("Previous case")),
            ("Enter", mark("Open it")),
            ("x", mark("Choose it, to change several")),
            ("a", mark("New case")),
        ),
    ),
    (
        mark("In triage"),
        (
            ("1–4", mark("Severity")),
            ("a", mark("Answer")),
            ("c", mark("Clarify")),
            ("f", mark("Fix")),
            ("w", mark("Watch in silence")),
            ("x", mark("Escalate")),
            ("l", mark("Let go")),
            ("r", mark("Why this way?")),
            ("e", mark("Decide, and go on")),
            ("[ ]", mark("The case before, the case after")),
        ),
    ),
    (
        mark("In approvals"),
        (
            ("a", mark("Approve")),
            ("e", mark("Change it, then approve")),
            ("r", mark("Send it back")),
        ),
    ),
    (
        mark("On a case"),
        (
            ("e", mark("Next step")),
            ("1–4", mark("Severity, where the next step asks for it")),
            ("r", mark("Answer in public")),
            ("n", mark("Note")),
            ("i", mark("Assign to me")),
            ("o", mark("Owner")),
            ("s", mark("Snooze")),
            ("l", mark("Themes")),
            ("z", mark("Undo the last move")),
            (".", mark("Copy the reference")),
            ("u", mark("Back to the list")),
        ),
    ),
)

CHANGEABLE = re.compile(r"(g )?[^\s?jk]")
"""Keys instead of which another can be pressed; this list and the way through lists stay where they are."""


@get("/shortcuts", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Every key with what it does; inside a dialog when a script asks for it."""
    keys = {key for _where, table in KEYS for key, _what in table}
    shown = {"groups": groups(), "changeable": {key for key in keys if CHANGEABLE.fullmatch(key)}}
    if here.wants_fragment:
        return await here.render("shortcuts/_table.html", frame=None, shown=shown)
    return await here.render("shortcuts/index.html", shown=shown)


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys by where they work."""
    return [(_(where), [(keys, _(what)) for keys, what in table]) for where, table in KEYS]


routes = (show,)
