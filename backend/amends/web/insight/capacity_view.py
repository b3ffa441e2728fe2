"""Capacity, ready to show: hours owed and hours there are in words, and what could be left in silence."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import ngettext, number
from amends.rules.insight.capacity import ActKind, CapacityPlan, Wording
from amends.services.insight.capacity import Capacity, StandingPlan
from amends.services.insight.silence import Left, Proposal
from amends.web import dates
from amends.web.case import titles
from amends.web.dates import Moment
from amends.web.desk import cards_view
from amends.web.desk.cards_view import Card
from amends.web.insight.labels import capacity as labels
from amends.web.page_kit import Typed

PAGE = "/insights/capacity"


class ActLine(msgspec.Struct, frozen=True):
    """So many acts of one kind that are due, and the minutes that one takes."""

    name: str
    count: str
    minutes: str


class ProposalShown(msgspec.Struct, frozen=True, kw_only=True):
    """A case that may be left in silence: why, what the button says and what becomes of it."""

    card: Card
    version: int
    reasons: str
    action: str
    then: str
    href: str


class CapacityShown(msgspec.Struct, frozen=True, kw_only=True):
    """The page in words; `owed` and `there` are empty where no hours are said."""

    sentence: str
    owed: str
    could_be: str
    there: str
    coming: str
    is_short: bool
    acts: tuple[ActLine, ...]


def shown(capacity: Capacity, plan: CapacityPlan) -> CapacityShown:
    """What is due in the coming seven days, with hours from twelve new cases a week on."""
    in_hours = capacity.wording is Wording.HOURS
    return CapacityShown(
        sentence=_sentence(capacity),
        owed=_rounded(capacity.owed.likely) if in_hours else "",
        could_be=_("It could be %(hours)s.") % {"hours": _hours(capacity.owed.high)} if in_hours else "",
        there=_rounded(capacity.there) if in_hours else "",
        coming=number(round(capacity.coming)),
        is_short=capacity.is_short,
        acts=tuple(_act(kind, capacity.due.get(kind, 0), plan) for kind in ActKind),
    )


def _rounded(hours: int) -> str:
    return _("%(num)s h") % {"num": number(hours)}


def _hours(hours: int) -> str:
    return ngettext("%(num)d hour", "%(num)d hours", hours) % {"num": hours}


def _sentence(capacity: Capacity) -> str:
    due = sum(capacity.due.values())
    match capacity.wording:
        case Wording.NOTHING_DUE:
            return _("Nothing is due in the next seven days.")
        case Wording.MORNING:
            return _("What is due in the next seven days is about a morning of work, or less.")
        case Wording.FEW:
            words = ngettext(
                "%(num)d thing is due in the next seven days.",
                "%(num)d things are due in the next seven days.",
                due,
            ) % {"num": due}
            few = _("With so few new cases a week, hours would be a guess.")
            return f"{words} {few}"
    if capacity.is_short:
        return _("More hours are needed in the next seven days than are available.")
    return _("There are enough hours for what is due in the next seven days.")


def _act(kind: ActKind, due: int, plan: CapacityPlan) -> ActLine:
    return ActLine(_(labels.ACTS[kind]), number(due), _("%(num)s min") % {"num": plan.minutes[kind]})


def proposal(one: Proposal, *, reader: UUID, now: datetime) -> ProposalShown:
    """A case with the reasons for leaving it in silence."""
    action, then = labels.SILENCES[one.case.stage]
    return ProposalShown(
        card=cards_view.card(one.case, reader=reader, now=now),
        version=one.version,
        reasons=" ".join(_(reason) for reason in one.reasons),
        action=_(action),
        then=_(then),
        href=f"{PAGE}/silence/{one.case.number}",
    )


class LeftShown(msgspec.Struct, frozen=True, kw_only=True):
    """A case that was just left in silence, with the address that takes it back."""

    number: int
    title: str
    lang: str
    undo: str


def left(one: Left) -> LeftShown:
    """The same, ready to show."""
    title, lang = titles.title(one.title, one.nature), titles.language(one.lang, one.nature)
    undo = f"{PAGE}/silence/{one.number}/undo/{one.undo}"
    return LeftShown(number=one.number, title=title, lang=lang, undo=undo)


class SaidShown(msgspec.Struct, frozen=True):
    """What the team said of a past week, and by whom it was typed; `week` is what the form asks about."""

    week: str
    said: str
    by: str
    at: Moment | None


def said(standing: StandingPlan, monday: date, *, now: datetime) -> SaidShown:
    """The correction that stands, and the week that it may be said of."""
    week, kept = dates.days(monday, monday.fromordinal(monday.toordinal() + 6)), standing.plan.said
    if kept is None:
        return SaidShown(week, "", "", None)
    days = dates.days(kept.monday, kept.monday.fromordinal(kept.monday.toordinal() + 6))
    words = _("%(days)s took the team %(hours)s.") % {"days": days, "hours": _hours(kept.hours)}
    at = dates.moment(standing.made_at, now=now) if standing.made_at else None
    return SaidShown(week, words, standing.made_by, at)


def typed_minutes(typed: Typed, plan: CapacityPlan) -> dict[str, str]:
    """What the form of the minutes shows: what was typed, else what stands."""
    if typed.values:
        return dict(typed.values)
    return {kind.value: str(plan.minutes[kind]) for kind in ActKind} | {"share": str(plan.share)}


def fields() -> list[tuple[str, str]]:
    """The fields of the minutes with their labels."""
    return [(kind.value, _(labels.ACTS[kind])) for kind in ActKind]
