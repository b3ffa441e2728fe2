"""A report as PDF: the page of Insights on a sheet of paper."""

from functools import cache

from amends.gateways import pdf_sandbox
from amends.i18n import gettext as _
from amends.rules.insight.periods import Period
from amends.rules.insight.report_letters import called
from amends.web import templating
from amends.web.insight.reports_view import ReportShown
from amends.web.template_environment import TEMPLATES

MOST_LINES = 5
"""So many lines of each table stand on the sheet; all of them on the page."""
FILLS = ("#1f8a84", "url(#hatch)", "#7d8a8f")
"""Of the parts of a chart, from below: readable in grey too."""


@cache
def styles() -> str:
    """Those of the sheet."""
    return (TEMPLATES / "insights" / "paper.css").read_text(encoding="utf-8")


def sheet(page: ReportShown, period: Period, *, team: str, address: str) -> str:
    """The report as a document of its own, in the language at hand."""
    return (
        templating.environment()
        .get_template("insights/paper.html")
        .render(
            page=page,
            title=_("Customer cases, %(period)s") % {"period": called(period)},
            team=team,
            address=address,
            most=MOST_LINES,
            fills=FILLS,
        )
    )


async def pdf(page: ReportShown, period: Period, *, team: str, address: str) -> bytes:
    """The same as PDF. Raises PdfIsUnavailable, PdfFailed."""
    return await pdf_sandbox.drawn(sheet(page, period, team=team, address=address), styles())
