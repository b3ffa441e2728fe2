"""Incidents: the list, the room of one with its forms, the screen for a wall."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.i18n import gettext as _
from amends.rules.desk.case_numbers import numbers_in
from amends.rules.vocabulary import (
    IncidentKind,
    IncidentRole,
    IncidentState,
    Severity,
)
from amends.services.desk import incidents
from amends.services.desk.incidents import Opening
from amends.services.insight import incident_severity
from amends.services.team import members
from amends.web import controls
from amends.web.insight import incidents_view as view
from amends.web.insight.chosen_cases import CasesForm
from amends.web.insight.incident_lines_view import event_line
from amends.web.insight.labels import incidents as labels
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/incidents"
ONE = f"{PAGE}/{{number:int}}"


class NewForm(msgspec.Struct):
    """What happened, its cases by number or scope, and since when; or the incident that these belong to."""

    title: str = ""
    kind: IncidentKind = IncidentKind.OTHER
    scope: str = ""
    cases: str = ""
    since: datetime | None = None
    noticed_at: datetime | None = None
    incident: int | None = None


class DetailsForm(msgspec.Struct):
    """Another title or kind."""

    title: str = ""
    kind: IncidentKind = IncidentKind.OTHER


class JoiningForm(CasesForm):
    """Cases that were ticked or typed, or all that fit."""

    fitting: bool = False


class OwnerForm(msgspec.Struct):
    """Who writes the review."""

    owner: UUID | None = None


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The incidents in one state."""
    asked = here.query.get("state", "")
    state = IncidentState(asked) if asked in list(IncidentState) else IncidentState.OPEN
    return await here.render(
        "incidents/index.html",
        lines=[view.incident_line(row, now=here.now) for row in await incidents.listed(state)],
        states=[(one.value, word) for one, word in labels.STATES.items()],
        chosen=state.value,
    )


async def _new_page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    given = typed.values or here.query
    names = ("title", "kind", "scope", "cases", "since", "noticed_at", "incident")
    return await here.render(
        "incidents/new.html",
        status=typed.status,
        typed={name: given.get(name, "") for name in names},
        wrong=typed.errors,
        problem=typed.problem,
        kinds=[(one.value, _(word)) for one, word in labels.KINDS.items()],
        known=[(str(row.number), row.title) for row in await incidents.open_ones()],
    )


@get(f"{PAGE}/new", opt={"policy": Policy.WORK})
async def ask_new(here: NamedDependency[Here]) -> Response[bytes]:
    """The form for an incident, of cases or a scope that the address names."""
    return await _new_page(here)


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_new_page, "new")
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """One more incident, or these cases into one that there is."""
    form = await here.form(NewForm)
    cases = numbers_in(form.cases)
    if form.incident is not None:
        await incidents.join(here.act, form.incident, cases)
        return to_room(form.incident)
    opening = Opening(
        title=form.title,
        kind=form.kind,
        scope=form.scope,
        since=form.since,
        noticed_at=form.noticed_at,
        numbers=cases,
    )
    return to_room(await incidents.open_incident(here.act, opening), "incident-opened")


async def room(here: Here, *, number: int, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    """The page of one incident, with what was typed into one of its forms."""
    detail = await incidents.detail(number, now=here.now)
    asked = here.query.get("before", "")
    page = await incidents.cases_of(
        detail.incident.id, before=int(asked) if asked.isdecimal() and len(asked) < 10 else None
    )
    return await here.render(
        "incidents/show.html",
        page=view.incident_page(detail, page, reader=here.member, now=here.now),
        line={"en": detail.incident.line_en, "fr": detail.incident.line_fr},
        members=controls.members_to_choose(tuple(await members.everyone())),
        words=_choices(),
        typed=typed,
        status=typed.status,
    )


def _choices() -> Mapping[str, list[tuple[str, str]]]:
    """What the lists of the page offer."""
    return {
        "kinds": [(one.value, _(word)) for one, word in labels.KINDS.items()],
        "facts": [(one.value, _(word)) for one, (_tone, word) in labels.FACTS.items()],
        "places": [(one.value, _(word)) for one, word in labels.PLACES.items()],
    }


@get(ONE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The room of one incident."""
    return await room(here, number=number)


@get(f"{ONE}/wall", opt={"policy": Policy.SIGNED_IN})
async def wall(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The same for a screen on a wall: large, without anything to press; it reads itself again."""
    detail = await incidents.detail(number, now=here.now)
    page = view.incident_page(detail, incidents.CasePage((), None), reader=here.member, now=here.now)
    name = "incidents/_wall.html" if here.wants_fragment else "incidents/wall.html"
    return await here.render(name, page=page, line=detail.incident)


@get(f"{ONE}/timeline", opt={"policy": Policy.SIGNED_IN})
async def timeline(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """Earlier lines of its timeline."""
    incident = await incidents.find(number)
    asked = here.query.get("before", "")
    before = {"before": int(asked)} if asked.isdecimal() and len(asked) < 10 else {}
    found = await incidents.lines(incident.id, **before)
    return await here.render(
        "incidents/timeline.html",
        incident=incident,
        href=f"{PAGE}/{number}",
        lines=[event_line(one, now=here.now) for one in found],
        older=found[-1].position if found and found[-1].position > 1 else 0,
    )


@post(ONE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "details")
async def change(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Title and kind."""
    form = await here.form(DetailsForm)
    await incidents.change(here.act, number, title=form.title, kind=form.kind)
    return to_room(number)


@post(f"{ONE}/cases", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "cases")
async def join(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """More cases: those that were ticked, others by number, or all that fit."""
    form = await here.form(JoiningForm)
    if form.fitting:
        await incidents.join_fitting(here.act, number)
    else:
        await incidents.join(here.act, number, form.numbers)
    return to_room(number, part="cases")


@post(f"{ONE}/cases/{{case_number:int}}/remove", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "cases")
async def leave(
    here: NamedDependency[Here], number: FromPath[int], case_number: FromPath[int]
) -> Response[Any]:
    """This case does not belong to it."""
    await incidents.leave(here.act, number, case_number)
    return to_room(number, "removed", part="cases")


@post(f"{ONE}/cases/{{case_number:int}}/release", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "cases")
async def release(
    here: NamedDependency[Here], number: FromPath[int], case_number: FromPath[int]
) -> Response[Any]:
    """The reply on this case may go out."""
    await incidents.release(here.act, number, case_number)
    return to_room(number, "released", part="cases")


@post(f"{ONE}/hold", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "hold")
async def hold(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Nothing is posted on its cases."""
    await incidents.hold(here.act, number)
    return to_room(number)


@post(f"{ONE}/resume", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "hold")
async def resume(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Replies may go out again."""
    await incidents.resume(here.act, number)
    return to_room(number)


@post(f"{ONE}/escalate", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "escalate")
async def escalate(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """All its open cases are critical."""
    done = await incident_severity.escalate(here.act, number, Severity.S1)
    return to_room(number, "escalated-more" if done.has_more else "saved")


@post(f"{ONE}/roles", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "roles")
async def name(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Who has which role; only those that changed are told."""
    given = await here.typed()
    for role in IncidentRole:
        if role.value in given:
            await incidents.name(here.act, number, role, _member(given[role.value]))
    return to_room(number)


def _member(typed: str) -> UUID | None:
    try:
        return UUID(typed) if typed else None
    except ValueError:
        raise members.NoSuchMember from None


@post(f"{ONE}/close", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(room, "close")
async def close(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """It is over; its review begins."""
    form = await here.form(OwnerForm)
    await incidents.close(here.act, number, owner=form.owner)
    return Redirect(f"{PAGE}/{number}/review?notice=incident-closed", status_code=303)


def to_room(number: int, notice: str = "saved", *, part: str = "") -> Redirect:
    """Back to the incident, at the part that was changed."""
    return Redirect(f"{PAGE}/{number}?notice={notice}{'#' + part if part else ''}", status_code=303)


routes = (
    index,
    ask_new,
    make,
    show,
    wall,
    timeline,
    change,
    join,
    leave,
    release,
    hold,
    resume,
    escalate,
    name,
    close,
)
