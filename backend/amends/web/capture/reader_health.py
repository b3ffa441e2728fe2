"""Health of the extension's readers."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from amends.i18n import gettext as _
from amends.rules.team.percentages import percent
from amends.services.capture import readers
from amends.services.capture.readers import ReaderHealth
from amends.web.capture.labels import posts
from amends.web.page_kit import Here
from amends.web.security import Policy


class MissingPart(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a post that could not be read, in how many of the captures; `percent` as it is shown."""

    name: str
    count: int
    percent: int


class ReaderShown(msgspec.Struct, frozen=True, kw_only=True):
    """One reader in one version, every string ready."""

    name: str
    version: str
    captures: int
    missing: list[MissingPart]


@get("/settings/extension", opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """What each reader could not read in the last 30 days: a site that changed its layout shows here."""
    found = await readers.health(now=here.now)
    return await here.render(
        "settings/extension.html",
        readers=[_shown(one) for one in found],
        days=readers.PERIOD.days,
    )


def _shown(reader: ReaderHealth) -> ReaderShown:
    return ReaderShown(
        name=reader.name or _("No extractor"),
        version=reader.version,
        captures=reader.captures,
        missing=[
            MissingPart(name=posts.part(name), count=count, percent=percent(count, reader.captures))
            for name, count in reader.missing
        ],
    )


routes = (show,)
