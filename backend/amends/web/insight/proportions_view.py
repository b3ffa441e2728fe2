"""Complaints in proportion, ready to show: hostile ones of all, and both of what a member typed."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from amends.i18n import N_, number
from amends.i18n import gettext as _
from amends.rules.insight.case_facts import Flag
from amends.rules.insight.day_figures import Dimension
from amends.rules.insight.proportions import Unit, of_total
from amends.services.insight.reports import Report
from amends.services.insight.totals import Total
from amends.web import dates
from amends.web.controls import Options
from amends.web.dates import Moment

UNITS = {Unit.CUSTOMERS: N_("Customers"), Unit.ORDERS: N_("Orders"), Unit.COMMENTS: N_("Comments received")}


class TotalShown(msgspec.Struct, frozen=True, kw_only=True):
    """Both shares of one total, and who typed it when."""

    captured: str
    hostile: str
    by: str
    typed: Moment


class Proportion(msgspec.Struct, frozen=True, kw_only=True):
    """Hostile ones of all that was captured, and of each total of the period."""

    hostile: str
    totals: tuple[TotalShown, ...]


def shown(report: Report, typed: Sequence[Total], *, now: datetime) -> Proportion | None:
    """Of a report of all cases in which there are any; None of another."""
    flags = report.now.flags
    if report.cell[0] is not Dimension.ALL or not flags[Flag.CAPTURED]:
        return None
    captured, hostile = flags[Flag.CAPTURED], flags[Flag.HOSTILE]
    counts = {"hostile": number(hostile), "captured": number(captured)}
    return Proportion(
        hostile=_("Threats or harassment: %(hostile)s of %(captured)s.") % counts,
        totals=tuple(
            TotalShown(
                captured=of_total(captured, one.unit, one.number),
                hostile=of_total(hostile, one.unit, one.number),
                by=one.by or _("a former member"),
                typed=dates.moment(one.typed_at, now=now),
            )
            for one in typed
        ),
    )


def units() -> Options:
    """What may be counted, to choose from."""
    return tuple((one.value, _(name)) for one, name in UNITS.items())


def number_of(typed: str) -> int | None:
    """The number that was typed, spaces in it or not; None of nothing, and 0 of what is none."""
    digits = "".join(typed.split())
    if not digits:
        return None
    return int(digits) if digits.isascii() and digits.isdigit() else 0
