"""Dossier by link: a page for somebody without an account, and the ZIP that it gives (P71)."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from amends.services.operation import dossier_links
from amends.services.operation.dossier_links import DossierLinkGone
from amends.services.team import teams
from amends.web import dates
from amends.web.page_kit import Here
from amends.web.requests import site
from amends.web.security import Policy

PAGE = "/dossier-link"
UNSEEN = {"x-robots-tag": "noindex, nofollow, noarchive", "referrer-policy": "no-referrer"}
"""No search engine keeps it, and no other site learns the address, which is the key."""


@get(PAGE, opt={"policy": Policy.PUBLIC})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """What it is, from whom, until when, and how it is checked; the ZIP is one press away."""
    here.throttle(site(here.request).customers)
    team = await teams.find()
    dates.tell_time_in((await teams.calendar()).zone)
    try:
        found = await dossier_links.opened(_token(here), now=here.now)
    except DossierLinkGone as gone:
        shown = await here.render(
            "dossier_links/gone.html", frame=None, status=gone.status, team=team.name if team else ""
        )
    else:
        shown = await here.render(
            "dossier_links/show.html",
            frame=None,
            team=team.name if team else "",
            found=found,
            until=dates.moment(found.expires_at, now=here.now),
            made=dates.moment(found.made_at, now=here.now),
            megabytes=max(1, round(found.size / 2**20)),
            token=_token(here),
        )
    shown.headers.update(UNSEEN)
    return shown


@get(f"{PAGE}/zip", opt={"policy": Policy.PUBLIC})
async def fetch(here: NamedDependency[Here]) -> Response[Any]:
    """The ZIP as it was when the link was made. Raises DossierLinkGone."""
    here.throttle(site(here.request).customers)
    number, content = await dossier_links.fetched(_token(here), files=here.files, now=here.now)
    named = {"content-disposition": f'attachment; filename="dossier-{number}.zip"'}
    return Response(content, media_type="application/zip", headers=UNSEEN | named)


def _token(here: Here) -> str:
    """Of the address, where logs know it for a secret."""
    return here.query.get("token", "")


routes = (show, fetch)
