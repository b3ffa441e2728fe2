"""Service worker, and the page that it shows where Amends cannot be reached."""

from typing import Any

from litestar import Request, Response, get
from msgspec import Struct

from amends.i18n import LANGUAGES, use_language
from amends.i18n import gettext as _
from amends.web import templating
from amends.web.security import Policy
from amends.web.static_files import loaded


class Spoken(Struct, frozen=True):
    """What the page says in one language."""

    language: str
    title: str
    sentences: tuple[str, ...]
    again: str


def texts() -> list[Spoken]:
    """The page in every language, for nobody can be asked for theirs."""
    spoken = []
    for language in LANGUAGES:
        with use_language(language):
            spoken.append(Spoken(language, _("You are offline"), _sentences(), _("Try to open Today")))
    return spoken


def _sentences() -> tuple[str, ...]:
    return (
        _("This device has no connection, or Amends cannot be reached. This page is kept in your browser."),
        _("The page you wanted was not loaded. Reload it once you are connected."),
        _(
            "What you have typed into a form, except passwords and files, stays in its tab until Amends has "
            "accepted it."
        ),
    )


@get("/service-worker.js", opt={"policy": Policy.PUBLIC})
async def service_worker() -> Response[bytes]:
    """The script, at the root: a worker may act for the pages below its own address alone."""
    script = loaded().files["js/service-worker.js"]
    return Response(script.content, media_type=script.media_type)


@get("/offline", opt={"policy": Policy.PUBLIC})
async def offline(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The page that browsers keep: the same for everybody, in both languages, without scripts."""
    return await templating.render(request, "offline/index.html", frame=None, texts=texts())


routes = (service_worker, offline)
