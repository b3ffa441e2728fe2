"""Reports: the figures of a period from rows by day, and the few that are as the cases are now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from amends.database import counted, run
from amends.rules.insight.case_facts import Event, Flag, Measure
from amends.rules.insight.day_figures import Cell, Dimension, Figures, total
from amends.rules.insight.late_patterns import Slot
from amends.rules.insight.periods import Period
from amends.services.desk import forgotten
from amends.services.desk.forgotten import FORGOTTEN
from amends.services.insight.kept_facts import figures_of
from amends.services.insight.late_cases import bounds, late_cases
from amends.services.team import calendars

OF_CELL = """
SELECT day, CAST(flags AS TEXT) AS flags, CAST(events AS TEXT) AS events, CAST(times AS TEXT) AS times
FROM day_figure WHERE dimension = :dimension AND value = :value AND day >= :first AND day <= :last
"""
OF_ALL_DIMENSIONS = """
SELECT dimension, value, CAST(flags AS TEXT) AS flags, CAST(events AS TEXT) AS events
FROM day_figure WHERE day >= :first AND day <= :last
"""
FIRST_DAY = "SELECT day FROM day_figure WHERE dimension = 'all' AND value = '' ORDER BY day LIMIT 1"
OPENED = "c.opened_at >= :since@ AND c.opened_at < :until@"
NEGLECTED = f"case_file AS c WHERE c.id IN ({FORGOTTEN}) AND {OPENED}"
SETTLED = "n.settled_at >= :since@ AND n.settled_at < :until@"
GIVEN_UP = f"nudge AS n WHERE n.state = 'dead' AND n.kind = 'rung' AND {SETTLED}"
STANDING = f"""
SELECT {counted(NEGLECTED)} AS forgotten, {counted(GIVEN_UP)} AS given_up
"""
COUNTS = msgspec.json.Decoder(dict[str, int])
AGES = (1, 7, 30, 90)
"""In days: how old open cases are, at most."""


class Line(msgspec.Struct, frozen=True):
    """One value of a dimension: what was captured with it, what happened, and who waits past their date."""

    value: str
    flags: Counter[Flag]
    events: Counter[Event]
    late: int = 0


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A period in figures.

    `before` is None where nothing had been captured when the period before it began. `bars` are the figures
    of its days or weeks. `late` (captured then, and waiting for an answer past its date; `late_before` in the
    period before), `forgotten` and `given_up` (reminders that no try delivered) are as all stands now, the
    last two of all cases together only. `answered_at` and `late_at` say when in the week people wrote who
    were answered, and answered late.
    """

    period: Period
    cell: Cell
    now: Figures
    before: Figures | None
    bars: list[tuple[Period, Figures]]
    lines: dict[Dimension, list[Line]]
    late: int
    late_before: int
    forgotten: int
    given_up: int
    answered_at: Counter[Slot]
    late_at: Counter[Slot]
    first_day: date | None


async def zone() -> ZoneInfo:
    """The zone of the team: reports are of its days, whoever reads them."""
    return ZoneInfo((await calendars.both()).team.zone)


async def today(now: datetime) -> date:
    """The day that it is for the team."""
    return now.astimezone(await zone()).date()


async def report(period: Period, cell: Cell, *, now: datetime, zone: ZoneInfo) -> Report:
    """The figures of a period, of all cases or of one value of one dimension; `zone` is the team's."""
    before = period.before()
    rows = await _of_cell(cell, before.first, period.last)
    first_day = next((row["day"] for row in await run(FIRST_DAY)), None)
    mine = {day: figures for day, figures in rows.items() if day >= period.first}
    is_whole = cell[0] is Dimension.ALL
    standing = await _standing(period, now=now, zone=zone) if is_whole else Counter()
    late = await late_cases(period, now=now, zone=zone)
    late_before = await late_cases(before, now=now, zone=zone)
    return Report(
        period=period,
        cell=cell,
        now=total(mine.values()),
        before=_before(rows, period, first_day),
        bars=[(bar, total(mine[day] for day in _days(bar) if day in mine)) for bar in period.bars()],
        lines=await _lines(period, late) if is_whole else {},
        late=late[cell],
        late_before=late_before[cell],
        forgotten=standing["forgotten"],
        given_up=standing["given_up"],
        answered_at=_slots(mine, Measure.ANSWERED_PART),
        late_at=_slots(mine, Measure.LATE_PART),
        first_day=first_day,
    )


def _slots(days: Mapping[date, Figures], measure: Measure) -> Counter[Slot]:
    found: Counter[Slot] = Counter()
    for day, figures in days.items():
        for part, n in figures.times.get(measure, {}).items():
            found[day.weekday(), part] += n
    return found


async def _of_cell(cell: Cell, first: date, last: date) -> dict[date, Figures]:
    rows = await run(OF_CELL, dimension=cell[0], value=cell[1], first=first, last=last)
    return {row["day"]: figures_of(row) for row in rows}


def _before(rows: Mapping[date, Figures], period: Period, first: date | None) -> Figures | None:
    if first is None or first > period.before().first:
        return None
    return total(figures for day, figures in rows.items() if day < period.first)


def _days(period: Period) -> Sequence[date]:
    return [period.first + timedelta(days=number) for number in range(period.days)]


async def lines(period: Period, *, now: datetime, zone: ZoneInfo) -> dict[Dimension, list[Line]]:
    """Every dimension with its values; a row by day is of one: of one theme there are none by platform."""
    return await _lines(period, await late_cases(period, now=now, zone=zone))


async def _lines(period: Period, late: Counter[Cell]) -> dict[Dimension, list[Line]]:
    """They add up to all cases, but for themes; `late` is by cell.

    Counts are added up under the words that they are kept by: a year has tens of thousands of them.
    """
    found: dict[tuple[str, str], tuple[dict[str, int], dict[str, int]]] = {}
    for row in await run(OF_ALL_DIMENSIONS, first=period.first, last=period.last):
        flags, events = found.setdefault((row["dimension"], row["value"]), ({}, {}))
        for counts, kept in ((flags, row["flags"]), (events, row["events"])):
            for name, n in COUNTS.decode(kept).items():
                counts[name] = counts.get(name, 0) + n
    for waiting in late:
        found.setdefault(waiting, ({}, {}))
    by: dict[Dimension, list[Line]] = {one: [] for one in Dimension}
    for (dimension, value), (flags, events) in found.items():
        flag_counts = Counter({Flag(name): n for name, n in flags.items()})
        event_counts = Counter({Event(name): n for name, n in events.items()})
        cell = Dimension(dimension), value
        by[cell[0]].append(Line(value, flag_counts, event_counts, late[cell]))
    for whole in by.pop(Dimension.ALL):
        by[Dimension.LOCATION] += _rest(whole, by[Dimension.LOCATION])
    return {dimension: sorted(some, key=_by_size) for dimension, some in by.items()}


def _rest(whole: Line, some: Sequence[Line]) -> list[Line]:
    """The cases without a value, where others have one: days hold no row of them."""
    if not some:
        return []
    flags, events = Counter(whole.flags), Counter(whole.events)
    for one in some:
        flags.subtract(one.flags)
        events.subtract(one.events)
    rest = Line("", +flags, +events, whole.late - sum(one.late for one in some))
    return [rest] if rest.flags or rest.events or rest.late else []


def _by_size(line: Line) -> tuple[int, str]:
    return -line.flags[Flag.CAPTURED], line.value


async def _standing(period: Period, *, now: datetime, zone: ZoneInfo) -> Mapping[str, Any]:
    since, until = bounds(period, zone)
    [row] = await run(STANDING, since=since, until=until, now=now, **await forgotten.values(now))
    return row


AGED = "case_file AS c WHERE c.stage <> 'closed' AND c.opened_at >= :since_{0}@ AND c.opened_at < :until_{0}@"


async def backlog(*, now: datetime) -> list[tuple[int | None, int]]:
    """How many cases are open by age in days: at most so many, or more than all of these (None)."""
    long_ago, soon = datetime(1900, 1, 1, tzinfo=now.tzinfo), now + timedelta(days=1)
    edges = [soon, *(now - timedelta(days=age) for age in AGES), long_ago]
    bounds: dict[str, Any] = {}
    for place, (until, since) in enumerate(pairwise(edges)):
        bounds |= {f"since_{place}": since, f"until_{place}": until}
    text = ", ".join(f"{counted(AGED.format(place))} AS n{place}" for place in range(len(edges) - 1))
    [row] = await run(f"SELECT {text}", **bounds)
    return [(age, row[f"n{place}"]) for place, age in enumerate((*AGES, None))]
