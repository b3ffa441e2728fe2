"""The team's own variables of prepared replies: its fields, and answers to questions of playbooks (P51)."""

from uuid import UUID

from amends.database import run
from amends.rules.reply.own_values import in_reply
from amends.rules.vocabulary import FieldKind, Language

NAMES = """
SELECT variable FROM playbook_step WHERE variable <> ''
UNION SELECT variable FROM checklist_step WHERE variable <> ''
UNION SELECT name FROM case_field
"""
ANSWERS = """
SELECT s.variable, s.answer FROM checklist AS k JOIN checklist_step AS s ON s.checklist = k.id
WHERE k."case" = :case_id AND s.variable <> '' AND s.answer <> '' ORDER BY s.settled_at
"""
FIELDS = """
SELECT v.field, v.value, f.kind FROM field_value AS v
JOIN case_file AS c ON c.number = v.number JOIN case_field AS f ON f.name = v.field WHERE c.id = :case_id
"""


async def names() -> tuple[str, ...]:
    """What fields and answers are called in braces, in any playbook or checklist, by name."""
    return tuple(sorted(row["variable"] for row in await run(NAMES)))


async def of_case(case_id: UUID, language: Language) -> dict[str, str]:
    """What stands in the fields of a case and what was answered on it, by variable; first what stands there.

    Of two answers the later one counts. Dates and numbers of fields are written in the language of the reply.
    """
    answers = {row["variable"]: row["answer"] for row in await run(ANSWERS, case_id=case_id)}
    fields = await run(FIELDS, case_id=case_id)
    return answers | {
        row["field"]: in_reply(FieldKind(row["kind"]), row["value"], language) for row in fields
    }
