"""Pages behind the action links of messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.errors import Invalid
from amends.i18n import N_, set_language
from amends.i18n import gettext as _
from amends.services.nudge import step_words
from amends.services.workflow import message_actions
from amends.services.workflow.message_actions import Offer
from amends.web import dates, forms, templating
from amends.web.dates import late_words
from amends.web.requests import site, visit
from amends.web.security import Policy
from amends.web.workflow.labels import moves


class HandOverForm(msgspec.Struct):
    """Who gets the case."""

    to: UUID


class SnoozeForm(msgspec.Struct):
    """Why it has to sleep again; asked the third time."""

    reason: str = ""


@get("/act/{token:str}", opt={"policy": Policy.PUBLIC})
async def show(
    request: Request[Any, Any, Any], token: FromPath[str], now: NamedDependency[datetime]
) -> Response[bytes]:
    """What the link is about; looking changes nothing, whoever looks. Raises LinkIsSpent."""
    _throttle(request)
    return await _page(request, token, now=now)


@post("/act/{token:str}/snooze", opt={"policy": Policy.PUBLIC})
async def snooze(
    request: Request[Any, Any, Any], token: FromPath[str], now: NamedDependency[datetime]
) -> Response[bytes]:
    """Leaves the member in peace for a day."""
    _throttle(request)
    try:
        form = await forms.decode(request, SnoozeForm)
        done = await message_actions.snooze(token, reason=form.reason, now=now)
    except Invalid as error:
        return await _page(request, token, now=now, error=error)
    until = dates.moment(now + message_actions.A_DAY, now=now).brief
    return await _told(
        request,
        done,
        N_("Asleep until %(date)s, or until they write. What was promised goes on."),
        date=until,
    )


@post("/act/{token:str}/hand-over", opt={"policy": Policy.PUBLIC})
async def hand_over(
    request: Request[Any, Any, Any], token: FromPath[str], now: NamedDependency[datetime]
) -> Response[bytes]:
    """Gives the case to somebody else, or to oneself."""
    _throttle(request)
    try:
        form = await forms.decode(request, HandOverForm)
        done = await message_actions.hand_over(token, to=form.to, now=now)
    except Invalid as error:
        return await _page(request, token, now=now, error=error)
    return await _told(request, done, N_("%(name)s owns this case now."), name=done.others[form.to])


@post("/act/{token:str}/hand-back", opt={"policy": Policy.PUBLIC})
async def hand_back(
    request: Request[Any, Any, Any], token: FromPath[str], now: NamedDependency[datetime]
) -> Response[bytes]:
    """Gives the case back to the pool."""
    _throttle(request)
    done = await message_actions.hand_over(token, to=None, now=now)
    return await _told(request, done, N_("Nobody owns this case now; whoever takes it finds it on Today."))


@post("/act/{token:str}/done", opt={"policy": Policy.PUBLIC})
async def finish(
    request: Request[Any, Any, Any], token: FromPath[str], now: NamedDependency[datetime]
) -> Response[bytes]:
    """Does the duty."""
    _throttle(request)
    return await _told(
        request, await message_actions.finish(token, now=now), N_("Done. The timeline says so.")
    )


def _throttle(request: Request[Any, Any, Any]) -> None:
    """Nobody gets far by trying: thirty a minute from one address. Raises TooFast."""
    site(request).acts.take(visit(request).address, now=visit(request).now)


async def _page(
    request: Request[Any, Any, Any], token: str, *, now: datetime, error: Invalid | None = None
) -> Response[bytes]:
    offered = await message_actions.offer(token, now=now)
    _speak_to(offered)
    return await templating.render(
        request,
        "acts/index.html",
        status=error.status if error else 200,
        offered=offered,
        due=dates.moment(offered.due_at, now=now),
        late=late_words(offered.due_at, now=now) if offered.due_at < now else "",
        wakes=dates.moment(now + message_actions.A_DAY, now=now),
        others=[(str(one), _name(offered, one)) for one in offered.others],
        step=step_words.words(offered.step.do) if offered.step.kind is not offered.kind else "",
        done=_verb(offered.done),
        token=token,
        wrong=error.fields if error else {},
    )


async def _told(
    request: Request[Any, Any, Any], done: Offer, sentence: str, **values: str
) -> Response[bytes]:
    _speak_to(done)
    return await templating.render(request, "acts/done.html", done=done, sentence=_(sentence) % values)


def _speak_to(offered: Offer) -> None:
    """The page is the member's, in their language and zone, whatever browser it is opened in."""
    set_language(offered.member.language)
    dates.tell_time_in(offered.member.zone)


def _name(offered: Offer, one: UUID) -> str:
    name = offered.others[one]
    return _("me (%(name)s)") % {"name": name} if one == offered.member.id else name


def _verb(done: str | None) -> str:
    ways = {"keep": _("The promise is kept"), "tick": _("Done")}
    return ways.get(done) or moves.verb(done) if done else ""


routes = (show, snooze, hand_over, hand_back, finish)
