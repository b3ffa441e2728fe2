"""Openings of sensitive cases: who opened one, or was refused, is told in the audit log, once a day each."""

from datetime import UTC, datetime
from typing import Any

from amends.database import run
from amends.rules.case.sensitivity import is_sensitive
from amends.rules.vocabulary import Nature, Severity, Stage
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit
from amends.services.team.members import Act

CASE = """
SELECT c.severity, c.nature, c.stage, EXISTS (
    SELECT 1 FROM legal_hold AS h WHERE h.lifted_at IS NULL AND (h."case" = c.id OR h.person = author.person)
) AS on_legal_hold
FROM case_file AS c LEFT JOIN author ON author.id = c.author WHERE c.number = :number
"""
TOLD = """
SELECT 1 AS told FROM audit_event
WHERE actor = :actor AND at >= :today AND kind = :kind AND about = :number LIMIT 1
"""


async def note_opening(act: Act, number: int) -> bool:
    """Whether openings of this case are recorded, and so is this one, once a day (UTC) for each member.

    It says that somebody saw the case, and neither how often nor for how long.
    """
    return await _note(AuditKind.CASE_OPENED, act, number)


async def note_refusal(act: Act, number: int, path: str) -> bool:
    """The same where a member's role did not let them, with the first page of the day that they asked for."""
    return await _note(AuditKind.CASE_REFUSED, act, number, path=path[:200])


async def _note(kind: AuditKind, act: Act, number: int, **told: str) -> bool:
    rows = await run(CASE, quick=True, number=number)
    if not rows or not _is_sensitive(rows[0]):
        return False
    known = {"actor": str(act.by.id), "today": _today(act.now), "kind": kind.value, "number": str(number)}
    if not await run(TOLD, quick=True, **known):
        await audit.record(kind, by=act.by, now=act.now, about=number, **told)
    return True


def _is_sensitive(row: Any) -> bool:  # noqa: ANN401 - a row
    return is_sensitive(
        severity=Severity.stored(row["severity"]),
        nature=Nature(row["nature"]) if row["nature"] else None,
        stage=Stage(row["stage"]),
        on_legal_hold=bool(row["on_legal_hold"]),
    )


def _today(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
