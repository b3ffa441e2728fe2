"""How does a member change many cases at once: look first, do it, take it back?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import Invalid
from amends.rules.vocabulary import Severity
from amends.rules.workflow.batches import Deed, Wish
from amends.services.desk import themes
from amends.services.team import members
from amends.services.team.members import Member
from amends.services.workflow import batches
from amends.services.workflow.batches import Line, WishIncomplete
from amends.web import forms
from amends.web.security import Policy
from amends.web.templating import render
from amends.web.workflow import batches_view as presenter

PAGE = "/cases/several"


class WishForm(msgspec.Struct):
    """Which cases, what is to be done, and whether it has been looked at."""

    number: list[int] = []
    deed: Deed | None = None
    owner: UUID | None = None
    severity: Severity | None = None
    theme: UUID | None = None
    until: datetime | None = None
    reason: str = ""
    sure: bool = False


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(request: Request[Any, Any, Any], member: NamedDependency[Member]) -> Response[bytes]:
    """The cases that were chosen, and what can be done with all of them."""
    numbers = [int(one) for one in request.query_params.getall("number", []) if one.isdecimal()]
    return await _form(request, WishForm(number=numbers), member=member)


@post(PAGE, status_code=200, opt={"policy": Policy.SIGNED_IN})
async def do(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """Shows what would happen to each case; does it once that has been looked at."""
    form = await forms.decode(request, WishForm)
    try:
        wish = _wish(form)
        if form.sure:
            batch_id = await batches.carry_out(form.number, wish, by=member, now=now)
            return Redirect(f"{PAGE}/{batch_id}", status_code=303)
        lines = await batches.rehearse(form.number, wish, by=member, now=now)
    except Invalid as error:
        return await _form(request, form, member=member, error=error)
    return await _form(request, form, member=member, lines=lines)


@get(f"{PAGE}/{{batch_id:uuid}}", opt={"policy": Policy.SIGNED_IN})
async def done(
    request: Request[Any, Any, Any],
    batch_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    """What happened to each case, and the way back."""
    found = await batches.find_done(batch_id, by=member, now=now)
    return await render(request, "batches/done.html", page=presenter.done(found, now=now))


@post(f"{PAGE}/{{batch_id:uuid}}/undo", status_code=303, opt={"policy": Policy.SIGNED_IN})
async def undo(
    batch_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Redirect:
    """Puts back each case that nobody has changed since."""
    await batches.undo(batch_id, by=member, now=now)
    return Redirect(f"{PAGE}/{batch_id}", status_code=303)


def _wish(form: WishForm) -> Wish:
    if form.deed is None:
        raise WishIncomplete(fields={"deed": WishIncomplete.title()})
    said = {name: getattr(form, name) for name in ("owner", "severity", "theme", "until", "reason")}
    return Wish(deed=form.deed, **said)


async def _form(
    request: Request[Any, Any, Any],
    form: WishForm,
    *,
    member: Member,
    lines: list[Line] | None = None,
    error: Invalid | None = None,
) -> Response[bytes]:
    typed = await forms.typed(request) if request.method == "POST" else {}
    page = presenter.several(
        lines if lines is not None else await batches.of_numbers(form.number, by=member),
        typed=typed,
        looked=lines is not None,
        members=await members.everyone(),
        themes=await themes.everything(),
        wrong=error.fields if error else {},
        problem=error.detail if error and not error.fields else "",
    )
    return await render(request, "batches/several.html", page=page, status=error.status if error else 200)


routes = (show, do, done, undo)
