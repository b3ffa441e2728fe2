"""One case as lists show it: its struct, its column and its joins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends.database import GIVEN, Selected, convert, packed, unpacked
from amends.rules.vocabulary import FollowUpKind, Outcome, Severity, Stage
from amends.rules.workflow.guards import CaseFacts
from amends.services.case import next_steps
from amends.services.case.authors import IN_FORCE
from amends.services.case.next_steps import FactColumns
from amends.services.team.names import Name

DRAFTER = """
CASE WHEN c.draft_by IS NULL THEN '' ELSE COALESCE((SELECT name FROM member WHERE id = c.draft_by), '') END"""


SEEN_AGAIN = """
CASE WHEN c.came_back_at IS NULL THEN FALSE ELSE COALESCE(
    (SELECT e.kind = 'seen_again' FROM entry AS e WHERE e."case" = c.id AND e.at = c.came_back_at
        ORDER BY e.position DESC LIMIT 1), FALSE) END"""
"""Whether a case came back because its post was seen again, and not because the customer wrote by a link."""


class CaseRow(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One case as lists show it; `drafter` and `reader` are names of who wrote and who reads a draft.

    `due_whose` is the name of the member who was asked for what is due, where that is not the owner's duty.
    `seen_again` says that it came back because its post was seen again, and not by a message of the customer.
    `due_more` counts what else is due on the case, on Today alone.
    """

    id: UUID
    number: int
    title: str
    stage: Stage
    outcome: Outcome | None
    severity: Severity | None
    platform: str
    lang: str
    author_name: Annotated[str, Selected("COALESCE(author.name, '')")]
    author_handle: Annotated[str, Selected("COALESCE(author.handle, '')")]
    owner: Name | None
    location: Name | None
    due_at: datetime | None
    due_kind: FollowUpKind | None
    snoozed_until: datetime | None
    opened_at: datetime
    moved_at: datetime
    came_back_at: datetime | None
    seen_again: Annotated[bool, Selected(SEEN_AGAIN)]
    measured: Annotated[bool, Selected(IN_FORCE.format(author="c.author"))]
    public_replies: int
    drafter: Annotated[str, Selected(DRAFTER)]
    reader: Annotated[str, Selected(f"COALESCE({next_steps.READER}, '')")]
    facts: Annotated[CaseFacts, GIVEN]
    due_whose: Annotated[str, GIVEN] = ""
    due_more: Annotated[int, GIVEN] = 0


def row_of(row: Mapping[str, Any]) -> CaseRow:
    """A case that was selected by `COLUMNS`, as lists show it."""
    return row_from(unpacked(row["listed"], CaseRow, FactColumns))


def row_from(row: Mapping[str, Any]) -> CaseRow:
    """The same from a row with the columns of CaseRow and FactColumns."""
    return convert(row, CaseRow, facts=next_steps.facts_of_row(row))


COLUMNS = f"{packed(CaseRow, FactColumns, table='c')} AS listed"
"""What one CaseRow needs, of a case `c` with these joins: one column, `listed`."""
JOINS = (
    "LEFT JOIN author ON author.id = c.author LEFT JOIN member AS owner ON owner.id = c.owner "
    "LEFT JOIN location ON location.id = c.location"
)
