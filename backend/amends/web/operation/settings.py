"""Settings: the member's own profile."""

from collections.abc import Collection
from datetime import time
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.rules.case.texts import fold
from amends.rules.team.read_languages import READ
from amends.rules.team.zones import present_name
from amends.rules.vocabulary import Language
from amends.services.team import members, teams
from amends.web.case.labels.languages import language_title
from amends.web.desk.case_themes_view import Choice
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.team import team_form

PAGE = "/settings"


class ProfileForm(msgspec.Struct, kw_only=True):
    """What a member decides about themselves."""

    name: str
    language: Language
    reads: list[str] = []
    zone: str
    quiet_from: time
    quiet_until: time
    quiet_week_ends: bool = False


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The profile, with what was typed and refused."""
    me = here.member
    standing = {
        "name": me.name,
        "language": me.language,
        "zone": present_name(me.zone),
        "quiet_from": team_form.clock(me.quiet_from % 1440),
        "quiet_until": team_form.clock(me.quiet_until % 1440),
        "quiet_week_ends": "on" if me.quiet_week_ends else "",
    }
    again = {**standing, "quiet_week_ends": "", **typed.values} if typed.detail else standing
    return await here.render(
        "settings/profile.html",
        status=typed.status,
        profile=again,
        reads=_reads(typed.several.get("reads", ()) if typed.detail else me.languages),
        error=typed.detail,
        wrong=typed.errors,
        is_set_up=await teams.find() is not None,
        **team_form.options(),
    )


def _reads(ticked: Collection[str]) -> list[Choice]:
    """The languages to choose from by their names; those that are read are ticked."""
    named = (Choice(value=tag, name=language_title(tag), ticked=tag in ticked, narrow=False) for tag in READ)
    return sorted(named, key=lambda one: fold(one.name))


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The first page of the settings."""
    return await page(here)


@post("/settings/profile", opt={"policy": Policy.ACCOUNT})
@submit_or_redisplay(page, "profile")
async def change_profile(here: NamedDependency[Here]) -> Response[Any]:
    """The member's own name, language, zone and quiet hours."""
    form = await here.form(ProfileForm)
    await members.change_profile(
        here.act,
        name=form.name,
        language=form.language,
        reads=form.reads,
        zone=form.zone,
        quiet_from=form.quiet_from.hour * 60 + form.quiet_from.minute,
        quiet_until=form.quiet_until.hour * 60 + form.quiet_until.minute,
        quiet_week_ends=form.quiet_week_ends,
    )
    return saved(PAGE)


routes = (show, change_profile)
