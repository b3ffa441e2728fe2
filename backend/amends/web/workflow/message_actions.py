"""Pages behind the action links of messages."""

from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.errors import Invalid
from amends.i18n import N_, set_language
from amends.i18n import gettext as _
from amends.services.nudge import step_words
from amends.services.workflow import message_actions
from amends.services.workflow.message_actions import Offer
from amends.web import dates
from amends.web.dates import late_words
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed
from amends.web.requests import site
from amends.web.security import Policy
from amends.web.workflow.labels import moves


class HandOverForm(msgspec.Struct):
    """Who gets the case."""

    to: UUID


class SnoozeForm(msgspec.Struct):
    """Why it has to sleep again, asked the third time; and that a message which waits was seen."""

    reason: str = ""
    beside_message: bool = False


async def _page(here: Here, *, token: str, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    offered, now = await message_actions.offer(token, now=here.now), here.now
    _speak_to(offered)
    return await here.render(
        "acts/index.html",
        status=typed.status,
        offered=offered,
        due=dates.moment(offered.due_at, now=now),
        late=late_words(offered.due_at, now=now) if offered.due_at < now else "",
        wakes=dates.moment(now + message_actions.A_DAY, now=now),
        others=[(str(one), _name(offered, one)) for one in offered.others],
        step=step_words.words(offered.step.do) if offered.step.kind is not offered.kind else "",
        done=_verb(offered.done),
        token=token,
        typed=typed.values,
        wrong=typed.errors,
    )


@get("/act/{token:str}", opt={"policy": Policy.PUBLIC})
async def show(here: NamedDependency[Here], token: FromPath[str]) -> Response[bytes]:
    """What the link is about; looking changes nothing, whoever looks. Raises LinkIsSpent."""
    here.throttle(site(here.request).acts)
    return await _page(here, token=token)


@post("/act/{token:str}/snooze", opt={"policy": Policy.PUBLIC})
@redisplayed(_page, only=Invalid)
async def snooze(here: NamedDependency[Here], token: FromPath[str]) -> Response[bytes]:
    """Leaves the member in peace for a day."""
    here.throttle(site(here.request).acts)
    form = await here.form(SnoozeForm)
    done = await message_actions.snooze(
        token, reason=form.reason, beside_message=form.beside_message, now=here.now
    )
    _speak_to(done)  # before any date is written
    until = dates.moment(here.now + message_actions.A_DAY, now=here.now).brief
    sentence = N_("Snoozed until %(date)s, or until the customer writes. Promises stay due.")
    return await _thanks(here, done, sentence, date=until)


@post("/act/{token:str}/hand-over", opt={"policy": Policy.PUBLIC})
@redisplayed(_page, only=Invalid)
async def hand_over(here: NamedDependency[Here], token: FromPath[str]) -> Response[bytes]:
    """Gives the case to somebody else, or to oneself."""
    here.throttle(site(here.request).acts)
    form = await here.form(HandOverForm)
    done = await message_actions.hand_over(token, to=form.to, now=here.now)
    return await _thanks(here, done, N_("%(name)s now owns this case."), name=done.others[form.to])


@post("/act/{token:str}/hand-back", opt={"policy": Policy.PUBLIC})
async def hand_back(here: NamedDependency[Here], token: FromPath[str]) -> Response[bytes]:
    """Gives the case back to the pool."""
    here.throttle(site(here.request).acts)
    done = await message_actions.hand_over(token, to=None, now=here.now)
    return await _thanks(here, done, N_("This case now has no owner; it is in the pool, on Today."))


@post("/act/{token:str}/done", opt={"policy": Policy.PUBLIC})
async def finish(here: NamedDependency[Here], token: FromPath[str]) -> Response[bytes]:
    """Does the duty."""
    here.throttle(site(here.request).acts)
    done = await message_actions.finish(token, now=here.now)
    return await _thanks(here, done, N_("Done, and recorded in the timeline."))


async def _thanks(here: Here, done: Offer, sentence: str, **values: str) -> Response[bytes]:
    _speak_to(done)
    return await here.render("acts/done.html", done=done, sentence=_(sentence) % values)


def _speak_to(offered: Offer) -> None:
    """The page is the member's, in their language and zone, whatever browser it is opened in."""
    set_language(offered.member.language)
    dates.tell_time_in(offered.member.zone)


def _name(offered: Offer, one: UUID) -> str:
    name = offered.others[one]
    return _("me (%(name)s)") % {"name": name} if one == offered.member.id else name


def _verb(done: str | None) -> str:
    ways = {"keep": _("Mark the promise as kept"), "tick": _("Done")}
    return ways.get(done) or moves.verb(done) if done else ""


routes = (show, snooze, hand_over, hand_back, finish)
