"""Counting cases for reports: each one that has changed, in small parts, by the worker."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import msgspec

from amends.database import instant, locking, run, run_with_rows, transaction, values_of
from amends.rules.insight.case_facts import CaseFact, CaseSeen, fact
from amends.rules.vocabulary import Channel, EntryKind, Nature, Outcome, Stage
from amends.services.insight import near_texts
from amends.services.insight.kept_facts import bits
from amends.services.team import calendars, counters
from amends.tables.case import UNCOUNTED

CHANGES = "waves:changes"
"""The counter of parts that were counted: a look for waves is needed where it has gone up."""
CASES_A_PART = 10
"""So few that no transaction of the worker lasts: captures and moves wait for none. A case costs no more."""

CHANGED = f"""
SELECT c.id, c.number, c.version, c.platform, c.severity, c.lang, c.stage, c.outcome, c.nature, c.opened_at,
    c.location
FROM case_file AS c WHERE {UNCOUNTED} ORDER BY c.number LIMIT :most
"""
OWED = """
SELECT "case", {began}, {answer}, {decision} FROM follow_up
WHERE "case" IN (VALUES :rows) GROUP BY "case"
"""
BEGAN = "MIN(CASE WHEN kind = 'triage' THEN starts_at END)"
ANSWER_DUE = "MAX(CASE WHEN kind = 'acknowledge' THEN due_at END)"
DECISION_DUE = "MAX(CASE WHEN kind = 'triage' THEN due_at END)"
TOLD = """
SELECT e."case", e.position, e.kind, e.at, e.actor, e.channel, p.body
FROM entry AS e JOIN particulars AS p ON p.entry = e.id
WHERE e."case" IN (VALUES :rows) ORDER BY e."case", e.position
"""
THEMES = "SELECT number, theme FROM case_theme WHERE number IN (VALUES :rows)"
GONE = """
SELECT f.number FROM case_fact AS f JOIN removed_case AS r ON r.number = f.number LIMIT :most
"""
KEPT_IN = ("case_fact", "case_event")
"""The tables in which a case is counted, by its number."""


class Told(msgspec.Struct, frozen=True):
    """One entry of a timeline, as the rules of reports read it."""

    position: int
    kind: EntryKind
    at: Any
    actor: str
    channel: Channel | None
    particulars: dict[str, Any]


async def count_changed() -> bool:
    """Counts the next cases that have changed or are gone; whether there may be more."""
    async with transaction():
        changed = await run(
            CHANGED + locking("c", strength="NO KEY UPDATE", skipping=True), most=CASES_A_PART
        )
        gone = [row["number"] for row in await run(GONE, most=CASES_A_PART)]
        if not changed and not gone:
            return False
        facts = [one for one in await _facts(changed) if one] if changed else []
        numbers = [row["number"] for row in changed] + gone
        before = await _days(numbers)
        await _forget(numbers)
        await _keep(facts)
        await _mark(before | {day for one in facts for day in days_of(one)})
        await near_texts.remember([row["number"] for row in changed])
        if gone:
            await near_texts.forget_unused()
        await _note_counted(changed)
        await counters.count_up({CHANGES: 1})  # the last of it: another worker waits no longer than for this
    return len(numbers) >= CASES_A_PART


def days_of(one: CaseFact) -> set[date]:
    """The days on which a case counts."""
    return {one.day, *(day for day, _event in one.events)}


async def forget(numbers: Sequence[int]) -> None:
    """Step: of these cases, just deleted, nothing counts any more; their days are to be added up again."""
    if numbers:
        await _mark(await _days(numbers))
        await _forget(numbers)
        await near_texts.forget_unused()


async def _facts(changed: Sequence[Mapping[str, Any]]) -> list[CaseFact | None]:
    ids = [(row["id"],) for row in changed]
    owed_sql = OWED.format(
        began=instant(BEGAN, "began_at"),
        answer=instant(ANSWER_DUE, "answer_due"),
        decision=instant(DECISION_DUE, "decision_due"),
    )
    owed = {row["case"]: values_of(row) for row in await run_with_rows(owed_sql, ids, types=("uuid",))}
    told = by_column(await run_with_rows(TOLD, ids, types=("uuid",)), "case")
    numbers = [(row["number"],) for row in changed]
    themes = by_column(await run_with_rows(THEMES, numbers, types=("integer",)), "number")
    calendar = (await calendars.both()).team
    found = []
    for row in changed:
        entries = entries_from(told.get(row["id"], ()))
        seen = _seen(row, owed.get(row["id"], {}), [one["theme"] for one in themes.get(row["number"], ())])
        found.append(fact(seen, entries, calendar))
    return found


def by_column(rows: Iterable[Mapping[str, Any]], name: str) -> dict[Any, list[Mapping[str, Any]]]:
    """Rows by what one of their columns holds."""
    found: dict[Any, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return found


def entries_from(rows: Iterable[Mapping[str, Any]]) -> list[Told]:
    """Entries of one case as the rules read them, from rows of `TOLD`."""
    return [
        Told(
            position=row["position"],
            kind=EntryKind(row["kind"]),
            at=row["at"],
            actor=row["actor"],
            channel=Channel(row["channel"]) if row["channel"] else None,
            particulars=msgspec.json.decode(row["body"] or "{}"),
        )
        for row in rows
    ]


def _seen(row: Mapping[str, Any], owed: Mapping[str, Any], themes: list[object]) -> CaseSeen:
    return CaseSeen(
        number=row["number"],
        platform=row["platform"],
        severity=row["severity"],
        lang=row["lang"],
        stage=Stage(row["stage"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        nature=Nature(row["nature"]) if row["nature"] else None,
        began_at=owed.get("began_at") or row["opened_at"],
        term_at=owed.get("answer_due") or owed.get("decision_due"),
        themes=tuple(str(theme) for theme in themes),
        location=str(row["location"] or ""),
    )


async def _days(numbers: Sequence[int]) -> set[date]:
    found: set[date] = set()
    rows = [(number,) for number in numbers]
    for table in KEPT_IN:
        text = f"SELECT day FROM {table} WHERE number IN (VALUES :rows)"
        found |= {row["day"] for row in await run_with_rows(text, rows, types=("integer",))}
    return found


async def _forget(numbers: Sequence[int]) -> None:
    for table in KEPT_IN:
        text = f"DELETE FROM {table} WHERE number IN (VALUES :rows)"
        await run_with_rows(text, [(number,) for number in numbers], types=("integer",))


async def _keep(facts: Sequence[CaseFact]) -> None:
    if not facts:
        return
    rows = [
        (one.number, one.day, one.platform, one.severity, one.lang, bits(one.flags), dict(one.times))
        for one in facts
    ]
    columns = "number, day, platform, severity, lang, flags, times"
    await run_with_rows(f"INSERT INTO case_fact ({columns}) VALUES :rows", rows)
    events = [(uuid4(), one.number, day, event) for one in facts for day, event in one.events]
    if events:
        await run_with_rows("INSERT INTO case_event (id, number, day, event) VALUES :rows", events)


async def _mark(days: Iterable[date]) -> None:
    rows = [(day,) for day in sorted(days)]
    if rows:
        # updated, not left alone: so it waits for a worker that is adding up this day, and marks it after it
        text = "INSERT INTO stale_day (day) VALUES :rows ON CONFLICT (day) DO UPDATE SET day = excluded.day"
        await run_with_rows(text, rows)


async def _note_counted(changed: Sequence[Mapping[str, Any]]) -> None:
    if changed:
        await run_with_rows(
            "UPDATE case_file SET counted_version = version WHERE id IN (VALUES :rows)",
            [(row["id"],) for row in changed],
            types=("uuid",),
        )


async def count_all_again() -> None:
    """Marks every case as changed, so that the worker counts them all anew.

    Of erased ones nothing is left to count from: they stay as they were counted last.
    """
    await run(
        "UPDATE case_file SET counted_version = NULL "
        "WHERE counted_version IS NOT NULL AND (outcome IS NULL OR outcome <> 'erased')"
    )
