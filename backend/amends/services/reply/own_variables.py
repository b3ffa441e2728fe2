"""The team's own variables of prepared replies: what questions of playbooks were answered (P51)."""

from uuid import UUID

from amends.database import run

NAMES = """
SELECT variable FROM playbook_step WHERE variable <> ''
UNION SELECT variable FROM checklist_step WHERE variable <> ''
"""
ANSWERS = """
SELECT s.variable, s.answer FROM checklist AS k JOIN checklist_step AS s ON s.checklist = k.id
WHERE k."case" = :case_id AND s.variable <> '' AND s.answer <> '' ORDER BY s.settled_at
"""


async def names() -> tuple[str, ...]:
    """What answers are called in braces, in any playbook or checklist, by name."""
    return tuple(sorted(row["variable"] for row in await run(NAMES, quick=True)))


async def of_case(case_id: UUID) -> dict[str, str]:
    """What was answered on a case, by variable; of two answers the later one."""
    return {row["variable"]: row["answer"] for row in await run(ANSWERS, quick=True, case_id=case_id)}
