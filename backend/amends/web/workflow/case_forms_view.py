"""Fields of the small forms of a case."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from amends.i18n import N_, language
from amends.i18n import gettext as _
from amends.rules.case.exchanges import message_waits
from amends.rules.follow_up.snoozes import Wake, presets
from amends.rules.team.calendars import Calendar
from amends.rules.vocabulary import Severity
from amends.services.desk.cases import CaseDetail
from amends.services.team.members import Member
from amends.web import dates
from amends.web.case.labels import severity_label, severity_title
from amends.web.controls import Options, members_to_choose
from amends.web.dates import Moment
from amends.web.page_kit import Typed


class LocationChip(msgspec.Struct, frozen=True, kw_only=True):
    """The location of a case, those to choose from, and why a choice was refused."""

    name: str
    chosen: str
    options: Options
    problem: str


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """Whose the case is, how bad it is, and until when it sleeps."""

    owners: Options
    owner_id: str
    owner_problem: str
    note: str
    mine: bool
    me: str
    watched: bool
    hostile_week: int
    severities: tuple[tuple[str, str, str], ...]
    severity: str
    severity_problem: str
    snoozed: Moment | None
    wakes_on_reply: bool
    snoozes: Options
    snoozing: bool
    message_waits: bool
    snooze_at: str
    snooze_error: str
    snooze_reason: str
    reason_error: str


def tools(
    detail: CaseDetail,
    typed: Typed,
    *,
    reader: Member,
    members: tuple[Member, ...],
    calendar: Calendar,
    now: datetime,
) -> Tools:
    """The forms of one case for one member."""
    until, owner = detail.row.snoozed_until, detail.row.owner
    here = typed.of("snooze")
    given = typed.values if typed.form == "owner" else {}
    weighed = typed.values if typed.form == "severity" else {}
    return Tools(
        owners=members_to_choose(members),
        owner_id=given.get("owner", str(owner.id) if owner else ""),
        owner_problem=_compared(typed, "owner", owner.name if owner else _("Unassigned")),
        note=given.get("note", ""),
        mine=owner is not None and owner.id == reader.id,
        watched=detail.watched is not None,
        hostile_week=detail.hostile_week,
        me=str(reader.id),
        severities=_severities(language()),
        severity=weighed.get("severity", detail.row.severity or ""),
        severity_problem=_compared(typed, "severity", _severity_now(detail)),
        snoozed=dates.moment(until, now=now) if until is not None and until > now else None,
        wakes_on_reply=detail.wake_on_reply,
        snoozes=_snoozes(reader, calendar, now),
        snoozing=typed.form == "snooze",
        message_waits=message_waits(detail.timeline, came_back=detail.row.came_back_at is not None),
        snooze_at=here.values.get("at", ""),
        snooze_error=here.errors.get("at", here.errors.get("until", "")),
        snooze_reason=here.values.get("reason", ""),
        reason_error=here.errors.get("reason", ""),
    )


def location(detail: CaseDetail, typed: Typed) -> LocationChip | None:
    """None where the team has no locations, and the case belongs to none of before."""
    standing = detail.row.location
    if not (detail.locations or standing):
        return None
    given = typed.values if typed.form == "location" else {}
    options = {str(one.id): one.name for one in detail.locations}
    if standing:  # a retired one stays while it is chosen
        options.setdefault(str(standing.id), standing.name)
    return LocationChip(
        name=standing.name if standing else "",
        chosen=given.get("location", str(standing.id) if standing else ""),
        options=tuple(options.items()),
        problem=_compared(typed, "location", standing.name if standing else _("None")),
    )


def _compared(typed: Typed, form: str, standing: str) -> str:
    """Why the form was refused, and what stands there now: what was chosen is still chosen in it."""
    if typed.form != form or not typed.detail:
        return ""
    now = _("Current value: %(value)s.") % {"value": standing}
    return f"{typed.errors.get(form, typed.detail)} {now}"


def _severity_now(detail: CaseDetail) -> str:
    severity = detail.row.severity
    return severity_label(severity) if severity else "–"


@lru_cache(maxsize=8)
def _severities(_spoken: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.value, severity_label(one), severity_title(one)) for one in Severity)


WAKES = {
    Wake.TOMORROW: N_("Tomorrow"),
    Wake.NEXT_WORKING_DAY: N_("Next working day"),
    Wake.MONDAY: N_("Monday"),
    Wake.NEXT_WEEK: N_("Next week"),
    Wake.IN_A_WEEK: N_("In a week"),
}


def _snoozes(reader: Member, calendar: Calendar, now: datetime) -> Options:
    """Until when one mostly wants peace, on the reader's clock, each with its date printed."""
    return tuple(
        (
            f"{one.at:%Y-%m-%dT%H:%M}",
            f"{_(WAKES[one.name])} ({dates.short_date(one.at.date())}, {one.at:%H:%M})",
        )
        for one in presets(now, zone=ZoneInfo(reader.zone), calendar=calendar)
    )
