"""Reports by mail: decided as a row with all that they say, once a period, and sent like a nudge."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, each_apart, queue, run, transaction
from amends.i18n import gettext as _
from amends.i18n import number, use_language
from amends.rules.case import platforms
from amends.rules.insight import late_patterns
from amends.rules.insight import report_letters as rules
from amends.rules.insight.case_facts import Flag
from amends.rules.insight.day_figures import Cell, Dimension
from amends.rules.insight.main_figures import main_figures, work
from amends.rules.insight.periods import Period
from amends.rules.insight.sentences import Facts, sentences
from amends.rules.vocabulary import Audience, NudgeKind
from amends.services.desk import themes
from amends.services.insight import reports
from amends.services.insight.reports import Line, Report
from amends.services.nudge.report_messages import Letter, Row, Table
from amends.services.team import locations
from amends.tables.case import UNCOUNTED

MOST_LINES = 6
"""So many themes and platforms stand in a letter; all of them on the page."""

ACTIVE = """
SELECT r.id, r.rhythm, r.language, r.location, r.target, r.planned_to
FROM report_reader AS r JOIN target AS t ON t.id = r.target LEFT JOIN member AS m ON m.id = t.member
WHERE r.paused = :paused AND m.disabled_at IS NULL ORDER BY r.created_at, r.id
"""
"""Those who are written to: through the mail server of the team, or of a member who is still there."""
TAKE = """
UPDATE report_reader SET planned_to = :last WHERE id = :reader AND planned_to < :last AND paused = :paused
RETURNING id
"""
BEHIND = f"""
SELECT (SELECT COUNT(*) FROM (SELECT 1 AS one FROM case_file AS c WHERE {UNCOUNTED} LIMIT 1) AS cases)
    + (SELECT COUNT(*) FROM stale_day WHERE day >= :first AND day <= :last) AS behind
"""  # noqa: S608 - the statement is ours alone


async def plan(*, now: datetime) -> int:
    """Decides the reports whose day has come, each once a period; how many.

    It waits while cases of the period are still to be counted. One that cannot be decided stops no other one;
    what it raised is raised at the end.
    """
    readers = await run(ACTIVE, paused=False)
    if not readers:
        return 0
    zone = await reports.zone()

    async def decide(reader: Mapping[str, Any]) -> int:
        rhythm = rules.Rhythm(reader["rhythm"])
        period = rules.due(rhythm, planned_to=reader["planned_to"], zone=zone.key, now=now)
        if period is None or await _is_behind(period):
            return 0
        letter = await letter_of(period, reader["language"], location=reader["location"], now=now)
        async with transaction():
            if not await run(TAKE, reader=reader["id"], last=period.last, paused=False):
                return 0  # another worker was faster, or it was paused meanwhile
            await post(reader["id"], reader["target"], period, letter, now=now)
        return 1

    return await each_apart(readers, decide)


async def _is_behind(period: Period) -> bool:
    """Whether figures of the period are still to be counted: after a night without a worker, or an import."""
    [row] = await run(BEHIND, first=period.before().first, last=period.last)
    return bool(row["behind"])


async def post(reader: UUID, target: UUID, period: Period, letter: Letter, *, now: datetime) -> None:
    """Step: a letter with the nudge that takes it to its reader."""
    letter_id, nudge_id = uuid4(), uuid4()
    await add(
        tables.Nudge,
        id=nudge_id,
        kind=NudgeKind.REPORT,
        key=f"report:{letter_id}",
        audience=Audience.TEAM,
        target=target,
        run_at=now,
        created_at=now,
    )
    await add(
        tables.ReportLetter,
        id=letter_id,
        reader=reader,
        nudge=nudge_id,
        first=period.first,
        last=period.last,
        content=msgspec.to_builtins(letter),
        created_at=now,
    )
    await queue.announce([nudge_id])


def cell_of(location: str) -> Cell:
    """Of which cases a report is: of a location's or brand's, of all where it is empty."""
    return (Dimension.LOCATION, location) if location else (Dimension.ALL, "")


async def letter_of(period: Period, language: str, *, location: str = "", now: datetime) -> Letter:
    """What the report of a period says at this instant, of all cases together or of those of a location."""
    report = await reports.report(period, cell_of(location), now=now, zone=await reports.zone())
    names = {str(one): name for one, name in themes.paths(await themes.everything()).items()}
    places = {str(one.id): one.name for one in await locations.everything()}
    with use_language(language):
        facts = facts_of(report, names)
        return Letter(
            language=language,
            title=_title(period, places.get(location, "")),
            compared=_compared(report),
            sentences=tuple(sentences(facts, work)),
            tables=(*_tables(report, facts, names), *_of_locations(report, places)),
            page=f"/insights?from={period.first.isoformat()}&to={period.last.isoformat()}"
            + (f"&by=location:{location}" if location else ""),
        )


def _title(period: Period, place: str) -> str:
    title = _("Customer cases, %(period)s") % {"period": rules.called(period)}
    return f"{title} · {place}" if place else title


def facts_of(report: Report, themes: Mapping[str, str]) -> Facts:
    """What the sentences and the main figures of a report are made of; `themes` are their names by id."""
    first = next(iter(report.lines.get(Dimension.THEME, ())), None)
    name = themes.get(first.value, "") if first else ""
    time = late_patterns.pattern(report.late_at, report.answered_at)
    return Facts(
        now=report.now,
        before=report.before,
        forgotten=report.forgotten,
        late=report.late,
        late_before=report.late_before,
        theme=(name, first.flags[Flag.CAPTURED]) if first and name else None,
        late_when=late_patterns.in_words(time) if time else "",
    )


def _compared(report: Report) -> str:
    if report.before is None:
        return ""
    return _("Compared with %(period)s.") % {"period": rules.called(report.period.before())}


def _tables(report: Report, facts: Facts, names: Mapping[str, str]) -> Iterator[Table]:
    figures = main_figures(facts, is_whole=report.cell[0] is Dimension.ALL)
    yield Table(_("Main figures"), tuple(Row(one.name, one.value, one.note) for one in figures))
    if not report.lines:  # of one location no table is split further
        return
    known = [line for line in report.lines[Dimension.THEME] if line.value in names]
    if known:
        yield Table(_("Themes"), tuple(_row(names[line.value], line) for line in known[:MOST_LINES]))
    places = report.lines[Dimension.PLATFORM]
    if len(places) > 1:
        rows = [_row(platforms.label(line.value), line) for line in places[:MOST_LINES]]
        yield Table(_("Platforms"), tuple(rows))


def _of_locations(report: Report, places: Mapping[str, str]) -> Iterator[Table]:
    names = {**places, "": _("Without one")}
    known = [line for line in report.lines.get(Dimension.LOCATION, ()) if line.value in names]
    if known:
        rows = [_row(names[line.value], line) for line in known[:MOST_LINES]]
        yield Table(_("Locations and brands"), tuple(rows))


def _row(name: str, line: Line) -> Row:
    answered = _("%(count)s answered") % {"count": number(line.flags[Flag.ANSWERED])}
    return Row(name, number(line.flags[Flag.CAPTURED]), answered)
