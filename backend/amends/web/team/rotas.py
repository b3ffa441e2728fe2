"""Settings: on-call rota for the next four weeks."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from amends.rules.team import rotas as rules
from amends.rules.vocabulary import Role
from amends.services.team import absences, calendars, members, rotas
from amends.services.team.members import Member
from amends.services.team.seen import fingerprint
from amends.web import dates
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.team import rotas_view as shown
from amends.web.team import team_form
from amends.web.team.team_form import Day

PAGE = "/settings/duties"
AHEAD = timedelta(weeks=4)
GAPS_SHOWN = 6


class DutyForm(msgspec.Struct, kw_only=True):
    """Who is on duty from when until when; instead of the rota, or beside it."""

    member: UUID
    begins_at: datetime
    ends_at: datetime
    instead: bool = False


class WeeklyForm(msgspec.Struct, kw_only=True):
    """Who is on duty on which days of the week, from when until when, how often and since when."""

    member: UUID
    begins: time
    ends: time
    first: date
    every: Annotated[int, Meta(ge=1, le=rotas.MOST_WEEKS)] = 1
    days: list[Day] = msgspec.field(default_factory=list)


class RotationForm(msgspec.Struct, kw_only=True):
    """When turns are handed over, and since when; whose turns they are says the order of `turn`."""

    weekday: Day
    at: time
    first: date
    seen: str = ""


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The whole page, with what was typed into one of its forms and refused."""
    me, now = here.member, here.now
    everyone = await members.everyone()
    return await here.render(
        "settings/duties.html",
        status=typed.status,
        me=me,
        is_lead=me.role.reaches(Role.LEAD),
        here=[(str(one.id), one.name) for one in everyone if one.works],
        zone=await rotas.zone(),
        weekly=[shown.weekly(one, me) for one in await rotas.weekly()],
        single=[shown.stretch(one, me, now=now) for one in await absences.duties_ahead(now=now)],
        week_days=[(str(number), name) for number, name in enumerate(team_form.week_days())],
        today=dates.local_day(now).isoformat(),
        most_weeks=rotas.MOST_WEEKS,
        form=typed.form,
        typed=typed.values,
        days=typed.several.get("days", ()),
        error=typed.detail,
        wrong=typed.errors,
        **await _ahead({one.id: one.name for one in everyone}, now),
        **_rotation(await rotas.rotation(), everyone, typed.of("rotation"), now),
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The page."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page, "single")
async def take(here: NamedDependency[Here]) -> Response[Any]:
    """A member will be on duty once."""
    form = await here.form(DutyForm)
    await absences.take_duty(
        here.act, form.member, begins_at=form.begins_at, ends_at=form.ends_at, instead=form.instead
    )
    return saved(PAGE, "single")


@post(f"{PAGE}/{{stretch:uuid}}/cancel", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def cancel(here: NamedDependency[Here], stretch: FromPath[UUID]) -> Redirect:
    """A single duty ends before its time, or never begins."""
    await absences.cancel(here.act, stretch)
    return Redirect(f"{PAGE}?notice=removed#single", status_code=303)


@post(f"{PAGE}/weekly", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page, "weekly")
async def repeat(here: NamedDependency[Here]) -> Response[Any]:
    """A member will be on duty again and again."""
    form = await here.form(WeeklyForm)
    await rotas.repeat(
        here.act,
        form.member,
        days=form.days,
        begins=_minutes(form.begins),
        ends=_minutes(form.ends),
        first=form.first,
        every=form.every,
    )
    return saved(PAGE, "weekly")


@post(f"{PAGE}/weekly/{{weekly_duty:uuid}}/end", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def end(here: NamedDependency[Here], weekly_duty: FromPath[UUID]) -> Redirect:
    """A weekly duty does not come again."""
    await rotas.end(here.act, weekly_duty)
    return Redirect(f"{PAGE}?notice=removed#weekly", status_code=303)


@post(f"{PAGE}/rotation", opt={"policy": Policy.LEAD})
@submit_or_redisplay(page, "rotation")
async def rotate(here: NamedDependency[Here]) -> Response[Any]:
    """Members take turns."""
    form = await here.form(RotationForm)
    turns = shown.turns(await here.several(), await members.everyone())
    await rotas.rotate(
        here.act, turns, weekday=form.weekday, minute=_minutes(form.at), first=form.first, seen=form.seen
    )
    return saved(PAGE, "rotation")


@post(f"{PAGE}/rotation/order", opt={"policy": Policy.LEAD})
async def reorder(here: NamedDependency[Here]) -> Response[bytes]:
    """One member stands one place higher or lower in the form; nothing is saved by that."""
    values, several = await here.typed(), await here.several()
    order = shown.moved(several.get("order", ()), up=values.get("up", ""), down=values.get("down", ""))
    return await page(here, typed=Typed(form="rotation", values=values, several={**several, "order": order}))


@post(f"{PAGE}/rotation/end", opt={"policy": Policy.LEAD})
@answered_once
async def end_rotation(here: NamedDependency[Here]) -> Redirect:
    """Nobody takes turns any more."""
    await rotas.end_rotation(here.act)
    return Redirect(f"{PAGE}?notice=removed#rotation", status_code=303)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


async def _ahead(names: Mapping[UUID, str], now: datetime) -> dict[str, Any]:
    """Who is on duty, and the sentences about when nobody is."""
    watches = await absences.watches(begin=now, end=now + AHEAD)
    hours = (await calendars.both()).on_duty
    gaps = rules.gaps(watches, hours)
    return {
        "has_hours": hours is not None,
        "present": shown.present(watches, names),
        "weeks": shown.weeks(watches, gaps, names, now=now),
        "missing": shown.missing(gaps[:GAPS_SHOWN]),
        "more_missing": max(0, len(gaps) - GAPS_SHOWN),
    }


def _rotation(
    found: rules.Rotation | None, everyone: tuple[Member, ...], typed: Typed, now: datetime
) -> dict[str, Any]:
    """What the form of the rotation shows: the members in order, day, hour and first day.

    Where rows were only moved, the rotation that was seen is still the one that the form began with.
    """
    names = {one.id: one.name for one in everyone}
    standing = [str(one) for one in found.members] if found else []
    sent, seen = typed.several, fingerprint(rotas.values_of(found))
    rows = shown.turn_rows(everyone, sent.get("order", standing), sent.get("turn", ()) if sent else standing)
    return {
        "rotation": found,
        "seen": seen if typed.detail or not sent else typed.values.get("seen", seen),
        "turns": [names.get(one, "") for one in found.members] if found else [],
        "rows": rows,
        "weekday": str(found.weekday if found else 0),
        "at": team_form.clock(found.minute if found else 9 * 60),
        "first": (found.first if found else dates.local_day(now)).isoformat(),
    }


routes = (show, take, cancel, repeat, end, rotate, reorder, end_rotation)
