"""Settings: notifications, absences, and the preview of what would be sent."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from amends.i18n import gettext as _
from amends.rules.vocabulary import Audience, NewCases, Role
from amends.services.follow_up import calendar_feeds
from amends.services.nudge import digest_messages, previews, push_targets, targets
from amends.services.nudge.digest_messages import SHOWN, Line
from amends.services.nudge.previews import Foreseen, Preview
from amends.services.team import absences, members
from amends.services.team.members import Member
from amends.web import dates, forms
from amends.web.case import titles
from amends.web.dates import Moment, late_words
from amends.web.follow_up import calendar_feeds_view as feeds
from amends.web.labels import label, reference
from amends.web.nudge import target_form
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.team import rotas_view, team_form


class ReminderForm(msgspec.Struct, kw_only=True):
    """How often; an empty hour means no digest."""

    digest_at: time | None = None
    digest_weekly: bool = False
    daily_budget: Annotated[int, Meta(ge=0, le=1000)] = 6
    hears_urgent: bool = False
    new_cases: NewCases | None = None


class AbsenceForm(msgspec.Struct, kw_only=True):
    """Who is away from when until when, and who stands in."""

    member: UUID
    begins_at: datetime
    ends_at: datetime
    deputy: UUID | None = None


class LateThen(msgspec.Struct, frozen=True):
    """Something that would be late, ready to show."""

    href: str
    duty: str
    title: str
    late: str
    why: str


class PreviewShown(msgspec.Struct, frozen=True, kw_only=True):
    """What a member would get at some moment, ready to show; `more` late ones are only counted."""

    away: bool
    deputy: str
    held_until: Moment | None
    late: list[LateThen]
    more: int
    digest_title: str
    digest: list[Line]


async def page(here: Here, *, typed: Typed = NOTHING_TYPED, feed_link: str = "") -> Response[bytes]:
    """The whole page, with what was typed into one of its forms and refused.

    `feed_link` is that of a new calendar feed, shown once.
    """
    me, now = here.member, here.now
    seen, wrong_moment = await _preview(here)
    everyone = [one for one in await members.everyone() if one.works]
    return await here.render(
        "settings/reminders.html",
        status=typed.status,
        me=me,
        targets=target_form.rows(await targets.of_member(me.id), now=now),
        push_key=await push_targets.public_key(),
        digest_at=team_form.clock(me.digest_at) if me.digest_at is not None else "",
        new_cases=target_form.new_cases(),
        new_cases_usually=_usually(everyone),
        is_lead=me.role.reaches(Role.LEAD),
        everyone=[(str(one.id), one.name) for one in everyone],
        absences=[rotas_view.stretch(one, me, now=now) for one in await absences.absences_ahead(now=now)],
        preview=_foreseen(seen) if seen else None,
        preview_at=here.query.get("at", ""),
        wrong_moment=wrong_moment,
        feed=feeds.shown(await calendar_feeds.of_member(me.id), now=now),
        feed_link=feed_link,
        form=typed.form,
        typed=typed.values,
        error=typed.detail,
        wrong=typed.errors,
    )


@get("/settings/reminders", opt={"policy": Policy.WORK})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The page; with `at` it also says what the member would get at that moment."""
    return await page(here)


@post("/settings/reminders", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page, "reminders")
async def change(here: NamedDependency[Here]) -> Response[Any]:
    """The member's digest, budget and urgent nudges."""
    form = await here.form(ReminderForm)
    at = form.digest_at
    await members.change_reminders(
        here.act,
        digest_at=at.hour * 60 + at.minute if at else None,
        digest_weekly=form.digest_weekly,
        daily_budget=form.daily_budget,
        hears_urgent=form.hears_urgent,
        new_cases=form.new_cases,
    )
    return saved("/settings/reminders", "reminders")


@post("/settings/absences", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page, "absences")
async def plan_absence(here: NamedDependency[Here]) -> Response[Any]:
    """A member will be away."""
    form = await here.form(AbsenceForm)
    await absences.plan(
        here.act, form.member, begins_at=form.begins_at, ends_at=form.ends_at, deputy=form.deputy
    )
    return saved("/settings/reminders", "absences")


@post("/settings/absences/{stretch:uuid}/cancel", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def cancel(here: NamedDependency[Here], stretch: FromPath[UUID]) -> Redirect:
    """An absence ends before its time, or never begins."""
    await absences.cancel(here.act, stretch)
    return Redirect("/settings/reminders?notice=removed#absences", status_code=303)


def _usually(everyone: Sequence[Member]) -> str:
    """What whoever chose nothing is told of."""
    if len(everyone) == 1:
        return _("Default: all, while you are the only member")
    return _("Default: critical and serious ones, while you are on duty")


async def _preview(here: Here) -> tuple[Preview | None, str]:
    asked = here.query.get("at", "")
    if not asked:
        return None, ""
    try:
        moment = forms.moment_of(asked, zone=here.visit.zone)
    except forms.FormIsIncomplete as error:
        return None, error.detail
    return await previews.at(here.member, moment), ""


def _foreseen(seen: Preview) -> PreviewShown:
    return PreviewShown(
        away=seen.away,
        deputy=seen.deputy,
        held_until=dates.moment(seen.held_until, now=seen.at) if seen.held_until else None,
        late=[
            LateThen(
                href=f"/cases/{one.number}",
                duty=f"{reference(one.number)} · {label(one.kind)}",
                title=titles.title(one.title, one.nature),
                late=late_words(one.due_at, now=seen.at),
                why=_why(one),
            )
            for one in seen.late[:SHOWN]
        ],
        more=max(0, len(seen.late) - SHOWN),
        digest_title=digest_messages.title(seen.digest) if seen.digest else "",
        digest=list(digest_messages.lines(seen.digest, "", seen.at)) if seen.digest else [],
    )


def _why(one: Foreseen) -> str:
    """Why somebody hears of what is not simply theirs, or will not be theirs any more."""
    if one.given_back:
        return _("back in the pool by then")
    if one.stands_in_for:
        return _("you are deputy for %(name)s") % {"name": one.stands_in_for}
    return _("you are on duty") if one.audience is Audience.ON_DUTY else ""


routes = (show, change, plan_absence, cancel)
