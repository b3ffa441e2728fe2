"""Calendar feed of a member: the feed, its link, and its withdrawal."""

import hashlib
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from amends.i18n import use_language
from amends.services.follow_up import calendar_feeds
from amends.settings import Settings
from amends.web.confirmation import confirmed
from amends.web.follow_up.calendar_feeds_view import feed_file
from amends.web.operation import notification_settings
from amends.web.page_kit import Here
from amends.web.requests import site, visit
from amends.web.security import Policy

PART = "/settings/reminders?notice={notice}#calendar-feed"


class FeedForm(msgspec.Struct, kw_only=True):
    """What the calendar gets to read besides kinds and numbers of the member's own."""

    with_titles: bool = False
    with_unowned: bool = False


@get("/calendar/{file:str}", opt={"policy": Policy.PUBLIC})
async def show(
    request: Request[Any, Any, Any],
    file: FromPath[str],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """The feed of `{token}.ics`; any other name gets the answer of an address where there is nothing.

    Thirty a minute from one address. Calendars that hold the same bytes already get 304.
    """
    site(request).feeds.take(visit(request).network, now=now)
    token, dot, kind = file.rpartition(".")
    feed = await calendar_feeds.read(token, now=now) if f"{dot}{kind}" == ".ics" else None
    if feed is None:
        raise NotFoundException
    with use_language(feed.member.language):
        content = feed_file(feed, base_url=settings.base_url)
    headers = {"etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "cache-control": "private, no-cache"}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    headers["content-disposition"] = 'inline; filename="amends.ics"'
    return Response(content, media_type="text/calendar", headers=headers)


@post("/settings/calendar-feed", opt={"policy": Policy.SIGNED_IN})
@confirmed
async def make(here: NamedDependency[Here]) -> Response[bytes]:
    """A new link, shown once, and so as the answer itself; the old one is dead."""
    token = await calendar_feeds.make(here.act)
    return await notification_settings.page(here, feed_link=f"{here.settings.base_url}/calendar/{token}.ics")


@post("/settings/calendar-feed/change", opt={"policy": Policy.SIGNED_IN})
async def change(here: NamedDependency[Here]) -> Redirect:
    """More or less in it. Raises NoCalendarFeed."""
    form = await here.form(FeedForm)
    await calendar_feeds.change(here.act, with_titles=form.with_titles, with_unowned=form.with_unowned)
    return Redirect(PART.format(notice="saved"), status_code=303)


@post("/settings/calendar-feed/off", opt={"policy": Policy.SIGNED_IN})
async def switch_off(here: NamedDependency[Here]) -> Redirect:
    """No calendar reads it any more."""
    await calendar_feeds.switch_off(here.act)
    return Redirect(PART.format(notice="removed"), status_code=303)


routes = (show, make, change, switch_off)
