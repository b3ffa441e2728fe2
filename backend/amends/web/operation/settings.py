"""Settings: profile, password, team, targets, browsers and sessions."""

from datetime import time
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.rules.vocabulary import Language, Role
from amends.services.nudge import nudges, targets
from amends.services.operation import health
from amends.services.team import browsers, members, passwords, sessions, teams
from amends.services.team.members import Member
from amends.services.team.seen import fingerprint
from amends.web import dates
from amends.web.known_browsers import cookies_of
from amends.web.nudge import target_form
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, saved, submit_or_redisplay
from amends.web.requests import program
from amends.web.security import Policy
from amends.web.team import sessions as session_pages
from amends.web.team import team_form
from amends.web.team.sessions import SessionRow
from amends.web.team.team_form import TeamFields


class ProfileForm(msgspec.Struct, kw_only=True):
    """What a member decides about themselves."""

    name: str
    language: Language
    zone: str
    quiet_from: time
    quiet_until: time
    quiet_week_ends: bool = False


class OwnPasswordForm(msgspec.Struct):
    """A new password, and the one it replaces."""

    current_password: str
    password: str


class SettingsPage(msgspec.Struct, kw_only=True):
    """Everything that the page shows; what only admins and leads see is empty for the others."""

    me: Member
    profile: dict[str, Any]
    team: dict[str, Any]
    everyone: tuple[Member, ...]
    my_targets: list[target_form.TargetRow]
    team_targets: list[target_form.TargetRow]
    team_new_cases: str
    new_cases: list[tuple[str, str]]
    browsers: list[tuple[browsers.BrowserShown, dates.Moment, dates.Moment | None]]
    sessions: list[SessionRow]
    dead: list[nudges.DeadLetter]
    worker: dates.Moment | None
    worker_late: bool
    is_set_up: bool
    may_stay: bool | None


async def page(
    here: Here,
    *,
    typed: Typed = NOTHING_TYPED,
    invitation: tuple[str, str] | None = None,
    **_inputs: object,
) -> Response[bytes]:
    """The whole page, with what was refused of one form; `invitation` is a name and a link shown once."""
    shown, values = await _gathered(here), dict[str, Any](typed.values)
    if typed.form == "profile":
        shown.profile.update(values)
    if typed.form == "team":
        values = team_form.typed_again(typed)
        standing = {name: shown.team[name] for name in ("hours", "seen")}
        shown.team.update({**values, "kept": values.get("kept", ""), **standing})
    return await here.render(
        "settings/index.html",
        status=typed.status,
        page=shown,
        form=typed.form,
        typed=values,
        error=typed.detail,
        wrong=typed.errors,
        invitation=invitation,
        roles=list(Role),
        role_seen={role: fingerprint({"role": role}) for role in Role},
        shortest=passwords.SHORTEST,
        **team_form.options(),
    )


@get("/settings", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The one page of settings."""
    return await page(here)


@post("/settings/profile", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page, "profile")
async def change_profile(here: NamedDependency[Here]) -> Response[Any]:
    """The member's own name, language, zone and quiet hours."""
    form = await here.form(ProfileForm)
    await members.change_profile(
        here.act,
        name=form.name,
        language=form.language,
        zone=form.zone,
        quiet_from=form.quiet_from.hour * 60 + form.quiet_from.minute,
        quiet_until=form.quiet_until.hour * 60 + form.quiet_until.minute,
        quiet_week_ends=form.quiet_week_ends,
    )
    return saved("/settings", "profile")


@post("/settings/password", opt={"policy": Policy.SIGNED_IN})
@redisplayed(page, "password")
async def change_password(here: NamedDependency[Here]) -> Response[Any]:
    """A new password for whoever knows the present one (R-19); every other session ends."""
    known = here.visit
    form = await here.form(OwnPasswordForm)
    await sessions.prove(here.member, form.current_password, now=here.now)
    await members.set_password(here.member.id, form.password, now=here.now)
    fresh = await sessions.begin_for(
        here.member, address=known.address, program=program(here.request), now=here.now
    )
    answer = saved("/settings", "password")
    answer.cookies.extend(cookies_of(fresh, here.request.scope, here.settings, now=here.now))
    return answer


@post("/settings/team", opt={"policy": Policy.ADMIN})
@submit_or_redisplay(page, "team")
async def change_team(here: NamedDependency[Here]) -> Response[Any]:
    """The team's name, language, zone, holidays and working hours."""
    form = await here.form(TeamFields)
    await teams.change(here.act, form.team(before=await teams.find()), seen=form.seen)
    return saved("/settings", "team")


async def _gathered(here: Here) -> SettingsPage:
    team = await teams.find()
    worker_seen_at = await health.worker_seen_at()
    return SettingsPage(
        me=here.member,
        profile={
            "name": here.member.name,
            "language": here.member.language,
            "zone": here.member.zone,
            "quiet_from": team_form.clock(here.member.quiet_from % 1440),
            "quiet_until": team_form.clock(here.member.quiet_until % 1440),
            "quiet_week_ends": "on" if here.member.quiet_week_ends else "",
        },
        team=team_form.typed_of(team),
        everyone=await members.everyone(),
        my_targets=target_form.rows(await targets.of_member(here.member.id), now=here.now),
        team_targets=target_form.rows(await targets.of_team(), now=here.now),
        team_new_cases=await targets.new_cases_of_team(),
        new_cases=target_form.new_cases(),
        browsers=[
            (
                browser,
                dates.moment(browser.created_at, now=here.now),
                dates.moment(browser.seen_at, now=here.now) if browser.seen_at else None,
            )
            for browser in await browsers.shown_to(here.member, now=here.now)
        ],
        sessions=await session_pages.rows(here),
        dead=[letter for letter in await nudges.dead() if _may_see(here.member, letter)],
        worker=dates.moment(worker_seen_at, now=here.now) if worker_seen_at else None,
        worker_late=health.is_late(worker_seen_at, now=here.now),
        is_set_up=team is not None,
        may_stay=await sessions.may_stay() if team and here.member.role is Role.ADMIN else None,
    )


def _may_see(me: Member, letter: nudges.DeadLetter) -> bool:
    return letter.member == me.id or me.role.reaches(Role.LEAD)


routes = (show, change_profile, change_password, change_team)
