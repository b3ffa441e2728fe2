"""Which keys are there, and how are they switched off?"""

from typing import Any

from litestar import Request, Response, get

from amends.i18n import gettext as _
from amends.web.security import Policy
from amends.web.templating import render, wants_fragment


@get("/shortcuts", opt={"policy": Policy.SIGNED_IN})
async def show(request: Request[Any, Any, Any]) -> Response[str]:
    """Every key with what it does; inside a dialog when a script asks for it."""
    if wants_fragment(request):
        return await render(request, "shortcuts/_table.html", frame=None, groups=groups())
    return await render(request, "shortcuts/index.html", groups=groups())


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys by where they work."""
    return [
        (
            _("Everywhere"),
            [
                ("g t", _("Today")),
                ("g c", _("Cases")),
                ("g a", _("Agenda")),
                ("g l", _("Replies")),
                ("g s", _("Settings")),
                ("/", _("Search the cases")),
                ("?", _("This list")),
                ("Esc", _("Leave a field or a dialog")),
                ("Ctrl+Enter", _("Send the form you are in")),
            ],
        ),
        (
            _("In lists"),
            [
                ("j", _("Next case")),
                ("k", _("Previous case")),
                ("Enter", _("Open it")),
                ("a", _("New case")),
            ],
        ),
        (
            _("On a case"),
            [
                ("e", _("Next step")),
                ("1–4", _("Severity, where the next step asks for it")),
                ("n", _("Note")),
                ("i", _("Assign to me")),
                ("o", _("Owner")),
                ("s", _("Snooze")),
                ("z", _("Undo the last move")),
                (".", _("Copy the reference")),
                ("u", _("Back to the list")),
            ],
        ),
    ]


routes = (show,)
