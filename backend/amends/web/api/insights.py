"""API: the figures of a period, as the report counts them."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from msgspec import Meta

from amends.i18n import gettext as _
from amends.rules.insight.case_facts import PARTS, Event, Flag, Measure
from amends.rules.insight.day_figures import Cell, Dimension, Figures
from amends.rules.insight.durations import quantile
from amends.rules.insight.periods import Period, chosen, named
from amends.services.insight import reports
from amends.web.api.kit import Asked, QueryUnusable
from amends.web.security import Policy

EVERYTHING: Cell = (Dimension.ALL, "")
HALF, NINE_IN_TEN = 0.5, 0.9
Split = Literal["platform", "theme", "severity", "lang", "location"]
PeriodName = Literal["12w", "month", "last_month", "30d", "year", "365d"]


class DaysAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which days are asked for: a period by name, or both days; days are those of the team."""

    period: Annotated[PeriodName, Meta(description="Twelve weeks, unless both days are given.")] = "12w"
    first: Annotated[date | None, Meta(description="The first day.")] = None
    last: Annotated[date | None, Meta(description="The last day, included.")] = None


class FiguresAsked(DaysAsked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which days are asked for, and of which cases: all, those of a location, or of one value."""

    location: Annotated[UUID | None, Meta(description="A shop or brand; else all cases.")] = None
    by: Annotated[Split | None, Meta(description="With `value`: as `listFigures` splits.")] = None
    value: Annotated[str, Meta(max_length=60, description="With `by`: as `listFigures` says it.")] = ""

    def cell(self) -> Cell:
        """Of which cases. Raises QueryUnusable."""
        if self.by and self.location:
            raise QueryUnusable(fields={"location": _("Give a location, or “by” and “value”.")})
        if self.by:
            return Dimension(self.by), self.value
        return (Dimension.LOCATION, str(self.location)) if self.location else EVERYTHING


class LinesAsked(DaysAsked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which days are asked for, and by what their figures are split."""

    by: Annotated[Split, Meta(description="A case with several themes counts in each of them.")]


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases, or how often, by the word that the report and its lists count by."""

    what: str
    number: int
    before: int | None


class Lasted(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How long something took, in minutes, in half and in nine of ten cases; null of none."""

    what: Measure
    half: float | None
    nine_in_ten: float | None


class FiguresSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The figures of a period beside those of the one before, and what stands so now."""

    first: date
    last: date
    counts: list[Counted]
    times: list[Lasted]
    late: int
    forgotten: int
    given_up: int


class LineCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases, or how often, by the word that the report and its lists count by."""

    what: str
    number: int


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One value: a word, a language, or the id of a theme or location; empty where cases have none."""

    value: str
    counts: list[LineCount]
    late: int


class LinesSent(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a period, value by value, those with the most cases first."""

    first: date
    last: date
    lines: list[Line]


def _count(figures: Figures | reports.Line, what: Flag | Event) -> int:
    return figures.events[what] if isinstance(what, Event) else figures.flags[what]


def _period(wanted: DaysAsked, today: date) -> Period:
    if wanted.first is None and wanted.last is None:
        return named(today)[wanted.period]
    period = chosen(wanted.first, wanted.last, today=today)
    if period is None:
        words = _("Give both days, the first one not in the future.")
        raise QueryUnusable(fields={"first": words, "last": words})
    return period


@get(
    "/insights",
    operation_id="getFigures",
    opt={"policy": Policy.TOKEN_INSIGHTS, "query": FiguresAsked},
    tags=["insights"],
)
async def figures(asked: NamedDependency[Asked]) -> FiguresSent:
    """The figures of a period, of all cases together, or of those of one value.

    `listCases` with `counted`, `counted_from` and `counted_to` lists the cases behind a number.
    """
    wanted = asked.query(FiguresAsked)
    zone = await reports.zone()
    period = _period(wanted, await reports.today(asked.now))
    report = await reports.report(period, wanted.cell(), now=asked.now, zone=zone)
    now, before = report.now, report.before
    return FiguresSent(
        first=report.period.first,
        last=report.period.last,
        counts=[
            Counted(what=one, number=_count(now, one), before=_count(before, one) if before else None)
            for one in (*Flag, *Event)
        ],
        times=[
            Lasted(
                what=measure,
                half=quantile(now.times.get(measure, {}), HALF),
                nine_in_ten=quantile(now.times.get(measure, {}), NINE_IN_TEN),
            )
            for measure in Measure
            if measure not in PARTS
        ],
        late=report.late,
        forgotten=report.forgotten,
        given_up=report.given_up,
    )


@get(
    "/insights/lines",
    operation_id="listFigures",
    opt={"policy": Policy.TOKEN_INSIGHTS, "query": LinesAsked},
    tags=["insights"],
)
async def lines(asked: NamedDependency[Asked]) -> LinesSent:
    """The figures of a period by platform, theme, severity, language or location.

    `getFigures` with `by` and `value` has the times of one of them, and the period before.
    """
    wanted = asked.query(LinesAsked)
    period = _period(wanted, await reports.today(asked.now))
    found = await reports.lines(period, now=asked.now, zone=await reports.zone())
    return LinesSent(
        first=period.first, last=period.last, lines=[_line(one) for one in found[Dimension(wanted.by)]]
    )


def _line(found: reports.Line) -> Line:
    counts = [
        (one, found.events[one] if isinstance(one, Event) else found.flags[one]) for one in (*Flag, *Event)
    ]
    return Line(
        value=found.value,
        counts=[LineCount(what=one, number=number) for one, number in counts],
        late=found.late,
    )


routes = (figures, lines)
