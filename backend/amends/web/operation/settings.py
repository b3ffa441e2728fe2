"""What can a member, and an admin for the team, set up and look after?"""

from collections.abc import Awaitable, Callable
from datetime import datetime, time
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from amends.errors import AmendsError, NotFound
from amends.rules.vocabulary import Language, Role
from amends.services.nudge import nudges, targets
from amends.services.operation import health
from amends.services.team import browsers, members, passwords, sessions, teams
from amends.services.team.members import Member
from amends.settings import Settings
from amends.web import dates, forms, templating
from amends.web.nudge import target_form
from amends.web.requests import program, visit
from amends.web.security import Policy
from amends.web.sessions import cookie
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
    browsers: list[tuple[browsers.BrowserShown, dates.Moment, dates.Moment | None]]
    sessions: list[SessionRow]
    dead: list[nudges.DeadLetter]
    worker: dates.Moment | None
    worker_late: bool
    is_set_up: bool


@get("/settings", opt={"policy": Policy.SIGNED_IN})
async def show(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The one page of settings."""
    return await page(request)


@post("/settings/profile", opt={"policy": Policy.SIGNED_IN})
async def change_profile(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """The member's own name, language, zone and quiet hours."""

    async def work() -> None:
        form = await forms.decode(request, ProfileForm)
        await members.change_profile(
            member,
            name=form.name,
            language=form.language,
            zone=form.zone,
            quiet_from=form.quiet_from.hour * 60 + form.quiet_from.minute,
            quiet_until=form.quiet_until.hour * 60 + form.quiet_until.minute,
            quiet_week_ends=form.quiet_week_ends,
            now=now,
        )

    return await saved_or_again(request, "profile", work)


@post("/settings/password", opt={"policy": Policy.SIGNED_IN})
async def change_password(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """A new password for whoever knows the present one (R-19); every other session ends."""
    known = visit(request)

    async def work() -> None:
        form = await forms.decode(request, OwnPasswordForm)
        await sessions.prove(member, form.current_password, address=known.address, now=now)
        await members.set_password(member.id, form.password, now=now)

    answer = await saved_or_again(request, "password", work)
    if answer.status_code == 303:
        fresh = await sessions.begin_for(member, address=known.address, program=program(request), now=now)
        answer.cookies.append(cookie(fresh.token, settings))
    return answer


@post("/settings/team", opt={"policy": Policy.ADMIN})
async def change_team(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """The team's name, language, zone, holidays and working hours."""

    async def work() -> None:
        form = await forms.decode(request, TeamFields)
        await teams.change(form.team(before=await teams.find()), by=member, now=now)

    return await saved_or_again(request, "team", work)


async def saved_or_again(
    request: Request[Any, Any, Any], form: str, work: Callable[[], Awaitable[None]]
) -> Response[Any]:
    """Back to the page when the work is done; else the page with what was typed and what is wrong there."""
    try:
        await work()
    except NotFound:
        raise
    except AmendsError as error:
        return await page(request, form=form, error=error)
    return Redirect(f"/settings?notice=saved#{form}", status_code=303)


async def page(
    request: Request[Any, Any, Any],
    *,
    form: str = "",
    error: AmendsError | None = None,
    invitation: tuple[str, str] | None = None,
) -> Response[bytes]:
    """The whole page; `form` is the one whose `error` is shown, `invitation` a name and a link shown once."""
    me, now = visit(request).member, visit(request).now
    assert me is not None  # the policies of these pages ask for a member
    shown = await _gathered(request, me, now)
    typed: dict[str, Any] = {}
    if error:
        typed = await (team_form.typed_again(request) if form == "team" else forms.typed(request))
    if form == "profile":
        shown.profile.update(typed)
    if form == "team":
        shown.team.update({**typed, "kept": typed.get("kept", ""), "hours": shown.team["hours"]})
    return await templating.render(
        request,
        "settings/index.html",
        status=error.status if error else 200,
        page=shown,
        form=form,
        typed=typed,
        error=error.detail if error else "",
        wrong=getattr(error, "fields", {}),
        invitation=invitation,
        roles=list(Role),
        shortest=passwords.SHORTEST,
        **team_form.options(),
    )


async def _gathered(request: Request[Any, Any, Any], me: Member, now: datetime) -> SettingsPage:
    team = await teams.find()
    worker_seen_at = await health.worker_seen_at()
    return SettingsPage(
        me=me,
        profile={
            "name": me.name,
            "language": me.language,
            "zone": me.zone,
            "quiet_from": team_form.clock(me.quiet_from % 1440),
            "quiet_until": team_form.clock(me.quiet_until % 1440),
            "quiet_week_ends": "on" if me.quiet_week_ends else "",
        },
        team=team_form.typed_of(team),
        everyone=await members.everyone(),
        my_targets=target_form.rows(await targets.of_member(me.id), now=now),
        team_targets=target_form.rows(await targets.of_team(), now=now),
        browsers=[
            (
                browser,
                dates.moment(browser.created_at, now=now),
                dates.moment(browser.seen_at, now=now) if browser.seen_at else None,
            )
            for browser in await browsers.shown_to(me, now=now)
        ],
        sessions=await session_pages.rows(request, me, now=now),
        dead=[letter for letter in await nudges.dead() if _may_see(me, letter)],
        worker=dates.moment(worker_seen_at, now=now) if worker_seen_at else None,
        worker_late=health.is_late(worker_seen_at, now=now),
        is_set_up=team is not None,
    )


def _may_see(me: Member, letter: nudges.DeadLetter) -> bool:
    return letter.member == me.id or me.role.reaches(Role.LEAD)


routes = (show, change_profile, change_password, change_team)
