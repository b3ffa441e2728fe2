"""Cases linked to a case."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.vocabulary import Relation
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of


class LinkedCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case that belongs to this one, and why."""

    link: UUID
    relation: Relation
    case: CaseRow


OF_CASE = f"""
SELECT l.id AS link, l.relation, {COLUMNS}
FROM case_link AS l
JOIN case_file AS c ON c.id = CASE WHEN l.one = :case_id THEN l.other ELSE l.one END {JOINS}
WHERE l.one = :case_id OR l.other = :case_id ORDER BY c.number DESC LIMIT 50
"""


async def linked_with(case_id: UUID) -> list[LinkedCase]:
    """The cases that belong to this one, the newest first."""
    return [_shown(row) for row in await run(OF_CASE, case_id=case_id)]


def _shown(row: Mapping[str, Any]) -> LinkedCase:
    return LinkedCase(link=row["link"], relation=Relation(row["relation"]), case=row_of(row))
