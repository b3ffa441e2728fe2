"""Capacity: hours owed and hours there are, what may be left in silence, and the minutes behind it (P10)."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.insight.capacity import ActKind
from amends.rules.vocabulary import Role
from amends.services.insight import capacity, silence
from amends.services.workflow import moves
from amends.web import dates
from amends.web.insight import capacity_view as view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = view.PAGE
MINUTES = "/settings/capacity"
CASE = f"{PAGE}/silence/{{number:int}}"


class MinutesForm(msgspec.Struct, kw_only=True):
    """Minutes an act, by its word, and the share of working time."""

    version: int
    decide: int
    answer: int
    contact: int
    step: int
    check: int
    second_chance: int
    share: int

    def minutes(self) -> dict[ActKind, int]:
        """The same by the kind of act."""
        return {kind: getattr(self, kind.value) for kind in ActKind}


class WeekForm(msgspec.Struct, kw_only=True):
    """What the last week took; no hours take back what was said."""

    version: int
    hours: int | None = None


class LeaveForm(msgspec.Struct):
    """The version of the case that the lead saw."""

    version: int


async def _page(here: Here, *, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    standing = await capacity.standing()
    found = await capacity.coming_week(now=here.now)
    proposals = await silence.proposed(now=here.now) if found.is_short else []
    monday = await capacity.last_monday(here.now)
    return await here.render(
        "insights/capacity.html",
        status=typed.status,
        page=view.shown(found, standing.plan),
        proposals=[view.proposal(one, reader=here.member.id, now=here.now) for one in proposals],
        left=[view.left(one) for one in await silence.just_left(here.act)],
        said=view.said(standing, monday, now=here.now),
        version=standing.version,
        typed=typed.of("week").values,
        wrong=typed.of("week").errors,
        problem=typed.problem,
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The coming seven days."""
    return await _page(here)


@post(f"{PAGE}/week", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "week")
async def say_week(here: NamedDependency[Here]) -> Response[Any]:
    """What the last whole week took the whole team."""
    form = await here.form(WeekForm)
    await capacity.say_week(here.act, form.hours, after=form.version)
    return saved(PAGE, "minutes")


@post(CASE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "silence")
async def leave(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Leaves one proposed case in silence."""
    await silence.must_be_short(now=here.now)
    await silence.leave(here.act, number, version=(await here.form(LeaveForm)).version)
    return Redirect(f"{PAGE}?notice=left-in-silence#silence", status_code=303)


@post(f"{CASE}/undo/{{undo_id:uuid}}", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "silence")
async def take_back(
    here: NamedDependency[Here], number: FromPath[int], undo_id: FromPath[UUID]
) -> Response[Any]:
    """The case waits for an answer again."""
    await moves.undo(here.act, number, undo_id)
    return Redirect(f"{PAGE}?notice=undone#silence", status_code=303)


async def _minutes_page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    standing = await capacity.standing()
    return await here.render(
        "settings/capacity.html",
        status=typed.status,
        fields=view.fields(),
        typed=view.typed_minutes(typed, standing.plan),
        version=standing.version,
        made=dates.moment(standing.made_at, now=here.now) if standing.made_at else None,
        made_by=standing.made_by,
        may_change=here.member.role is Role.ADMIN,
        wrong=typed.errors,
        problem=typed.problem,
    )


@get(MINUTES, opt={"policy": Policy.LEAD})
async def show_minutes(here: NamedDependency[Here]) -> Response[bytes]:
    """Minutes an act; an admin changes them."""
    return await _minutes_page(here)


@post(MINUTES, opt={"policy": Policy.ADMIN})
@submit_or_redisplay(_minutes_page)
async def set_minutes(here: NamedDependency[Here]) -> Response[Any]:
    """These minutes count from now on."""
    form = await here.form(MinutesForm)
    await capacity.set_minutes(here.act, form.minutes(), share=form.share, after=form.version)
    return saved(MINUTES)


routes = (show, say_week, leave, take_back, show_minutes, set_minutes)
