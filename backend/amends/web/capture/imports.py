"""Import of complaints from a table."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.capture.sheets import LARGEST_BYTES, MOST_LINES
from amends.services.capture import imports
from amends.web import dates, forms
from amends.web.capture.imports_view import columns, import_page, template
from amends.web.page_kit import Here
from amends.web.security import Policy

A_WEEK = timedelta(days=7)


class ImportForm(msgspec.Struct):
    """By when the imported cases are to have been looked at."""

    look_on: date


@get("/cases/import", opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The form for a table, and what its columns mean."""
    return await _form(here)


@get("/cases/import/template.csv", opt={"policy": Policy.LEAD})
async def show_template() -> Response[str]:
    """A table to be filled in."""
    headers = {"content-disposition": 'attachment; filename="amends-cases.csv"'}
    return Response(template(), media_type="text/csv", headers=headers)


@post("/cases/import", opt={"policy": Policy.LEAD}, request_max_body_size=4 * LARGEST_BYTES)
async def upload(here: NamedDependency[Here]) -> Response[Any]:
    """Keeps the table and shows what would happen; no case is made."""
    given = (await here.request.form()).get("table")
    content = await given.read() if isinstance(given, UploadFile) else b""
    try:
        if not content:
            raise forms.FormIsIncomplete(_("Choose a file."))
        upload_id = await imports.keep(here.act, content)
    except Invalid as error:
        return await _form(here, error=error.detail, status=error.status)
    return Redirect(f"/cases/import/{upload_id}", status_code=303)


@get("/cases/import/{upload_id:uuid}", opt={"policy": Policy.LEAD})
async def rehearse(here: NamedDependency[Here], upload_id: FromPath[UUID]) -> Response[bytes]:
    """What would happen, line by line; after importing, what happened."""
    return await _rehearsed(
        here,
        upload_id,
    )


@post("/cases/import/{upload_id:uuid}", opt={"policy": Policy.LEAD})
async def make(here: NamedDependency[Here], upload_id: FromPath[UUID]) -> Response[Any]:
    """Makes cases of the lines that are right and new."""
    try:
        form = await here.form(ImportForm)
        await imports.make(here.act, upload_id, look_on=form.look_on)
    except Invalid as error:
        return await _rehearsed(here, upload_id, error=error)
    return Redirect(f"/cases/import/{upload_id}?notice=imported", status_code=303)


async def _form(here: Here, *, error: str = "", status: int = 200) -> Response[bytes]:
    return await here.render(
        "imports/index.html", status=status, error=error, columns=columns(), most=MOST_LINES
    )


async def _rehearsed(here: Here, upload_id: UUID, *, error: Invalid | None = None) -> Response[bytes]:
    rehearsal = await imports.rehearse(here.act, upload_id)
    typed = await here.typed() if error else {}
    return await here.render(
        "imports/show.html",
        status=error.status if error else 200,
        page=import_page(upload_id, rehearsal, now=here.now),
        look_on=typed.get("look_on", (dates.local_day(here.now) + A_WEEK).isoformat()),
        wrong=error.fields if error else {},
    )


routes = (show, show_template, upload, rehearse, make)
