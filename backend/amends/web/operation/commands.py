"""Command palette: places and commands by name."""

from litestar import Response, get
from litestar.di import NamedDependency

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.web.page_kit import Here
from amends.web.security import Policy

PLACES: tuple[tuple[str, str, str], ...] = (
    ("/", N_("Today"), "g t"),
    ("/triage", N_("Triage"), "g n"),
    ("/cases", N_("Cases"), "g c"),
    ("/cases/board", N_("Board"), ""),
    ("/cases/new", N_("New case"), ""),
    ("/cases/import", N_("Import cases"), ""),
    ("/people", N_("People"), "g p"),
    ("/agenda", N_("Agenda"), "g a"),
    ("/replies", N_("Replies"), "g l"),
    ("/approvals", N_("Approvals"), "g d"),
    ("/settings", N_("Settings"), "g s"),
    ("/settings/reminders", N_("How you are nudged"), ""),
    ("/settings/duties", N_("On duty"), ""),
    ("/settings/policy", N_("Times"), ""),
    ("/settings/calendar", N_("Calendar"), ""),
    ("/settings/replies", N_("Answering"), ""),
    ("/settings/themes", N_("Themes"), ""),
    ("/settings/worker", N_("The worker"), ""),
    ("/settings/figures", N_("Do nudges work?"), ""),
    ("/settings/extension", N_("Extension health"), ""),
    ("/pair", N_("Pair a browser"), ""),
    ("/sample", N_("Sample post"), ""),
    ("/shortcuts", N_("Keyboard shortcuts"), "?"),
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
