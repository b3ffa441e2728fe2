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
PeriodName = Literal["12w", "month", "last_month", "30d", "year", "365d"]


class FiguresAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which days are asked for: a period by name, or both days; days are those of the team."""

    period: Annotated[PeriodName, Meta(description="Twelve weeks, unless both days are given.")] = "12w"
    first: Annotated[date | None, Meta(description="The first day.")] = None
    last: Annotated[date | None, Meta(description="The last day, included.")] = None
    location: Annotated[UUID | None, Meta(description="A shop or brand; else all cases.")] = None


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


def _count(figures: Figures, what: Flag | Event) -> int:
    return figures.events[what] if isinstance(what, Event) else figures.flags[what]


def _period(wanted: FiguresAsked, today: date) -> Period:
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
    """The figures of a period, of all cases together, or of one location.

    `listCases` with `counted`, `counted_from` and `counted_to` lists the cases behind a number.
    """
    wanted = asked.query(FiguresAsked)
    zone = await reports.zone()
    period = _period(wanted, await reports.today(asked.now))
    cell: Cell = (Dimension.LOCATION, str(wanted.location)) if wanted.location else EVERYTHING
    report = await reports.report(period, cell, now=asked.now, zone=zone)
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


routes = (figures,)
