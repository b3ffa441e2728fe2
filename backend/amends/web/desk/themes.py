"""How does a lead look after the list of what cases can be about?"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import AmendsError, Conflict, Invalid
from amends.services.desk import themes
from amends.services.team.members import Member
from amends.web import forms
from amends.web.desk.labels import themes as theme_words
from amends.web.security import Policy
from amends.web.templating import render

PAGE = "/settings/themes"
ONE = f"{PAGE}/{{theme_id:uuid}}"


class ThemeForm(msgspec.Struct):
    """What a theme is called, and the wider one it stands under."""

    name: str = ""
    parent: UUID | None = None


class ThemeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One theme with how many cases have it, and under which others it may stand."""

    id: UUID
    name: str
    parent: str
    retired: bool
    cases: int
    wide: theme_words.Options


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The list."""
    return await _page(request)


@post(PAGE, opt={"policy": Policy.LEAD})
async def make(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """One more theme."""

    async def work() -> None:
        form = await forms.decode(request, ThemeForm)
        await themes.make(form.name, parent=form.parent, by=member, now=now)

    return await _saved_or_again(request, "new", work)


@post(ONE, opt={"policy": Policy.LEAD})
async def change(
    request: Request[Any, Any, Any], theme_id: FromPath[UUID], member: NamedDependency[Member]
) -> Response[Any]:
    """Another name, another place."""

    async def work() -> None:
        form = await forms.decode(request, ThemeForm)
        await themes.change(theme_id, form.name, parent=form.parent, by=member)

    return await _saved_or_again(request, str(theme_id), work)


@post(f"{ONE}/retire", opt={"policy": Policy.LEAD})
async def retire(
    request: Request[Any, Any, Any],
    theme_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """It is offered no more."""
    return await _saved_or_again(request, str(theme_id), lambda: themes.retire(theme_id, by=member, now=now))


@post(f"{ONE}/bring-back", opt={"policy": Policy.LEAD})
async def bring_back(
    request: Request[Any, Any, Any], theme_id: FromPath[UUID], member: NamedDependency[Member]
) -> Response[Any]:
    """It is offered again."""
    return await _saved_or_again(request, str(theme_id), lambda: themes.bring_back(theme_id, by=member))


@post(f"{ONE}/remove", opt={"policy": Policy.LEAD})
async def remove(
    request: Request[Any, Any, Any], theme_id: FromPath[UUID], member: NamedDependency[Member]
) -> Response[Any]:
    """It leaves the list; no case has it."""
    return await _saved_or_again(request, str(theme_id), lambda: themes.remove(theme_id, by=member))


async def _saved_or_again(
    request: Request[Any, Any, Any], form: str, work: Callable[[], Awaitable[None]]
) -> Response[Any]:
    """Back to the list; or the list with what was typed, and what is wrong with it."""
    try:
        await work()
    except (Invalid, Conflict) as error:
        return await _page(request, form=form, typed=await forms.typed(request), error=error)
    return Redirect(f"{PAGE}?notice=saved", status_code=303)


async def _page(
    request: Request[Any, Any, Any],
    *,
    form: str = "",
    typed: dict[str, str] | None = None,
    error: AmendsError | None = None,
) -> Response[bytes]:
    found, cases = await themes.everything(), await themes.counted()
    wrong = error.fields if isinstance(error, Invalid) else {}
    return await render(
        request,
        "settings/themes.html",
        status=error.status if error else 200,
        rows=[
            ThemeRow(
                id=one.id,
                name=one.name,
                parent=str(one.parent or ""),
                retired=one.retired,
                cases=cases.get(one.id, 0),
                wide=theme_words.wide(found, but=one.id),
            )
            for one in found
        ],
        wide=theme_words.wide(found),
        form=form,
        typed=typed or {},
        wrong=wrong,
        problem=error.detail if error and not wrong else "",
    )


routes = (show, make, change, retire, bring_back, remove)
