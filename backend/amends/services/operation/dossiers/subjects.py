"""What a dossier is about besides cases by number: a person or an incident, with all of their cases."""

from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.operation.dossiers import MOST_CASES
from amends.services.case.authors import SAME_PERSON
from amends.services.desk.incidents import timeline
from amends.services.person import people

OF_PERSON = f"""
SELECT number FROM case_file WHERE author IN ({SAME_PERSON}) ORDER BY number LIMIT {MOST_CASES + 1}
"""  # noqa: S608 - a statement of ours
OF_INCIDENT = f"""
SELECT l.number FROM incident_case AS l JOIN case_file AS c ON c.number = l.number
WHERE l.incident = :incident AND l.linked ORDER BY l.number LIMIT {MOST_CASES + 1}
"""  # noqa: S608 - a statement of ours


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A person or an incident: what it is called, and the numbers of its cases."""

    name: str
    numbers: tuple[int, ...]
    incident: int = 0
    person: UUID | None = None


async def of_person(author: UUID) -> Subject:
    """The person to whom an account belongs. Raises AuthorUnknown."""
    found = await people.find(author)
    rows = await run(OF_PERSON, author=author)
    return Subject(name=found.name, numbers=tuple(row["number"] for row in rows), person=author)


async def of_incident(number: int) -> Subject:
    """An incident with its cases as they are now. Raises IncidentUnknown."""
    incident = await timeline.find(number)
    rows = await run(OF_INCIDENT, incident=incident.id)
    return Subject(name=incident.title, numbers=tuple(row["number"] for row in rows), incident=number)
