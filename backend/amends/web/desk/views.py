"""Saved views."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.desk import views
from amends.web.desk import filters
from amends.web.desk.cases import list_page
from amends.web.page_kit import Here, answered_once, submit_or_redisplay
from amends.web.security import Policy
from amends.web.templating import query


class ViewForm(msgspec.Struct):
    """What it is called, and whether everybody sees it."""

    name: str = ""
    shared: bool = False


@post("/views", status_code=303, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(list_page, "view")
async def keep(here: NamedDependency[Here]) -> Response[Any]:
    """Keeps the list at hand under a name."""
    form = await here.form(ViewForm)
    wanted = filters.read(await here.typed(), reader=here.member.id)
    written = filters.written(wanted, reader=here.member.id)
    await views.keep(here.act, form.name, written, shared=form.shared)
    return Redirect(f"/cases{query(written, notice='saved')}", status_code=303)


@post("/views/{view_id:uuid}/remove", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def remove(here: NamedDependency[Here], view_id: FromPath[UUID]) -> Redirect:
    """Removes a list; the cases stay."""
    await views.remove(view_id, by=here.member)
    return Redirect("/cases?notice=removed", status_code=303)


routes = (keep, remove)
