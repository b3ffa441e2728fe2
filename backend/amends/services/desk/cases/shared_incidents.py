"""Incidents that a case belongs to."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read
from amends.rules.vocabulary import IncidentState

SPOKESPERSON = """(
    SELECT m.name FROM incident_member AS r JOIN member AS m ON m.id = r.member
    WHERE r.incident = i.id AND r.role = 'spokesperson')"""
SPEAKS = """EXISTS (
    SELECT 1 FROM incident_member AS r
    WHERE r.incident = i.id AND r.role = 'spokesperson' AND r.member = :reader)"""


class CaseIncident(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as one of its cases shows it; `speaks` where the reader is its spokesperson."""

    number: int
    title: str
    state: IncidentState
    on_hold: bool
    released_at: Annotated[datetime | None, Selected("l.released_at")]
    spokesperson: Annotated[str, Selected(f"COALESCE({SPOKESPERSON}, '')")]
    speaks: Annotated[bool, Selected(SPEAKS)]

    @property
    def holds(self) -> bool:
        """Whether it holds the replies of this case now."""
        return self.state is IncidentState.OPEN and self.on_hold and self.released_at is None


OF_CASE = f"""
SELECT {columns_of(CaseIncident, table="i")} FROM incident_case AS l JOIN incident AS i ON i.id = l.incident
WHERE l.number = :number AND l.linked ORDER BY i.number DESC LIMIT 10
"""


async def of_case(number: int, *, reader: UUID) -> list[CaseIncident]:
    """The incidents that a case belongs to, the newest first."""
    return await read(converter(CaseIncident), OF_CASE, number=number, reader=reader)
