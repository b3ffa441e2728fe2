"""Themes of a case."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.errors import Conflict, Invalid
from amends.rules.vocabulary import Role
from amends.services.desk import case_themes, themes
from amends.web.desk import case_themes_view as presenter
from amends.web.page_kit import Here, answered_once, to_case
from amends.web.security import Policy

PAGE = "/cases/{number:int}/themes"


class ThemesForm(msgspec.Struct, kw_only=True):
    """The ticked themes, those the case had when the page was shown, and one that the list lacks."""

    theme: list[UUID] = []
    seen: list[UUID] = []
    fresh: str = ""
    parent: UUID | None = None


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The themes to tick, those that may fit first."""
    return await _page(
        here,
        number,
        None,
    )


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def choose(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What was ticked and unticked counts; what others chose meanwhile stays."""
    form = await here.form(ThemesForm)
    try:
        ticked, seen = set(form.theme), set(form.seen)
        if form.fresh.strip() and here.member.role.reaches(Role.LEAD):
            ticked.add(await themes.make(here.act, form.fresh, parent=form.parent))
        await case_themes.choose(here.act, number, add_to=ticked - seen, take_from=seen - ticked)
    except (Invalid, Conflict) as error:
        return await _page(here, number, form, error=error)
    return to_case(number, "saved")


async def _page(
    here: Here, number: int, form: ThemesForm | None, *, error: Invalid | Conflict | None = None
) -> Response[bytes]:
    found = await case_themes.of_case(number, by=here.member)
    fields = error.fields if isinstance(error, Invalid) else {}
    page = presenter.page(
        number,
        found,
        await themes.everything(),
        ticked=set(form.theme) if form else found.given,
        seen=set(form.seen) if form else found.given,
        fresh=form.fresh if form else "",
        wrong={"fresh" if name == "name" else name: words for name, words in fields.items()},
        problem=error.detail if error and not fields else "",
    )
    return await here.render(
        "cases/themes.html",
        page=page,
        may_add=here.member.role.reaches(Role.LEAD),
        status=error.status if error else 200,
    )


routes = (show, choose)
