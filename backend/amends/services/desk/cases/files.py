"""Attached files of a case, and of those that were merged into it."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read
from amends.services.team.names import Name


class FileShown(msgspec.Struct, frozen=True, kw_only=True):
    """A file; `ready` once its preview can be shown, `damage` why it never can. `number` is its case."""

    id: UUID
    number: Annotated[int, Selected("here.number")]
    name: str
    media_type: str
    sha256: str
    size: int
    width: int | None
    height: int | None
    damage: str | None
    ready: Annotated[bool, Selected("a.shown_sha256 IS NOT NULL")]
    kept_at: datetime
    kept_by: Annotated[Name | None, Selected("a.member", join="member")]


HAS_FILES = """
(EXISTS (SELECT 1 FROM attachment AS a WHERE a."case" = c.id AND a.removed_at IS NULL)
OR EXISTS (
    SELECT 1 FROM case_file AS joined WHERE joined.duplicate_of = c.id AND joined.outcome = 'duplicate'))
"""
"""Whether a case may have files, in SQL: those of a case that was merged into it belong to it too."""

OF_CASE = f"""
WITH RECURSIVE here(id, number) AS (
    SELECT c.id, c.number FROM case_file AS c WHERE c.id = :case_id
    UNION SELECT joined.id, joined.number FROM here
    JOIN case_file AS joined ON joined.duplicate_of = here.id AND joined.outcome = 'duplicate'
)
SELECT {columns_of(FileShown, table="a")}
FROM here JOIN attachment AS a ON a."case" = here.id LEFT JOIN member ON member.id = a.member
WHERE a.removed_at IS NULL ORDER BY a.kept_at, a.name, a.id
"""


async def files_of(case_id: UUID) -> list[FileShown]:
    """Every file of a case that was not removed, in the order in which they came."""
    return await read(converter(FileShown), OF_CASE, case_id=case_id)
