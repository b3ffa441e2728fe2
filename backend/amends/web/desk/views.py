"""Which lists does a member come back to?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.desk import views
from amends.services.team.members import Member
from amends.web import forms
from amends.web.desk import filters_view
from amends.web.security import Policy
from amends.web.templating import query


class ViewForm(msgspec.Struct):
    """What it is called, and whether everybody sees it."""

    name: str = ""
    shared: bool = False


@post("/views", status_code=303, opt={"policy": Policy.SIGNED_IN})
async def keep(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Redirect:
    """Keeps the list at hand under a name."""
    form = await forms.decode(request, ViewForm)
    wanted = filters_view.read(await forms.typed(request), reader=member.id)
    written = filters_view.written(wanted, reader=member.id)
    await views.keep(form.name, written, shared=form.shared, by=member, now=now)
    return Redirect(f"/cases{query(written, notice='saved')}", status_code=303)


@post("/views/{view_id:uuid}/remove", status_code=303, opt={"policy": Policy.SIGNED_IN})
async def remove(view_id: FromPath[UUID], member: NamedDependency[Member]) -> Redirect:
    """Removes a list; the cases stay."""
    await views.remove(view_id, by=member)
    return Redirect("/cases?notice=removed", status_code=303)


routes = (keep, remove)
