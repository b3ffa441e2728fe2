"""The CSV file of a report: one line for each number, with the table that it stands in."""

from collections.abc import Iterator

from amends.rules.insight.case_facts import PARTS, Event, Flag, Measure
from amends.rules.insight.day_figures import Figures
from amends.rules.insight.durations import quantile
from amends.rules.insight.periods import Period
from amends.services.insight.reports import Report
from amends.web.insight.reports_view import Shower

COLUMNS = ("table", "name", "first_day", "last_day", "measure", "number", "before")
Cells = dict[str, str]


def rows(report: Report, shower: Shower) -> Iterator[Cells]:
    """Every number of a report; times are in minutes, the half and nine in ten of them."""
    days = _days(report.period)
    for counted in (*Flag, *Event):
        earlier = str(_count(report.before, counted)) if report.before else ""
        yield _cells("all", "", days, counted, str(_count(report.now, counted)), earlier)
    yield _cells("now", "", days, "late", str(report.late))
    yield _cells("now", "", days, "forgotten", str(report.forgotten))
    yield from _times(report)
    for bar, figures in report.bars:
        for counted in (Flag.CAPTURED, Flag.ANSWERED, Flag.SILENT):
            yield _cells("captured", "", _days(bar), counted, str(figures.flags[counted]))
    yield from _lines(report, shower)


def _days(period: Period) -> Cells:
    return {"first_day": period.first.isoformat(), "last_day": period.last.isoformat()}


def _times(report: Report) -> Iterator[Cells]:
    for measure in [one for one in Measure if one not in PARTS]:
        for name, share in (("half", 0.5), ("nine_in_ten", 0.9)):
            earlier = _minutes(report.before, measure, share) if report.before else ""
            now = _minutes(report.now, measure, share)
            yield _cells("times", name, _days(report.period), measure, now, earlier)


def _lines(report: Report, shower: Shower) -> Iterator[Cells]:
    for dimension, lines in report.lines.items():
        for line in lines:
            name = shower.name((dimension, line.value))
            for counted in (Flag.CAPTURED, Flag.ANSWERED, Flag.IN_TERM, Event.WON_BACK):
                number = line.events[counted] if isinstance(counted, Event) else line.flags[counted]
                yield _cells(dimension, name, _days(report.period), counted, str(number))
            yield _cells(dimension, name, _days(report.period), "late", str(line.late))


def _cells(table: str, name: str, days: Cells, measure: str, number: str, before: str = "") -> Cells:
    own = {"table": str(table), "name": name, "measure": str(measure)}
    return {**own, **days, "number": number, "before": before}


def _count(figures: Figures, counted: Flag | Event) -> int:
    return figures.events[counted] if isinstance(counted, Event) else figures.flags[counted]


def _minutes(figures: Figures, measure: Measure, share: float) -> str:
    found = quantile(figures.times.get(measure, {}), share)
    return "" if found is None else str(round(found))
