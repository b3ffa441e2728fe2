"""Theme list of the team."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.services.desk import concerns, themes
from amends.services.team.seen import fingerprint
from amends.web import controls
from amends.web.case import weekly_view
from amends.web.case.weekly_view import Spark
from amends.web.desk.labels import themes as theme_words
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/themes"
ONE = f"{PAGE}/{{theme_id:uuid}}"


class ThemeForm(msgspec.Struct):
    """What a theme is called, and the wider one it stands under."""

    name: str = ""
    parent: UUID | None = None
    seen: str = ""


class ThemeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One theme with how many cases have it, and under which others it may stand.

    `people_asking` wrote about it lately, so that somebody should say whether it is a problem; else 0.
    """

    id: UUID
    name: str
    parent: str
    retired: bool
    cases: int
    people_asking: int
    spark: Spark
    seen: str
    wide: controls.Options


async def _page(here: Here, *, typed: Typed = NOTHING_TYPED, theme_id: UUID | None = None) -> Response[bytes]:
    found, cases = await themes.everything(), await themes.counted()
    asked = await concerns.themes_asked([one.id for one in found])
    sparks = weekly_view.sparks(await themes.weekly_cases(now=here.now), (one.id for one in found))
    return await here.render(
        "settings/themes.html",
        status=typed.status,
        rows=[
            ThemeRow(
                id=one.id,
                name=one.name,
                parent=str(one.parent or ""),
                retired=one.retired,
                cases=cases.get(one.id, 0),
                people_asking=asked.get(one.id, 0),
                spark=sparks[one.id],
                seen=fingerprint(themes.values_of(one)),
                wide=theme_words.wide(found, but=one.id, chosen=one.parent),
            )
            for one in found
        ],
        wide=theme_words.wide(found),
        form=str(theme_id) if theme_id else typed.form,
        typed=typed.values,
        wrong=typed.errors,
        problem=typed.problem,
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The list."""
    return await _page(here)


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "new")
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """One more theme."""
    form = await here.form(ThemeForm)
    await themes.make(here.act, form.name, parent=form.parent)
    return saved(PAGE)


@post(ONE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def change(here: NamedDependency[Here], theme_id: FromPath[UUID]) -> Response[Any]:
    """Another name, another place."""
    form = await here.form(ThemeForm)
    await themes.change(theme_id, form.name, parent=form.parent, by=here.member, seen=form.seen)
    return saved(PAGE)


@post(f"{ONE}/retire", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def retire(here: NamedDependency[Here], theme_id: FromPath[UUID]) -> Response[Any]:
    """It is offered no more."""
    await themes.retire(here.act, theme_id)
    return saved(PAGE)


@post(f"{ONE}/bring-back", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def bring_back(here: NamedDependency[Here], theme_id: FromPath[UUID]) -> Response[Any]:
    """It is offered again."""
    await themes.bring_back(theme_id, by=here.member)
    return saved(PAGE)


@post(f"{ONE}/remove", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def remove(here: NamedDependency[Here], theme_id: FromPath[UUID]) -> Response[Any]:
    """It leaves the list; no case has it."""
    await themes.remove(theme_id, by=here.member)
    return saved(PAGE)


routes = (show, make, change, retire, bring_back, remove)
