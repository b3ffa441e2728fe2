"""iCalendar events of a member's feed."""

from datetime import datetime, timedelta

import msgspec

from amends.i18n import gettext as _
from amends.rules.team.calendar_files import Event, written
from amends.services.follow_up.agenda import AgendaEntry
from amends.services.follow_up.calendar_feeds import Feed, FeedShown
from amends.web import dates
from amends.web.case import titles
from amends.web.dates import Moment
from amends.web.labels import label, reference

LENGTH = timedelta(minutes=30)
REFRESH = "PT1H"


class FeedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A member's feed as the settings show it."""

    with_titles: bool
    with_unowned: bool
    made: Moment
    last_read: Moment | None


def shown(feed: FeedShown | None, *, now: datetime) -> FeedRow | None:
    """The feed, ready to show."""
    if feed is None:
        return None
    return FeedRow(
        with_titles=feed.with_titles,
        with_unowned=feed.with_unowned,
        made=dates.moment(feed.created_at, now=now),
        last_read=dates.moment(feed.read_at, now=now) if feed.read_at else None,
    )


def feed_file(feed: Feed, *, base_url: str) -> bytes:
    """The file in the language of the context; the same follow-ups make the same bytes."""
    events = (_event(one, feed.with_titles, base_url) for one in feed.entries)
    return written("Follow-ups", events, name=_("Amends: due dates"), refresh=REFRESH)


def _event(one: AgendaEntry, with_titles: bool, base_url: str) -> Event:
    """Nothing of what was written, by the author or by members, unless titles are wanted (R-26)."""
    summary = f"{label(one.kind)} {reference(one.number)}"
    return Event(
        uid=str(one.id),
        sequence=one.generation,
        written_at=one.created_at,
        starts=one.due_at,
        ends=one.due_at + LENGTH,
        summary=f"{summary} {titles.title(one.title, one.nature)}" if with_titles and one.title else summary,
        url=f"{base_url}/cases/{one.number}",
    )
