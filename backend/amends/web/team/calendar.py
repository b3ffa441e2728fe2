"""Settings: working hours, holidays, closed days."""

import asyncio
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.team import closed_day_files, zones
from amends.rules.team.closed_day_files import ClosedDay
from amends.rules.team.closed_days import holidays_of
from amends.rules.vocabulary import Role
from amends.services.team import calendars, closed_days, teams
from amends.services.team.calendars import Hours
from amends.services.team.teams import Team
from amends.web import dates
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.team import closed_days_view, due_date_calculator, hours_form, regions, team_form
from amends.web.team.closed_days_view import Brought
from amends.web.team.labels import terms
from amends.web.team.team_form import WrongHours

PAGE = "/settings/calendar"


class ClosedForm(msgspec.Struct, kw_only=True):
    """From when until when the team is closed, and why; one day where no last one is given."""

    first: date
    last: date | None = None
    words: str = ""


async def page(
    here: Here, *, typed: Typed = NOTHING_TYPED, brought: Brought | None = None
) -> Response[bytes]:
    """The whole page, with what was typed into one of its forms and refused, or what a file brought."""
    team = await teams.find()
    hours = hours_form.typed_of(team) if team else {}
    watch = await calendars.on_duty()
    watched = hours_form.typed_of(watch or Hours(zone=team.zone if team else "UTC"), hours_form.ON_DUTY)
    today = dates.local_day(here.now)
    every = await closed_days.every()
    return await here.render(
        "settings/calendar.html",
        status=typed.status,
        is_admin=here.member.role is Role.ADMIN,
        team=team,
        hours=team_form.hours(team) if team else [],
        typed_hours=_typed_again(hours | watched | {"on_duty": "own" if watch else ""}, typed),
        place=_place(hours.get("country", "")),
        proposed=_proposed(team) if team else None,
        watch=watch,
        watch_hours=team_form.hours(watch) if watch else [],
        watch_place=_place(watched[f"{hours_form.ON_DUTY}country"]),
        ahead=[shown for shown in every if shown.day.last >= today],
        past=[shown for shown in every if shown.day.last < today],
        brought=brought,
        tried=await due_date_calculator.tried(here),
        units=terms.units(),
        form=typed.form,
        typed=typed.values,
        error=typed.detail,
        wrong=typed.errors,
        **team_form.options(),
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The page; with `at`, `amount` and `unit` also the date that they make."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ADMIN})
@submit_or_redisplay(page, "hours")
async def change(here: NamedDependency[Here]) -> Response[Any]:
    """Other hours, zone or holidays, and those on duty; with the proposed holidays by their button."""
    team, typed = await teams.find(), await here.typed()
    if team is None:
        raise WrongHours(_("Enter a team name in the settings first."))
    hours, on_duty = hours_form.both_of({**typed, "country": typed.get("proposed", typed.get("country", ""))})
    changed = msgspec.structs.replace(
        team, week=hours.week, zone=hours.zone, country=hours.country, subdivision=hours.subdivision
    )
    await teams.change(here.act, changed)
    await calendars.set_on_duty(here.act, on_duty)
    return saved(PAGE, "hours")


@post("/settings/closed-days", opt={"policy": Policy.ADMIN})
@submit_or_redisplay(page, "closed")
async def close(here: NamedDependency[Here]) -> Response[Any]:
    """The team does not work on these days."""
    form = await here.form(ClosedForm)
    one = ClosedDay(form.first, form.last or form.first, form.words)
    await closed_days.add(here.act, [one])
    return saved(PAGE, "closed")


@post("/settings/closed-days/import", opt={"policy": Policy.ADMIN})
@submit_or_redisplay(page, "import")
async def bring(here: NamedDependency[Here]) -> Response[Any]:
    """The closed days of a calendar file; where some of its entries were left out, the page lists them."""
    upload = (await here.request.form()).get("file")
    content = await upload.read() if isinstance(upload, UploadFile) else b""
    today = dates.local_day(here.now)
    file = await asyncio.to_thread(closed_day_files.read, content, today=today)
    added = await closed_days.add(here.act, file.days)
    if file.left_out:
        return await page(here, brought=closed_days_view.brought(file, added))
    return saved(PAGE, "closed")


@post("/settings/closed-days/{closed_day:uuid}/remove", opt={"policy": Policy.ADMIN})
@answered_once
async def remove(here: NamedDependency[Here], closed_day: FromPath[UUID]) -> Redirect:
    """The team works on that day after all."""
    await closed_days.remove(here.act, closed_day)
    return Redirect(f"{PAGE}?notice=removed#closed", status_code=303)


@get(f"{PAGE}.ics", opt={"policy": Policy.SIGNED_IN})
async def export(here: NamedDependency[Here]) -> Response[bytes]:
    """Closed days, and the holidays of this and the next year, as a calendar file."""
    team = await teams.find()
    closed = {shown.day for shown in await closed_days.every()} | (
        _holidays(team, here.now) if team else set()
    )
    return Response(
        closed_day_files.written(sorted(closed), now=here.now),
        media_type="text/calendar",
        headers={"content-disposition": 'attachment; filename="closed-days.ics"'},
    )


def _typed_again(standing: dict[str, Any], typed: Typed) -> dict[str, Any]:
    """What the form of hours shows: a box that was not ticked is not sent."""
    if typed.form != "hours":
        return standing
    return {**standing, f"{hours_form.ON_DUTY}closed_days": "", "on_duty": "", **typed.values}


def _holidays(team: Team, now: datetime) -> set[ClosedDay]:
    if not team.country:
        return set()
    year = now.astimezone(ZoneInfo(team.zone)).year
    return {
        ClosedDay(day, day, name)
        for each in (year, year + 1)
        for day, name in holidays_of(team.country, team.subdivision or None, each, language()).items()
    }


def _proposed(team: Team) -> regions.Option | None:
    """The holidays that go with the team's zone, while it has none."""
    code = "" if team.country else regions.place_code(zones.place_of(team.zone))
    return (code, _place(code)) if code else None


def _place(country: str) -> str:
    """What the country or region whose holidays count is called; empty for none."""
    return dict(regions.countries(language())).get(country, "")


routes = (show, change, close, bring, remove, export)
