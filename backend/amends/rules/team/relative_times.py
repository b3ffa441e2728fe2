"""Relative times in words: how far away an instant is, how late something is, on the wall clock of a zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from amends.i18n import gettext as _
from amends.i18n import ngettext

MINUTE, HOUR, DAY = 60, 3600, 86400
ONE_DAY_LATE = 12 * HOUR
"""From here on what was due on an earlier day is late by days; before, by hours."""


def relative(at: datetime, *, now: datetime, zone: str) -> str:
    """How far away an instant is: "in 2 h", "tomorrow 11:00", "3 days ago"."""
    seconds = int((at - now).total_seconds())
    if abs(seconds) < MINUTE:
        return _("now")
    days = _days_between(now, at, zone)
    if abs(seconds) < HOUR or not days:
        return _away(seconds)
    if abs(days) == 1:
        words = _("tomorrow %(time)s") if days == 1 else _("yesterday %(time)s")
        return words % {"time": f"{at.astimezone(ZoneInfo(zone)):%H:%M}"}
    return _away(days * DAY)


def late(due_at: datetime, *, now: datetime, zone: str) -> str:
    """How late something is: "2 h late", "1 day late"; at least a minute."""
    seconds = int((now - due_at).total_seconds())
    days = _days_between(due_at, now, zone)
    length = days * DAY if days and seconds >= ONE_DAY_LATE else max(seconds, MINUTE)
    return _("%(span)s late") % {"span": span(length)}


def due(due_at: datetime, *, now: datetime, zone: str) -> str:
    """When something is due: "2 h late", "due now", "due tomorrow 11:00"."""
    if now - due_at >= timedelta(seconds=MINUTE):
        return late(due_at, now=now, zone=zone)
    if due_at - now < timedelta(seconds=MINUTE):
        return _("due now")
    return _("due %(when)s") % {"when": relative(due_at, now=now, zone=zone)}


def span(seconds: int) -> str:
    """A length of elapsed time in its largest sensible unit, cut off and never rounded up."""
    if seconds < HOUR:
        return _("%(count)d min") % {"count": seconds // MINUTE}
    if seconds < DAY:
        return _("%(count)d h") % {"count": seconds // HOUR}
    if seconds < 21 * DAY:
        days = seconds // DAY
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if seconds < 90 * DAY:
        weeks = seconds // (7 * DAY)
        return ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks}
    if seconds < 730 * DAY:
        months = seconds // (30 * DAY)
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    years = seconds // (365 * DAY)
    return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}


def work_span(seconds: int) -> str:
    """A length of working time in hours and minutes, unbroken: a day's length differs from team to team."""
    return _work_span(seconds).replace(" ", "\u00a0")


def _work_span(seconds: int) -> str:
    hours, minutes = divmod(seconds // MINUTE, 60)
    if not hours:
        return _("%(count)d min") % {"count": minutes}
    if not minutes:
        return _("%(count)d h") % {"count": hours}
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": minutes}


def _away(seconds: int) -> str:
    if seconds > 0:
        return _("in %(span)s") % {"span": span(seconds)}
    return _("%(span)s ago") % {"span": span(-seconds)}


def _days_between(first: datetime, last: datetime, zone: str) -> int:
    """How many midnights of the zone lie between two instants."""
    here = ZoneInfo(zone)
    return (last.astimezone(here).date() - first.astimezone(here).date()).days
