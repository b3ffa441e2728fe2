"""Totals of a period that are counted outside of Amends, typed by a member: customers, orders, comments."""

from datetime import datetime

import msgspec

from amends.database import add, run, transaction
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.insight.periods import Period
from amends.rules.insight.proportions import MOST, Unit
from amends.services.team.members import Act
from amends.tables.insight.reports import PeriodTotal


class TotalRefused(Invalid):
    "This number cannot be saved."


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """How many there were of a unit in a period, typed by whom (empty when they are gone) and when."""

    unit: Unit
    number: int
    by: str
    typed_at: datetime


OF_PERIOD = """
SELECT t.unit, t.number, t.typed_at, m.name FROM period_total AS t LEFT JOIN member AS m ON m.id = t.typed_by
WHERE t.first = :first AND t.last = :last ORDER BY t.unit
"""
FORGET = "DELETE FROM period_total WHERE first = :first AND last = :last AND unit = :unit"


async def of_period(period: Period) -> list[Total]:
    """What was typed for exactly these days."""
    return [
        Total(unit=Unit(row["unit"]), number=row["number"], by=row["name"] or "", typed_at=row["typed_at"])
        for row in await run(OF_PERIOD, first=period.first, last=period.last)
    ]


async def type_in(act: Act, period: Period, unit: Unit, number: int | None) -> None:
    """Keeps a number instead of the one before it; None forgets that one. Raises TotalRefused."""
    if number is not None and not 1 <= number <= MOST:
        sentence = _("Enter a whole number from 1 on, without thousands separators.")
        raise TotalRefused(sentence, fields={"number": sentence})
    async with transaction():
        await run(FORGET, first=period.first, last=period.last, unit=unit)
        if number is not None:
            await add(
                PeriodTotal,
                key=f"{period.first}:{period.last}:{unit}",
                first=period.first,
                last=period.last,
                unit=unit,
                number=number,
                typed_by=act.by.id,
                typed_at=act.now,
            )
