"""Batch changes of cases: preview, apply, undo."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.vocabulary import Severity
from amends.rules.workflow.batches import Deed, Wish
from amends.services.desk import themes
from amends.services.team import members
from amends.services.workflow import batches
from amends.services.workflow.batches import Line, WishIncomplete
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, submit_or_redisplay
from amends.web.security import Policy
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


async def _form(
    here: Here, *, typed: Typed = NOTHING_TYPED, lines: Sequence[Line] | None = None
) -> Response[bytes]:
    """The form for the cases that were chosen; `lines` say what would happen to them."""
    chosen = typed.several.get("number", here.request.query_params.getall("number", []))
    numbers = [int(one) for one in chosen if one.isdecimal()]
    page = presenter.several(
        lines if lines is not None else await batches.of_numbers(numbers, by=here.member),
        looked=lines is not None,
        typed=typed,
        members=await members.everyone(),
        themes=await themes.everything(),
    )
    return await here.render("batches/several.html", page=page, status=typed.status)


@get(PAGE, opt={"policy": Policy.WORK})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The cases that were chosen, and what can be done with all of them."""
    return await _form(here)


@post(PAGE, status_code=200, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_form)
async def do(here: NamedDependency[Here]) -> Response[Any]:
    """Shows what would happen to each case; does it once that has been looked at."""
    form = await here.form(WishForm)
    wish = _wish(form)
    if form.sure:
        batch_id = await batches.carry_out(here.act, form.number, wish)
        return Redirect(f"{PAGE}/{batch_id}", status_code=303)
    lines = await batches.rehearse(here.act, form.number, wish)
    return await _form(here, typed=Typed(values=await here.typed()), lines=lines)


@get(f"{PAGE}/{{batch_id:uuid}}", opt={"policy": Policy.WORK})
async def done(here: NamedDependency[Here], batch_id: FromPath[UUID]) -> Response[bytes]:
    """What happened to each case, and the way back."""
    found = await batches.find_done(here.act, batch_id)
    return await here.render("batches/done.html", page=presenter.done(found, now=here.now))


@post(f"{PAGE}/{{batch_id:uuid}}/undo", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def undo(here: NamedDependency[Here], batch_id: FromPath[UUID]) -> Redirect:
    """Puts back each case that nobody has changed since."""
    await batches.undo(here.act, batch_id)
    return Redirect(f"{PAGE}/{batch_id}", status_code=303)


def _wish(form: WishForm) -> Wish:
    if form.deed is None:
        raise WishIncomplete(fields={"deed": WishIncomplete.title()})
    said = {name: getattr(form, name) for name in ("owner", "severity", "theme", "until", "reason")}
    return Wish(deed=form.deed, **said)


routes = (show, do, done, undo)
