"""Retention, ready to show: the plan with what would go, and the list of cases."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.operation.retention import KEPT_FOR_EVER, PERIODS, Plan, Term
from amends.services.operation.retention.reading import HeldBack, Listed
from amends.web import dates
from amends.web.case import titles
from amends.web.operation import retention_labels as labels


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """One period as its input: its name, what it is for, and the number that stands in it."""

    name: str
    label: str
    hint: str
    months: str


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases of one kind would go, and how many stay although their period is over."""

    label: str
    for_ever: bool
    goes: int
    held: int
    owing: int


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One case on the list."""

    number: int
    title: str
    term: str
    closed: str
    goes: str = ""
    kept_until: str = ""
    reason: str = ""
    by: str = ""


def periods(values: Mapping[str, str]) -> tuple[Period, ...]:
    """The inputs, with what stands in each."""
    return tuple(
        Period(name=name, label=_(label), hint=_(hint), months=values.get(name, ""))
        for name, (label, hint) in labels.PERIODS.items()
    )


def values(plan: Plan) -> dict[str, str]:
    """A plan as its inputs have it."""
    return {name: str(getattr(plan, name)) for name in (*PERIODS, "notice_days")}


def counts(plan: Plan, found: Mapping[Term, Mapping[str, int]]) -> tuple[Count, ...]:
    """What would go by a plan, one line a kind; duplicates only where there are some."""
    return tuple(
        Count(
            label=_(label),
            for_ever=getattr(plan, term, None) == KEPT_FOR_EVER,
            **{name: found.get(term, {}).get(name, 0) for name in ("goes", "held", "owing")},
        )
        for term, label in labels.TERMS.items()
        if term is not Term.MERGED or term in found
    )


def line(one: Listed) -> Line:
    """A case on notice, or one that is kept."""
    by = one.kept_by.name if one.kept_by else ""
    return Line(
        number=one.number,
        title=titles.title(one.title, one.nature),
        term=_(labels.TERMS[one.term]),
        closed=_day(one.closed_at),
        goes=dates.first_day(one.goes_at),
        kept_until=dates.day(one.kept_until) if one.kept_until else "",
        reason=one.kept_reason,
        by=by,
    )


def held(found: Iterable[HeldBack]) -> tuple[Line, ...]:
    """Cases that stay because of a legal hold."""
    return tuple(
        Line(
            number=one.number,
            title=titles.title(one.title, one.nature),
            term=_(labels.TERMS[one.term]),
            closed=_day(one.closed_at),
        )
        for one in found
    )


def _day(at: datetime | None) -> str:
    return dates.day(dates.local_day(at)) if at else ""
