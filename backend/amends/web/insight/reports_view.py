"""A report ready to show: sentences, the main figures, a chart, tables; every number leads to its cases."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from amends.i18n import N_, number
from amends.i18n import gettext as _
from amends.rules.case import platforms
from amends.rules.insight.case_facts import ENDS, Event, Flag
from amends.rules.insight.counted import Counted, Lack
from amends.rules.insight.day_figures import OVERLAPPING, Cell, Dimension
from amends.rules.insight.main_figures import NOTHING, MainFigure, main_figures, share_of, work
from amends.rules.insight.periods import Period
from amends.rules.insight.sentences import sentences
from amends.services.insight.report_letters import facts_of
from amends.services.insight.reports import Line, Report
from amends.web import dates
from amends.web.case.labels import severity_label
from amends.web.case.labels.languages import language_title
from amends.web.desk.labels.counted import counted_label
from amends.web.insight.charts_view import Chart, chart
from amends.web.insight.figures_view import Count, TimeRow, ages, times
from amends.web.templating import query

DIMENSIONS = {
    Dimension.PLATFORM: N_("Platform"),
    Dimension.THEME: N_("Theme"),
    Dimension.SEVERITY: N_("Severity"),
    Dimension.LANG: N_("Language"),
    Dimension.LOCATION: N_("Location or brand"),
}
FILTERS = {
    Dimension.PLATFORM: "platform",
    Dimension.THEME: "theme",
    Dimension.SEVERITY: "severity",
    Dimension.LANG: "language",
    Dimension.LOCATION: "location",
}
"""The filter of Cases for each dimension."""
WITHOUT = {Dimension.SEVERITY: N_("Not set"), Dimension.LOCATION: N_("Without one")}
UNKNOWN = N_("Unknown")
"""What having no value is called."""
OF_LISTS = frozenset({Dimension.THEME, Dimension.LOCATION})
"""Dimensions of the team's own lists: one value says something, as not every case has one."""
PERIODS = {
    "12w": N_("12 weeks"),
    "month": N_("This month"),
    "last_month": N_("Last month"),
    "30d": N_("30 days"),
    "year": N_("This year"),
    "365d": N_("365 days"),
}
FORGOTTEN = "/cases?forgotten=on"
HAPPENED = (
    Event.SECOND_CHANCE_ASKED,
    Event.REOPENED,
    Event.PROMISE_KEPT,
    Event.PROMISE_LATE,
    Event.PROMISE_BROKEN,
    Event.RATING_RAISED,
    Event.RATING_LOWERED,
    Event.POST_EDITED,
    Event.POST_REMOVED,
)


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """A main figure: its name, its value, what it is made of or compared with, and the list behind it."""

    name: str
    value: str
    note: str
    href: str = ""
    tone: str = ""


class LineShown(msgspec.Struct, frozen=True, kw_only=True):
    """One platform, theme, severity, language or location; `href` reports it alone."""

    name: str
    href: str
    captured: str
    captured_href: str
    answered: str
    on_time: str
    won_back: str
    won_back_href: str


class Table(msgspec.Struct, frozen=True):
    """The values of one dimension."""

    title: str
    lines: tuple[LineShown, ...]
    note: str = ""


class ReportShown(msgspec.Struct, frozen=True, kw_only=True):
    """A whole report; `only` names the one value that it is about, with the address of all."""

    period: str
    compared: str
    sentences: tuple[str, ...]
    tiles: tuple[Tile, ...]
    chart: Chart
    times: tuple[TimeRow, ...]
    ends: tuple[Count, ...]
    happened: tuple[Count, ...]
    reminders: tuple[Count, ...]
    tables: tuple[Table, ...]
    backlog: tuple[Count, ...]
    only: str
    is_empty: bool


class Shower:
    """Shows one report: knows its period and what it is about, for the addresses of its lists."""

    def __init__(self, report: Report, themes: Mapping[str, str], locations: Mapping[str, str]) -> None:
        self.report, self.themes, self.locations = report, themes, locations

    def shown(self, backlog: list[tuple[int | None, int]]) -> ReportShown:
        """All of it."""
        report = self.report
        before = report.period.before()
        return ReportShown(
            period=_days(report.period),
            compared=_days(before) if report.before else "",
            sentences=tuple(sentences(facts_of(self.report, self.themes), work)),
            tiles=tuple(self._tiles()),
            chart=self._chart(),
            times=tuple(times(report.now)),
            ends=tuple(self._counts(ENDS)),
            happened=tuple(self._counts(HAPPENED)),
            reminders=tuple(self._reminders()),
            tables=tuple(self._tables()),
            backlog=tuple(ages(backlog)),
            only="" if report.cell[0] is Dimension.ALL else self.name(report.cell),
            is_empty=report.first_day is None,
        )

    def name(self, cell: Cell) -> str:
        """What a value of a dimension is called."""
        dimension, value = cell
        if not value:
            return _(WITHOUT.get(dimension, UNKNOWN))
        match dimension:
            case Dimension.PLATFORM:
                return platforms.label(value)
            case Dimension.THEME:
                return self.themes.get(value, _("A theme that is gone"))
            case Dimension.LOCATION:
                return self.locations.get(value, _("A location that is gone"))
            case Dimension.SEVERITY:
                return severity_label(value)
        return language_title(value)

    def href(self, counted: Counted, *, cell: Cell | None = None, period: Period | None = None) -> str:
        """The list behind a number."""
        dimension, value = cell or self.report.cell
        period = period or self.report.period
        days = {"counted_from": period.first.isoformat(), "counted_to": period.last.isoformat()}
        narrowed = {FILTERS[dimension]: value} if dimension in FILTERS else {}
        return f"/cases{query({'stage': 'all', 'counted': counted.value, **days, **narrowed})}"

    def _tiles(self) -> Iterator[Tile]:
        for figure in main_figures(
            facts_of(self.report, self.themes), is_whole=self.report.cell[0] is Dimension.ALL
        ):
            yield Tile(
                name=figure.name,
                value=figure.value,
                note=figure.note,
                href=self._behind(figure),
                tone=figure.tone,
            )

    def _behind(self, figure: MainFigure) -> str:
        if not figure.count or not figure.counted:
            return ""
        return FORGOTTEN if figure.counted == "forgotten" else self.href(figure.counted)

    def _chart(self) -> Chart:
        kinds: tuple[Counted, ...] = (Flag.ANSWERED, Flag.SILENT, Lack.UNANSWERED)
        rows = []
        for bar, figures in self.report.bars:
            counts = (
                figures.flags[Flag.ANSWERED],
                figures.flags[Flag.SILENT],
                figures.flags[Flag.CAPTURED] - figures.flags[Flag.ANSWERED] - figures.flags[Flag.SILENT],
            )
            numbers = [(n, self.href(kind, period=bar)) for n, kind in zip(counts, kinds, strict=True)]
            rows.append((dates.month_day(bar.first), numbers))
        is_daily = all(bar.days == 1 for bar, _figures in self.report.bars)
        title = _("Captured by day") if is_daily else _("Captured by week")
        summary = _("%(count)s captured from %(first)s to %(last)s.") % {
            "count": number(self.report.now.flags[Flag.CAPTURED]),
            "first": dates.day(self.report.period.first),
            "last": dates.day(self.report.period.last),
        }
        return chart(title, summary, [counted_label(kind) for kind in kinds], rows)

    def _counts(self, events: Iterable[Event]) -> Iterator[Count]:
        report = self.report
        found = {event: report.now.events[event] for event in events}
        before = report.before.events if report.before else None
        most = max(found.values(), default=0)
        for event, n in found.items():
            if n or (before and before[event]):
                yield Count(
                    counted_label(event),
                    number(n),
                    number(before[event]) if before else "",
                    round(100 * n / most, 1) if most else 0,
                    self.href(event) if n else "",
                )

    def _reminders(self) -> Iterator[Count]:
        """What became of the reminders to us; one that was given up reached nobody."""
        yield from self._counts((Event.NUDGED, Event.NUDGE_HEEDED))
        if given_up := self.report.given_up:
            yield Count(_("Reminder given up"), number(given_up), "", 0, "/settings/delivery#nudges")

    def _tables(self) -> Iterator[Table]:
        for dimension, lines in self.report.lines.items():
            if len(lines) > 1 or (dimension in OF_LISTS and lines):
                shown = tuple(self._line(dimension, line) for line in lines)
                note = _("A case may have several, or none: these lines need not add up to all cases.")
                yield Table(_(DIMENSIONS[dimension]), shown, note if dimension in OVERLAPPING else "")

    def _line(self, dimension: Dimension, line: Line) -> LineShown:
        cell = (dimension, line.value)
        listed = line.value or dimension not in FILTERS  # Cases has no filter for a value that is not set
        won = line.events[Event.WON_BACK]
        return LineShown(
            name=self.name(cell),
            href=f"/insights{query({**self.asked, 'by': f'{dimension}:{line.value}'})}" if line.value else "",
            captured=number(line.flags[Flag.CAPTURED]),
            captured_href=self.href(Flag.CAPTURED, cell=cell) if listed else "",
            answered=number(line.flags[Flag.ANSWERED]),
            on_time=share_of(line.flags[Flag.IN_TERM], line.flags[Flag.ANSWERED] + line.late),
            won_back=number(won) if won else NOTHING,
            won_back_href=self.href(Event.WON_BACK, cell=cell) if won and listed else "",
        )

    @property
    def asked(self) -> dict[str, str]:
        """The period as it stands in an address."""
        return {"from": self.report.period.first.isoformat(), "to": self.report.period.last.isoformat()}


def _days(period: Period) -> str:
    return dates.days(period.first, period.last) if period.days > 1 else dates.day(period.first)
