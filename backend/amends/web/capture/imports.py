"""How does a team bring in the complaints that it kept in a table until now?"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.capture.sheets import LARGEST_BYTES, MOST_LINES
from amends.services.capture import imports
from amends.services.team.members import Member
from amends.web import dates, forms
from amends.web.capture.imports_view import columns, import_page, template
from amends.web.security import Policy
from amends.web.templating import render

A_WEEK = timedelta(days=7)


class ImportForm(msgspec.Struct):
    """By when the imported cases are to have been looked at."""

    look_on: date


@get("/cases/import", opt={"policy": Policy.LEAD})
async def show(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The form for a table, and what its columns mean."""
    return await _form(request)


@get("/cases/import/template.csv", opt={"policy": Policy.LEAD})
async def show_template() -> Response[str]:
    """A table to be filled in."""
    headers = {"content-disposition": 'attachment; filename="amends-cases.csv"'}
    return Response(template(), media_type="text/csv", headers=headers)


@post("/cases/import", opt={"policy": Policy.LEAD}, request_max_body_size=4 * LARGEST_BYTES)
async def upload(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """Keeps the table and shows what would happen; no case is made."""
    given = (await request.form()).get("table")
    content = await given.read() if isinstance(given, UploadFile) else b""
    try:
        if not content:
            raise forms.FormIsIncomplete(_("Choose a file."))
        upload_id = await imports.keep(content, by=member, now=now)
    except Invalid as error:
        return await _form(request, error=error.detail, status=error.status)
    return Redirect(f"/cases/import/{upload_id}", status_code=303)


@get("/cases/import/{upload_id:uuid}", opt={"policy": Policy.LEAD})
async def rehearse(
    request: Request[Any, Any, Any],
    upload_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    """What would happen, line by line; after importing, what happened."""
    return await _rehearsed(request, upload_id, member=member, now=now)


@post("/cases/import/{upload_id:uuid}", opt={"policy": Policy.LEAD})
async def make(
    request: Request[Any, Any, Any],
    upload_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Makes cases of the lines that are right and new."""
    try:
        form = await forms.decode(request, ImportForm)
        await imports.make(upload_id, look_on=form.look_on, by=member, now=now)
    except Invalid as error:
        return await _rehearsed(request, upload_id, member=member, now=now, error=error)
    return Redirect(f"/cases/import/{upload_id}?notice=imported", status_code=303)


async def _form(request: Request[Any, Any, Any], *, error: str = "", status: int = 200) -> Response[bytes]:
    return await render(
        request, "imports/index.html", status=status, error=error, columns=columns(), most=MOST_LINES
    )


async def _rehearsed(
    request: Request[Any, Any, Any],
    upload_id: UUID,
    *,
    member: Member,
    now: datetime,
    error: Invalid | None = None,
) -> Response[bytes]:
    rehearsal = await imports.rehearse(upload_id, by=member, now=now)
    typed = await forms.typed(request) if error else {}
    return await render(
        request,
        "imports/show.html",
        status=error.status if error else 200,
        page=import_page(upload_id, rehearsal, now=now),
        look_on=typed.get("look_on", (dates.local_day(now) + A_WEEK).isoformat()),
        wrong=error.fields if error else {},
    )


routes = (show, show_template, upload, rehearse, make)
