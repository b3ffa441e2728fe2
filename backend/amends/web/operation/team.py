"""Settings: the team's name, language, zone and working hours."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from amends.i18n import gettext as _
from amends.services.team import logos, teams
from amends.web.case.stored_files import picture
from amends.web.forms import FormIsIncomplete
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.team import team_form
from amends.web.team.team_form import TeamFields

PAGE = "/settings/team"
LOGO = "logo"
LARGEST_LOGO = 5 * 1024 * 1024
WORDS_BESIDE_A_PICTURE = 64 * 1024


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The team, with what was typed and refused; who is no admin reads it."""
    team = team_form.typed_of(await teams.find())
    if typed.detail and typed.form != LOGO:
        values = team_form.typed_again(typed)
        standing = {name: team[name] for name in ("hours", "seen")}
        team.update({**values, "kept": values.get("kept", ""), **standing})
    return await here.render(
        "settings/team.html",
        status=typed.status,
        team=team,
        error="" if typed.form == LOGO else typed.detail,
        wrong={} if typed.form == LOGO else typed.errors,
        logo=await logos.version(),
        logo_error=typed.problem if typed.form == LOGO else "",
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


@post(
    f"{PAGE}/logo", opt={"policy": Policy.ADMIN}, request_max_body_size=LARGEST_LOGO + WORDS_BESIDE_A_PICTURE
)
@redisplayed(page, LOGO)
async def change_logo(here: NamedDependency[Here]) -> Response[Any]:
    """Another logo, as a picture that came with the form."""
    given = (await here.request.form()).get("logo")
    content = await given.read() if isinstance(given, UploadFile) else b""
    if not content:
        raise FormIsIncomplete(fields={"logo": _("Choose a file.")})
    await logos.change(here.act, content)
    return saved(PAGE, LOGO)


@post(f"{PAGE}/logo/remove", opt={"policy": Policy.ADMIN})
@submit_or_redisplay(page, LOGO)
async def remove_logo(here: NamedDependency[Here]) -> Response[Any]:
    """The pages of customers show the name alone again."""
    await logos.remove(here.act)
    return saved(PAGE, LOGO)


@get("/logo", opt={"policy": Policy.PUBLIC})
async def show_logo() -> Response[Any]:
    """The logo as it was drawn anew, for whoever opens a page of a customer. Raises NoLogo."""
    return picture(await logos.find())


routes = (show, change, change_logo, remove_logo, show_logo)
