"""Erasure of a person: what goes and what stays, and the form that does it."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from amends.gateways.erased_list import ErasedList
from amends.services.operation.privacy import erasures
from amends.services.person import account_matches
from amends.web.confirmation import confirmed
from amends.web.operation import erasing_view, privacy_report
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed
from amends.web.security import Policy

PERSON = "/people/{author:uuid}/erase"
PAGE = "/settings/privacy"
Parts = Annotated[list[str], Meta(max_length=5_000)]


class ErasureForm(msgspec.Struct):
    """The name of the person, and what is about them of what was shown."""

    name: str = ""
    erase: Parts = []
    shown: Parts = []


async def page(here: Here, *, author: UUID, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """What erasing the person would do."""
    seen = await erasures.preview(author, by=here.member, now=here.now)
    return await here.render(
        "privacy/erase.html",
        status=typed.status,
        page=erasing_view.erasure_page(seen, await account_matches.of(author), typed, now=here.now),
        typed=typed,
    )


@get(PERSON, opt={"policy": Policy.ADMIN})
async def preview(here: NamedDependency[Here], author: FromPath[UUID]) -> Response[bytes]:
    """What goes and what stays; nothing is erased."""
    return await page(here, author=author)


@post(PERSON, status_code=303, opt={"policy": Policy.ADMIN})
@confirmed
@redisplayed(page)
async def erase(here: NamedDependency[Here], author: FromPath[UUID]) -> Response[Any]:
    """Erases the person for good; the worker compacts the database afterwards."""
    form = await here.form(ErasureForm)
    await erasures.erase(
        here.act,
        author,
        name=form.name,
        keeping=frozenset(form.shown) - frozenset(form.erase),
        secrets=here.secrets,
        erased_list=ErasedList(here.settings.data_dir),
    )
    return Redirect(f"{PAGE}?notice=erased", status_code=303)


@get(PAGE, opt={"policy": Policy.ADMIN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Who was erased, without names: when, by whom, how much, and whether it is cleaned up."""
    found = [erasing_view.line(row, now=here.now) for row in await erasures.all_of_them()]
    return await here.render("settings/privacy.html", erasures=found, held=privacy_report.shown())


@get(f"{PAGE}/report.csv", opt={"policy": Policy.ADMIN})
async def report(here: NamedDependency[Here]) -> Response[bytes]:
    """What is held of people, as a table."""
    headers = {"content-disposition": 'attachment; filename="amends-personal-data.csv"'}
    return Response(privacy_report.as_csv(), media_type="text/csv", headers=headers)


routes = (preview, erase, show, report)
