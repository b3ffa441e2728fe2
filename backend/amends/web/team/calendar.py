"""When does the team work: hours of each day, holidays, closed days? And what would a date be?"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import AmendsError
from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.team import closed_day_files
from amends.rules.team.closed_day_files import ClosedDay
from amends.rules.team.closed_days import holidays_of
from amends.rules.vocabulary import Role
from amends.services.team import calendars, closed_days, teams
from amends.services.team.calendars import Hours
from amends.services.team.members import Member
from amends.services.team.teams import Team
from amends.web import dates, forms, templating
from amends.web.requests import visit
from amends.web.security import Policy
from amends.web.team import due_date_calculator, hours_form, regions, team_form
from amends.web.team.labels import terms
from amends.web.team.team_form import WrongHours

PAGE = "/settings/calendar"


class ClosedForm(msgspec.Struct, kw_only=True):
    """From when until when the team is closed, and why; one day where no last one is given."""

    first: date
    last: date | None = None
    words: str = ""


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The page; with `at`, `amount` and `unit` also the date that they make."""
    return await page(request)


@post(PAGE, opt={"policy": Policy.ADMIN})
async def change(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """Other hours, zone or holidays."""

    async def work() -> None:
        team, typed = await teams.find(), await forms.typed(request)
        if team is None:
            raise WrongHours(_("Give the team a name in the settings first."))
        hours = hours_form.hours_of(typed)
        changed = msgspec.structs.replace(
            team, week=hours.week, zone=hours.zone, country=hours.country, subdivision=hours.subdivision
        )
        await teams.change(changed, by=member, now=now)

    return await _saved_or_again(request, "hours", work)


@post(f"{PAGE}/on-duty", opt={"policy": Policy.ADMIN})
async def change_on_duty(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """Hours of their own for whoever is on duty, or others."""

    async def work() -> None:
        hours = hours_form.hours_of(await forms.typed(request))
        await calendars.set_on_duty(hours, by=member, now=now)

    return await _saved_or_again(request, "watch", work)


@post(f"{PAGE}/on-duty/remove", opt={"policy": Policy.ADMIN})
async def remove_on_duty(member: NamedDependency[Member], now: NamedDependency[datetime]) -> Redirect:
    """An S1 is counted in the team's working hours again."""
    await calendars.remove_on_duty(by=member, now=now)
    return Redirect(f"{PAGE}?notice=removed#watch", status_code=303)


@post("/settings/closed-days", opt={"policy": Policy.ADMIN})
async def close(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """The team does not work on these days."""

    async def work() -> None:
        form = await forms.decode(request, ClosedForm)
        one = ClosedDay(form.first, form.last or form.first, form.words)
        await closed_days.add([one], by=member, now=now)

    return await _saved_or_again(request, "closed", work)


@post("/settings/closed-days/import", opt={"policy": Policy.ADMIN})
async def bring(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """The closed days of a calendar file; how many of its entries were left out stands in the address."""
    left_out = 0

    async def work() -> None:
        nonlocal left_out
        file = (await request.form()).get("file")
        content = await file.read() if isinstance(file, UploadFile) else b""
        found, left_out = closed_day_files.read(content)
        await closed_days.add(found, by=member, now=now)

    answer = await _saved_or_again(request, "import", work)
    if left_out and isinstance(answer, Redirect):
        return Redirect(f"{PAGE}?notice=saved&left={left_out}#closed", status_code=303)
    return answer


@post("/settings/closed-days/{closed_day:uuid}/remove", opt={"policy": Policy.ADMIN})
async def remove(closed_day: FromPath[UUID], member: NamedDependency[Member]) -> Redirect:
    """The team works on that day after all."""
    await closed_days.remove(closed_day, by=member)
    return Redirect(f"{PAGE}?notice=removed#closed", status_code=303)


@get(f"{PAGE}.ics", opt={"policy": Policy.SIGNED_IN})
async def export(now: NamedDependency[datetime]) -> Response[bytes]:
    """Closed days, and the holidays of this and the next year, as a calendar file."""
    team = await teams.find()
    closed = {shown.day for shown in await closed_days.every()} | (_holidays(team, now) if team else set())
    return Response(
        closed_day_files.written(sorted(closed), now=now),
        media_type="text/calendar",
        headers={"content-disposition": 'attachment; filename="closed-days.ics"'},
    )


def _holidays(team: Team, now: datetime) -> set[ClosedDay]:
    if not team.country:
        return set()
    year = now.astimezone(ZoneInfo(team.zone)).year
    return {
        ClosedDay(day, day, name)
        for each in (year, year + 1)
        for day, name in holidays_of(team.country, team.subdivision or None, each, language()).items()
    }


async def _saved_or_again(
    request: Request[Any, Any, Any], form: str, work: Callable[[], Awaitable[None]]
) -> Response[Any]:
    try:
        await work()
    except AmendsError as error:
        return await page(request, form=form, error=error)
    return Redirect(f"{PAGE}?notice=saved#{'closed' if form == 'import' else form}", status_code=303)


async def page(
    request: Request[Any, Any, Any], *, form: str = "", error: AmendsError | None = None
) -> Response[bytes]:
    """The whole page; `form` is the one whose `error` is shown, with what was typed."""
    me, now = visit(request).member, visit(request).now
    assert me is not None  # the policies of these pages ask for a member
    team, typed = await teams.find(), await forms.typed(request) if error else {}
    hours = hours_form.typed_of(team) if team else {}
    watch = await calendars.on_duty()
    watched = hours_form.typed_of(watch or Hours(zone=team.zone if team else "UTC"))
    today = dates.local_day(now)
    every = await closed_days.every()
    left = request.query_params.get("left", "")
    return await templating.render(
        request,
        "settings/calendar.html",
        status=error.status if error else 200,
        is_admin=me.role is Role.ADMIN,
        team=team,
        hours=team_form.hours(team) if team else [],
        typed_hours=hours | (typed if form == "hours" else {}),
        place=_place(hours.get("country", "")),
        watch=watch,
        watch_hours=team_form.hours(watch) if watch else [],
        typed_watch=watched | ({"closed_days": "", **typed} if form == "watch" else {}),
        watch_place=_place(watched["country"]),
        ahead=[shown for shown in every if shown.day.last >= today],
        past=[shown for shown in every if shown.day.last < today],
        left=int(left) if left.isascii() and left.isdigit() and len(left) < 4 else 0,
        tried=await due_date_calculator.tried(request),
        units=terms.units(),
        form=form,
        typed=typed,
        error=error.detail if error else "",
        wrong=getattr(error, "fields", {}),
        **team_form.options(),
    )


def _place(country: str) -> str:
    """What the country or region whose holidays count is called; empty for none."""
    return dict(regions.countries(language())).get(country, "")


routes = (show, change, change_on_duty, remove_on_duty, close, bring, remove, export)
