"""Command palette: places and commands by name."""

from litestar import Response, get
from litestar.di import NamedDependency

from amends.i18n import gettext as _
from amends.i18n import mark
from amends.web.page_kit import Here
from amends.web.security import Policy

PLACES: tuple[tuple[str, str, str], ...] = (
    ("/", mark("Today"), "g t"),
    ("/triage", mark("Triage"), "g n"),
    ("/cases", mark("Cases"), "g c"),
    ("/cases/board", mark("Board"), ""),
    ("/cases/new", mark("New case"), ""),
    ("/cases/import", mark("Import cases"), ""),
    ("/people", mark("People"), "g p"),
    ("/agenda", mark("Agenda"), "g a"),
    ("/replies", mark("Replies"), "g l"),
    ("/approvals", mark("Approvals"), "g d"),
    ("/settings", mark("Settings"), "g s"),
    ("/settings/reminders", mark("How you are nudged"), ""),
    ("/settings/duties", mark("On duty"), ""),
    ("/settings/policy", mark("Times"), ""),
    ("/settings/calendar", mark("Calendar"), ""),
    ("/settings/replies", mark("Answering"), ""),
    ("/settings/themes", mark("Themes"), ""),
    ("/settings/worker", mark("The worker"), ""),
    ("/settings/figures", mark("Do nudges work?"), ""),
    ("/settings/extension", mark("Extension health"), ""),
    ("/pair", mark("Pair a browser"), ""),
    ("/sample", mark("Sample post"), ""),
    ("/shortcuts", mark("Keyboard shortcuts"), "?"),
)
"""Address, name and keys of every place that has a name of its own."""


@get("/commands", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Every place; inside a dialog, where a script adds what the page itself can do."""
    places = [(address, _(name), keys) for address, name, keys in PLACES]
    if here.wants_fragment:
        return await here.render("commands/_list.html", frame=None, places=places)
    return await here.render("commands/index.html", places=places)


routes = (show,)
