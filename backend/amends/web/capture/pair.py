"""Pairing of a browser extension, and its packages to be installed."""

import asyncio
from functools import cache

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from amends.gateways import extension_package
from amends.services.team import browsers, codes, teams
from amends.web.capture.bookmarklet import bookmark
from amends.web.confirmation import confirmed
from amends.web.page_kit import Here
from amends.web.security import Policy


@get("/pair", opt={"policy": Policy.WORK})
@confirmed
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The page whose code the extension reads when its button is clicked here."""
    team = await teams.find()
    code = await codes.make("pair", here.member.id, now=here.now)
    return await here.render(
        "pair/index.html",
        code=code,
        code_hash=codes.hash_of(code),
        server=here.settings.base_url,
        team=team.name if team else "Amends",
        minutes=codes.LIFETIMES["pair"].seconds // 60,
        paired=None,
        bookmark=bookmark(here.settings.base_url),
        has_packages=extension_package.source() is not None,
    )


@get("/pair/browsers", opt={"policy": Policy.WORK})
async def show_paired(here: NamedDependency[Here], code: FromQuery[str] = "") -> Response[bytes]:
    """The part of the page that changes when its own code, named by its hash, has paired a browser."""
    paired = await browsers.paired_with(code, here.member.id, now=here.now)
    return await here.render("pair/_paired.html", frame=None, paired=paired, code_hash=code[:64])


@get("/pair/extension/{store:str}", opt={"policy": Policy.WORK})
async def download(store: FromPath[str]) -> Response[bytes]:
    """The extension as one file, for the browsers of a store."""
    if store not in extension_package.STORES or not extension_package.source():
        raise NotFoundException
    package = await asyncio.to_thread(_package, store)
    name = extension_package.file_name(store)
    return Response(
        package,
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@cache
def _package(store: str) -> bytes:
    folder = extension_package.source()
    return extension_package.packed(folder, store) if folder else b""


routes = (show, show_paired, download)
