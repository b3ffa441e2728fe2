"""Settings: the team's name, language, zone and working hours."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.services.team import teams
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.team import team_form
from amends.web.team.team_form import TeamFields

PAGE = "/settings/team"


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The team, with what was typed and refused; who is no admin reads it."""
    team = team_form.typed_of(await teams.find())
    if typed.detail:
        values = team_form.typed_again(typed)
        standing = {name: team[name] for name in ("hours", "seen")}
        team.update({**values, "kept": values.get("kept", ""), **standing})
    return await here.render(
        "settings/team.html",
        status=typed.status,
        team=team,
        error=typed.detail,
        wrong=typed.errors,
        **team_form.options(),
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Who we are and when we work."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ADMIN})
@submit_or_redisplay(page, "team")
async def change(here: NamedDependency[Here]) -> Response[Any]:
    """The team's name, language, zone, holidays and working hours."""
    form = await here.form(TeamFields)
    await teams.change(here.act, form.team(before=await teams.find()), seen=form.seen)
    return saved(PAGE)


routes = (show, change)
