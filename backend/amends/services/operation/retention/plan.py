"""Plan of retention: how long closed cases are kept."""

from datetime import datetime

from amends.database import columns_of, convert, run
from amends.rules.operation.retention import PERIODS, Plan, closed_before
from amends.services.operation.retention.conditions import Limits
from amends.services.team import teams

PLAN = f"SELECT {columns_of(Plan, table='retention_plan')} FROM retention_plan"  # noqa: S608


async def standing() -> Plan:
    """What was decided; the proposal, switched off, before anybody decided."""
    rows = await run(PLAN)
    return convert(rows[0], Plan) if rows else Plan()


async def limits(chosen: Plan, *, now: datetime) -> Limits:
    """The instants before which cases were closed whose period is over, by a plan, switched on or not."""
    zone = (await teams.calendar()).zone
    before = {name: closed_before(getattr(chosen, name), now=now, zone=zone) for name in PERIODS}
    return Limits(now=now, **before)
