"""Command palette: pages, cases, people and prepared replies by name."""

from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case.searches import words_in
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters, CaseRow
from amends.services.person import people
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import TemplateFilters
from amends.web.case import titles
from amends.web.labels import reference
from amends.web.navigation import NAMED, SETTINGS, Place, may_open
from amends.web.page_kit import Here
from amends.web.security import Policy

OTHERS = (
    Place("/cases/new", N_("New case")),
    Place("/cases/board", N_("Board")),
    Place("/cases/import", N_("Import cases")),
    Place("/replies/new", N_("New reply")),
    Place("/feeds", N_("Feeds"), also=N_("RSS, Atom, monitoring")),
    Place("/insights/owners", N_("Insights by owner")),
    Place("/pair", N_("Pair a browser")),
    Place("/sample", N_("Sample post")),
    Place("/help", N_("Help"), "?"),
)
PLACES = (*NAMED, *OTHERS, *(place for _name, places in SETTINGS for place in places))
"""Every page with a name of its own."""
MOST = 5
LONGEST = 200
"""Letters of what is looked for."""


class Found(msgspec.Struct, frozen=True):
    """One thing that was found: what kind of thing, its name, and where it is."""

    kind: str
    name: str
    href: str


@get("/commands", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Every page that opens for the member, and what the words find; a dialog asks for that by a script."""
    words = here.query.get("words", "").strip()[:LONGEST]
    places = [
        (place.address, _(place.name), place.keys, _(place.also) if place.also else "")
        for place in PLACES
        if may_open(here.request.app, here.member, place.address)
    ]
    if here.wants_fragment:
        return await here.render("commands/_list.html", frame=None, places=places)
    named = [place for place in places if is_named(words, f"{place[1]} {place[3]}")]
    return await here.render(
        "commands/index.html", places=named, words=words, found=await _found(here, words)
    )


def is_named(words: str, name: str) -> bool:
    """Whether a name has all of these words, or their beginnings, whatever their case and accents."""
    return all(any(one.startswith(word) for one in words_in(name)) for word in words_in(words))


@get("/commands/found", opt={"policy": Policy.SIGNED_IN})
async def find(here: NamedDependency[Here]) -> Response[Any]:
    """What the words find, for the palette, while somebody types."""
    return Response([*await _found(here, here.query.get("words", "").strip()[:LONGEST])])


async def _found(here: Here, words: str) -> list[Found]:
    """The newest cases, people and prepared replies with these words, a few of each."""
    if len(words) < 2:
        return []
    about = await cases.page(CaseFilters(stage="all", words=words), now=here.now, limit=MOST)
    replies = await reply_templates.page(TemplateFilters(words=words), limit=MOST)
    return [
        *(Found(_("Case"), _named(row), f"/cases/{row.number}") for row in about.rows),
        *(
            Found(_("Person"), row.name or row.handle, f"/people/{row.author}")
            for row in await people.named(words, most=MOST)
        ),
        *(Found(_("Reply"), row.title, f"/replies/{row.id}") for row in replies.rows),
    ]


def _named(row: CaseRow) -> str:
    return f"{reference(row.number)} {titles.title(row.title, row.facts.nature)}"


routes = (show, find)
