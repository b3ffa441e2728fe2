"""Fields of the small forms of a case."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.vocabulary import Channel, CustomerStatus, FollowUpKind, Nature, Severity, Stage
from amends.services.desk.cases import CaseDetail
from amends.services.team.members import Member
from amends.web import dates
from amends.web.case.labels import FAULTS, severity_label, severity_title
from amends.web.controls import Field, Options, Select, form_field, members_to_choose
from amends.web.dates import Moment
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.person.labels import customers
from amends.web.reply import drafts_view


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
    correcting: bool
    facts_problem: str
    facts: tuple[Select, ...]
    snoozed: Moment | None
    wakes_on_reply: bool
    snoozes: Options
    snoozing: bool
    snooze_at: str
    snooze_error: str
    snooze_reason: str
    reason_error: str


class Composer(msgspec.Struct, frozen=True, kw_only=True):
    """Where notes are written, and what was said is recorded."""

    note: str
    note_error: str
    recording: bool
    fields: tuple[Field, ...]


def tools(
    detail: CaseDetail, typed: Typed, *, reader: Member, members: tuple[Member, ...], now: datetime
) -> Tools:
    """The forms of one case for one member."""
    until, owner = detail.row.snoozed_until, detail.row.owner
    here = typed.of("snooze")
    given = typed.values if typed.form == "owner" else {}
    weighed = typed.values if typed.form == "severity" else {}
    return Tools(
        owners=members_to_choose(members),
        owner_id=given.get("owner", str(owner.id) if owner else ""),
        owner_problem=_compared(typed, "owner", owner.name if owner else _("Nobody yet")),
        note=given.get("note", ""),
        mine=owner is not None and owner.id == reader.id,
        watched=detail.watched is not None,
        hostile_week=detail.hostile_week,
        me=str(reader.id),
        severities=_severities(language()),
        severity=weighed.get("severity", detail.row.severity or ""),
        severity_problem=_compared(typed, "severity", _severity_now(detail)),
        correcting=typed.form == "facts",
        facts_problem=typed.detail if typed.form == "facts" else "",
        facts=_facts_to_correct(detail, typed.values if typed.form == "facts" else {}),
        snoozed=dates.moment(until, now=now) if until is not None and until > now else None,
        wakes_on_reply=detail.wake_on_reply,
        snoozes=_snoozes(dates.local_day(now), language()),
        snoozing=typed.form == "snooze",
        snooze_at=here.values.get("at", ""),
        snooze_error=here.errors.get("at", here.errors.get("until", "")),
        snooze_reason=here.values.get("reason", ""),
        reason_error=here.errors.get("reason", ""),
    )


def _facts_to_correct(detail: CaseDetail, given: Mapping[str, str]) -> tuple[Select, ...]:
    """What was said of the case in triage, to be put right at any time."""
    natures = tuple((one.value, label(one)) for one in Nature)
    statuses = tuple((one.value, label(one)) for one in CustomerStatus)
    faults = tuple((value, _(words)) for value, words in FAULTS.items())
    return (
        Select("nature", _("Nature"), given.get("nature", detail.nature or ""), natures),
        Select(
            "customer_status",
            _("Customer"),
            given.get("customer_status", detail.customer_status.value),
            statuses,
        ),
        Select("fault", _("Fault"), given.get("fault", str(detail.fault or "")), faults),
    )


def _compared(typed: Typed, form: str, standing: str) -> str:
    """Why the form was refused, and what stands there now: what was chosen is still chosen in it."""
    if typed.form != form or not typed.detail:
        return ""
    now = _("It is now: %(value)s.") % {"value": standing}
    return f"{typed.errors.get(form, typed.detail)} {now}"


def _severity_now(detail: CaseDetail) -> str:
    severity = detail.row.severity
    return severity_label(severity) if severity else "–"


@lru_cache(maxsize=8)
def _severities(_spoken: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.value, severity_label(one), severity_title(one)) for one in Severity)


@lru_cache(maxsize=64)
def _snoozes(today: date, _spoken: str) -> Options:
    """Until when one mostly wants peace, on the reader's clock, each with its date printed."""
    choices = {
        today + timedelta(days=1): _("Tomorrow"),
        today + timedelta(days=7 - today.weekday()): _("Monday"),
        today + timedelta(days=7): _("In a week"),
    }
    return tuple(
        (f"{day.isoformat()}T09:00", f"{words} ({dates.short_date(day)}, 09:00)")
        for day, words in sorted(choices.items())
    )


def facts(detail: CaseDetail) -> Options:
    """What was decided, as text; it becomes a field only where a move asks for it."""
    pings = detail.pings if detail.row.stage is Stage.WAITING else 0
    fault = FAULTS.get(str(detail.fault), "")
    known = [
        (_("We decided to"), label(detail.stance) if detail.stance else ""),
        (_("Nature"), label(detail.nature) if detail.nature else ""),
        (_("Customer"), label(detail.customer_status)),
        (_("Fault"), _(fault) if fault else ""),
        (label(FollowUpKind.NEXT_STEP), detail.next_step),
        (_("Remedy"), detail.remedy),
        (_("Public replies"), drafts_view.counted(detail)),
        (_("Contact details"), customers.word(detail.contact_request) if detail.contact_request else ""),
        (_("Written to again"), str(pings or "")),
        (_("Look again on"), dates.day(detail.review_on) if detail.review_on else ""),
    ]
    return tuple((name, fact) for name, fact in known if fact)


def composer(typed: Typed) -> Composer:
    """The forms below which a timeline stands."""
    here = typed.of("note")
    return Composer(
        note=here.values.get("text", ""),
        note_error=here.errors.get("text", here.problem),
        recording=typed.form == "touchpoint",
        fields=touchpoint_fields(typed) if typed.form == "touchpoint" else _usual_touchpoint(language()),
    )


@lru_cache(maxsize=8)
def _usual_touchpoint(_spoken: str) -> tuple[Field, ...]:
    return touchpoint_fields(Typed())


def touchpoint_fields(typed: Typed) -> tuple[Field, ...]:
    """What was said, by whom, where."""
    directions = [("in", _("They said")), ("out", _("We said"))]
    channels = [(channel.value, label(channel)) for channel in Channel]
    return (
        form_field("direction", "chips", _("Who?"), typed.of("touchpoint"), options=directions),
        form_field("channel", "chips", _("Through which channel?"), typed.of("touchpoint"), options=channels),
        form_field("text", "long", _("What was said?"), typed.of("touchpoint")),
        form_field("url", "url", _("Address"), typed.of("touchpoint"), required=False),
    )
