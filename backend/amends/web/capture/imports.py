"""Import of complaints from a table: choose the file, map its columns, check its lines, import, stop."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.i18n import gettext as _
from amends.rules.capture.column_mapping import ColumnMapping
from amends.rules.capture.sheets import LARGEST_BYTES
from amends.services.capture import import_columns, import_overviews, imports
from amends.services.capture.imports import MOST_LINES
from amends.services.case import fields as case_fields
from amends.services.team import locations
from amends.web import dates, form_keys, forms
from amends.web.capture import imports_view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, redisplayed, submit_or_redisplay
from amends.web.security import Policy

A_WEEK = timedelta(days=7)
PAGE = "/cases/import"


class ImportForm(msgspec.Struct):
    """By when the imported cases are to have been looked at."""

    look_on: date


async def _index(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    tables = await import_overviews.of_member(here.act)
    return await here.render(
        "imports/index.html",
        status=typed.status,
        error=typed.detail,
        columns=imports_view.columns(await _known()),
        most=MOST_LINES,
        largest=LARGEST_BYTES // 1024**2,
        tables=[imports_view.progress(table, now=here.now) for table in tables],
    )


async def _known() -> imports_view.Known:
    return imports_view.Known(located=bool(await locations.offered()), fields=await case_fields.offered())


@get(PAGE, opt={"policy": Policy.LEAD})
async def show_form(here: NamedDependency[Here]) -> Response[bytes]:
    """The form for a table, what its columns mean, and the member's imports."""
    return await _index(here)


@get(f"{PAGE}/template.csv", opt={"policy": Policy.LEAD})
async def show_template() -> Response[str]:
    """A table to be filled in."""
    headers = {"content-disposition": 'attachment; filename="amends-cases.csv"'}
    table = imports_view.template(await _known())
    return Response(table, media_type="text/csv", headers=headers)


@post(PAGE, opt={"policy": Policy.LEAD}, request_max_body_size=2 * LARGEST_BYTES)
@redisplayed(_index)
async def upload(here: NamedDependency[Here]) -> Response[Any]:
    """Keeps the table and goes on to its columns; no case is made."""
    file = (await here.request.form()).get("table")
    content = await file.read() if isinstance(file, UploadFile) else b""
    if not content or not isinstance(file, UploadFile):
        raise forms.FormIsIncomplete(_("Choose a file."))
    upload_id = await imports.keep(here.act, file.filename or "", content)
    return await _to_table(here, upload_id)


async def _to_table(here: Here, upload_id: UUID) -> Redirect:
    """A long table is checked for seconds, in no transaction: its form is answered each time."""
    cookies = await form_keys.accepted(here.request)
    return Redirect(f"{PAGE}/{upload_id}", status_code=303, cookies=cookies)


async def _columns(
    here: Here, *, upload_id: UUID, typed: Typed = NOTHING_TYPED, preset: str | None = None
) -> Response[bytes]:
    kept = await imports.waiting(here.act, upload_id)
    suggested = await import_columns.suggested(kept.content, kept.header, kept.mapping, preset, MOST_LINES)
    return await here.render(
        "imports/columns.html",
        status=typed.status,
        page=imports_view.columns_page(upload_id, suggested, dict(typed.values), await _known()),
        problem=typed.problem,
        wrong=typed.errors,
    )


@get(f"{PAGE}/{{upload_id:uuid}}/columns", opt={"policy": Policy.LEAD})
async def show_columns(here: NamedDependency[Here], upload_id: FromPath[UUID]) -> Response[bytes]:
    """The columns of a table, and a field suggested for each; with `preset` as that tool has them."""
    return await _columns(here, upload_id=upload_id, preset=here.query.get("preset"))


@post(f"{PAGE}/{{upload_id:uuid}}/columns", opt={"policy": Policy.LEAD})
@redisplayed(_columns)
async def map_columns(here: NamedDependency[Here], upload_id: FromPath[UUID]) -> Response[Any]:
    """Checks every line by the columns that were chosen."""
    typed = await here.typed()
    kept = await imports.waiting(here.act, upload_id)
    fields = tuple(typed.get(f"column_{place}", "") for place in range(len(kept.header)))
    mapping = ColumnMapping(fields, typed.get("platform", "").strip(), "month_first" in typed)
    await imports.map_columns(here.act, upload_id, mapping, remember=True)
    return await _to_table(here, upload_id)


async def _page(here: Here, *, upload_id: UUID, typed: Typed = NOTHING_TYPED) -> Response[Any]:
    overview = await import_overviews.of(here.act, upload_id)
    if overview.state == "mapping":
        return Redirect(f"{PAGE}/{upload_id}/columns", status_code=303)
    return await here.render(
        "imports/show.html",
        status=typed.status,
        page=imports_view.import_page(
            overview, await import_overviews.lines(upload_id), await _known(), now=here.now
        ),
        look_on=typed.values.get("look_on", (dates.local_day(here.now) + A_WEEK).isoformat()),
        wrong=typed.errors,
        problem=typed.problem,
    )


@get(f"{PAGE}/{{upload_id:uuid}}", opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here], upload_id: FromPath[UUID]) -> Response[Any]:
    """What would happen, what happens, or what has happened, line by line."""
    return await _page(here, upload_id=upload_id)


@get(f"{PAGE}/{{upload_id:uuid}}/progress", opt={"policy": Policy.LEAD})
async def show_progress(here: NamedDependency[Here], upload_id: FromPath[UUID]) -> Response[bytes]:
    """The part of the page that counts, for a page that asks again and again."""
    overview = await import_overviews.of(here.act, upload_id)
    return await here.render("imports/_progress.html", progress=imports_view.progress(overview, now=here.now))


@post(f"{PAGE}/{{upload_id:uuid}}", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def start(here: NamedDependency[Here], upload_id: FromPath[UUID]) -> Response[Any]:
    """The lines that are right and new become cases from now on."""
    form = await here.form(ImportForm)
    await imports.start(here.act, upload_id, look_on=form.look_on)
    return Redirect(f"{PAGE}/{upload_id}", status_code=303)


@post(f"{PAGE}/{{upload_id:uuid}}/stop", opt={"policy": Policy.LEAD})
@answered_once
async def stop(here: NamedDependency[Here], upload_id: FromPath[UUID]) -> Redirect:
    """No further line becomes a case."""
    await imports.stop(here.act, upload_id)
    return Redirect(f"{PAGE}/{upload_id}", status_code=303)


routes = (
    show_form,
    show_template,
    upload,
    show_columns,
    map_columns,
    show,
    show_progress,
    start,
    stop,
)
