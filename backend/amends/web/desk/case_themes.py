"""Themes of a case."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import Role
from amends.services.desk import case_themes, themes
from amends.web.desk import case_themes_view as presenter
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, submit_or_redisplay, to_case
from amends.web.security import Policy

PAGE = "/cases/{number:int}/themes"


class ThemesForm(msgspec.Struct, kw_only=True):
    """The ticked themes, those the case had when the page was shown, and one that the list lacks."""

    theme: list[UUID] = []
    seen: list[UUID] = []
    fresh: str = ""
    parent: UUID | None = None


async def _page(here: Here, *, number: int, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    found = await case_themes.of_case(number, by=here.member)
    standing = {str(one) for one in found.given}
    page = presenter.page(
        number,
        found,
        await themes.everything(),
        ticked=typed.several.get("theme", ()) if typed.detail else standing,
        seen=typed.several.get("seen", ()) if typed.detail else standing,
        typed=typed,
    )
    is_part = here.wants_fragment
    shown = await here.render(
        "cases/_themes_form.html" if is_part else "cases/themes.html",
        page=page,
        may_add=here.member.role.reaches(Role.LEAD),
        is_part=is_part,
        status=typed.status,
        **({"frame": None} if is_part else {}),
    )
    if is_part and typed.detail:  # sent from the chip of the case, which keeps its place
        shown.headers.update({"hx-retarget": "#theme-choices", "hx-reswap": "innerHTML"})
    return shown


@get(PAGE, opt={"policy": Policy.WORK})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The themes to tick, those that may fit first."""
    return await _page(here, number=number)


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page)
async def choose(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What was ticked and unticked counts; what others chose meanwhile stays."""
    form = await here.form(ThemesForm)
    ticked, seen = set(form.theme), set(form.seen)
    if form.fresh.strip() and here.member.role.reaches(Role.LEAD):
        ticked.add(await themes.make(here.act, form.fresh, parent=form.parent))
    await case_themes.choose(here.act, number, add_to=ticked - seen, take_from=seen - ticked)
    return to_case(number, "saved")


routes = (show, choose)
